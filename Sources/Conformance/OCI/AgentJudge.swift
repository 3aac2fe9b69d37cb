import Foundation

/// Holds what a seccomp agent was sent against config-linux.md, "The Container Process State".
struct AgentJudge {
  let requirement: OCICase.AgentRequirement
  let connections: [AgentConnection]

  /// What is wrong; empty when nothing is.
  var faults: [String] {
    guard let connection = connections.first else { return ["nobody connects to listenerPath"] }
    var faults: [String] = []
    if connections.count > 1 { faults.append("\(connections.count) connections for one container process") }
    if requirement.isClosed, !connection.isClosed {
      faults.append("the connection is still open two seconds after the state was sent")
    }
    if !connection.descriptorsCameFirst {
      faults.append("descriptors come with another message than the first")
    }
    let root = try? JSONSerialization.jsonObject(with: Data(connection.text))
    guard let state = root as? [String: Any] else {
      faults.append("what is sent is not one JSON object: \(connection.text.count) bytes")
      return faults
    }
    return faults + wrongMembers(of: state, descriptors: connection.descriptors)
  }

  private func wrongMembers(of state: [String: Any], descriptors: Int) -> [String] {
    var faults: [String] = []
    if !(state["ociVersion"] is String) { faults.append("the state has no string ociVersion") }
    if ((state["pid"] as? Int) ?? 0) <= 0 { faults.append("the state has no pid") }
    if let container = state["state"] as? [String: Any] {
      for member in ["ociVersion", "id", "status", "bundle"] where !(container[member] is String) {
        faults.append("the state's member state has no string \(member)")
      }
    } else {
      faults.append("the state has no member state")
    }
    let names = state["fds"] as? [String] ?? []
    if names.count(where: { $0 == "seccompFd" }) != 1 {
      faults.append("fds names \(names) instead of one seccompFd")
    }
    if names.count != descriptors {
      faults.append("fds names \(names.count) descriptors, and \(descriptors) came")
    }
    if let metadata = requirement.metadata, state["metadata"] as? String != metadata {
      let found = (state["metadata"] as? String).map { "\"\($0)\"" } ?? "nothing"
      faults.append("metadata: expected \"\(metadata)\", found \(found)")
    }
    return faults
  }
}
