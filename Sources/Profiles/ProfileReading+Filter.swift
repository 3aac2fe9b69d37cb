/// Docker's `includes` and `excludes`.
extension ProfileReading {
  /// Why the entry does not apply in the context; nil when it does. An entry is left out when any capability,
  /// the architecture or the kernel of `excludes` is there, or when one of `includes` is not: all the
  /// capabilities of `includes` are needed, and one of its architectures.
  func reasonToLeaveOut(_ fields: Fields) throws(JSONError) -> String? {
    let excludes = try filter(fields["excludes"])
    let includes = try filter(fields["includes"])

    if let excludes {
      if excludes.architectures.contains(context.architectureWord) {
        return "excludes.arches has \(context.architectureWord)"
      }
      if let capability = excludes.capabilities.first(where: { context.capabilities.contains($0) }) {
        return "excludes.caps has \(capability), which the container has"
      }
      if let kernel = excludes.minKernel, isMet(kernel) {
        return "excludes.minKernel is \(kernel) and the kernel is \(kernelWord)"
      }
    }
    if let includes {
      if !includes.architectures.isEmpty, !includes.architectures.contains(context.architectureWord) {
        return "includes.arches has no \(context.architectureWord)"
      }
      if let capability = includes.capabilities.first(where: { !context.capabilities.contains($0) }) {
        return "includes.caps has \(capability), which the container lacks"
      }
      if let kernel = includes.minKernel, !isMet(kernel) {
        return "includes.minKernel is \(kernel) and the kernel is \(kernelWord)"
      }
    }
    return nil
  }

  private struct Filter {
    var capabilities: [String] = []
    var architectures: [String] = []
    var minKernel: KernelVersion?
  }

  private func filter(_ value: Value?) throws(JSONError) -> Filter? {
    guard let value else { return nil }
    let fields = try value.fields("an object with caps, arches and minKernel")
    var filter = Filter()
    if let value = fields["caps"] {
      filter.capabilities = try value.strings("an array of capabilities", each: "a capability")
    }
    if let value = fields["arches"] {
      filter.architectures = try value.strings("an array of architectures", each: "an architecture")
    }
    if let value = fields["minKernel"] {
      let expected = "a kernel version of two numbers, such as \"4.8\""
      guard let version = KernelVersion(try value.string(expected)) else {
        throw value.fault(expected: expected)
      }
      filter.minKernel = version
    }
    return filter
  }

  private func isMet(_ minimum: KernelVersion) -> Bool { context.kernel.map { $0 >= minimum } ?? true }

  private var kernelWord: String { context.kernel?.description ?? "taken for newer" }
}
