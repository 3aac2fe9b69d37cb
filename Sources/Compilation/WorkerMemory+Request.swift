internal import CLinux
internal import Glibc
internal import Profiles
internal import SeccompModel

extension WorkerMemory {
  /// Write `request` where the worker reads it.
  func write(_ request: CompilationRequest) throws(CompilerError) {
    header.pointee.default_action = request.defaultAction.verdict.rawValue
    header.pointee.wanted_api_level = request.attributes.apiLevel ?? 0
    write(request.attributes.settings)
    try write(request.architectures)
    try write(request.rules)
  }

  private func write(_ settings: [(attribute: FilterAttribute, value: UInt32)]) {
    let attributes = clinux_worker_attributes(header)
    for (index, setting) in settings.enumerated() {
      attributes[index].attribute = setting.attribute.rawValue
      attributes[index].value = setting.value
    }
    header.pointee.attribute_count = UInt32(settings.count)
  }

  private func write(_ architectures: [Architecture]) throws(CompilerError) {
    let limit = Int(CLINUX_WORKER_MAX_ARCHITECTURES)
    guard architectures.count <= limit else { throw .requestTooLarge(what: "architectures", limit: limit) }
    let listed = clinux_worker_architectures(header)
    for (index, architecture) in architectures.enumerated() {
      let size = Int(CLINUX_WORKER_ARCHITECTURE_NAME_SIZE)
      strncpy(clinux_worker_architecture_name(listed + index), architecture.libseccompName, size - 1)
    }
    header.pointee.architecture_count = UInt32(architectures.count)
  }

  private func write(_ rules: [Rule]) throws(CompilerError) {
    let limit = Int(CLINUX_WORKER_MAX_RULES)
    guard rules.count <= limit else { throw .requestTooLarge(what: "rules", limit: limit) }
    let room = self.rules
    var offset = 0
    for rule in rules {
      guard let size = write(rule, into: UnsafeMutableRawBufferPointer(rebasing: room[offset...])) else {
        throw .requestTooLarge(what: "bytes of rules", limit: room.count)
      }
      offset += size
    }
    header.pointee.rule_count = UInt32(rules.count)
  }

  /// One rule: its head, its name, its conditions. The bytes used, or nil when `room` is too small.
  private func write(_ rule: Rule, into room: UnsafeMutableRawBufferPointer) -> Int? {
    var name = rule.name
    return name.withUTF8 { name in
      // A C string ends at its first NUL: a name that holds one is no call's name, and the empty one is not either.
      let length = name.contains(0) ? 0 : name.count
      let padded = (length + 8) & ~7
      let head = MemoryLayout<clinux_worker_rule>.size
      let conditionSize = MemoryLayout<clinux_worker_condition>.stride
      let size = head + padded + rule.conditions.count * conditionSize
      guard size <= room.count, let start = room.baseAddress else { return nil }

      start.storeBytes(
        of: clinux_worker_rule(
          action: rule.action.verdict.rawValue, name_bytes: UInt32(padded),
          condition_count: UInt32(rule.conditions.count), reserved: 0),
        as: clinux_worker_rule.self)
      (start + head + padded - 8).storeBytes(of: 0, as: UInt64.self)
      if length > 0, let characters = name.baseAddress {
        (start + head).copyMemory(from: characters, byteCount: length)
      }
      var place = start + head + padded
      for condition in rule.conditions {
        place.storeBytes(
          of: clinux_worker_condition(
            index: condition.index, comparison: condition.comparison.rawValue, value: condition.value,
            value_two: condition.valueTwo),
          as: clinux_worker_condition.self)
        place += conditionSize
      }
      return size
    }
  }
}
