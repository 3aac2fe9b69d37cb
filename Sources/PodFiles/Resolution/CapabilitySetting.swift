import Profiles

/// A container's `securityContext.capabilities`: names without `CAP_`, or `ALL`, in capitals.
package struct CapabilitySetting: Hashable, Sendable {
  package var add: [String] = []
  package var drop: [String] = []

  package init(add: [String] = [], drop: [String] = []) {
    self.add = add
    self.drop = drop
  }

  package static let all = "ALL"

  /// The bounding set of a container to which the runtime gives `base`, as `CAP_…` names: `ALL` counts first, the drop
  /// after the add; then the single names, again the drop last (containerd, pkg/cri/opts, WithCapabilities).
  package func applied(to base: Set<String>) -> Set<String> {
    var result = base
    if add.contains(Self.all) { result = Set(CapabilityNames.all.map { "CAP_" + $0 }) }
    if drop.contains(Self.all) { result = [] }
    for name in add where name != Self.all { result.insert("CAP_" + name) }
    for name in drop where name != Self.all { result.remove("CAP_" + name) }
    return result
  }
}
