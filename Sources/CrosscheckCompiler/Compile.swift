import CLinux
import CSeccompTypes
import Glibc

extension Library {
  /// Do the request in `memory` and leave its results there. Every return value is kept and none but a
  /// missing context or program ends the work: whether a refused rule matters is the driver's question.
  func compile(_ memory: SharedMemory) {
    let header = memory.header
    header.pointee.failed_stage = 0
    header.pointee.failure = 0
    header.pointee.filter_bytes = 0

    setAPILevel(memory)
    memory.report(CLINUX_WORKER_INITIALISE)
    guard let context = initialise(header.pointee.default_action) else {
      // seccomp_init(3) has no return value but NULL.
      header.pointee.failed_stage = CLINUX_WORKER_INITIALISE.rawValue
      header.pointee.failure = -EINVAL
      return
    }
    setAttributes(context, memory)
    setArchitectures(context, memory)
    addRules(context, memory)
    export(context, memory)
    memory.report(CLINUX_WORKER_RELEASE)
    release(context)
  }

  /// The level is the library's global state: a request that asks for none gets the detected one back.
  private func setAPILevel(_ memory: SharedMemory) {
    let wanted = memory.header.pointee.wanted_api_level
    let level = wanted == 0 ? memory.header.pointee.api_level : wanted
    memory.header.pointee.api_level_result = 0
    guard level != getAPILevel() else { return }
    memory.report(CLINUX_WORKER_SET_API_LEVEL)
    memory.header.pointee.api_level_result = setAPILevel(level)
  }

  private func setAttributes(_ context: Context, _ memory: SharedMemory) {
    let attributes = clinux_worker_attributes(memory.header)
    for index in 0..<Int(memory.header.pointee.attribute_count) {
      memory.report(CLINUX_WORKER_SET_ATTRIBUTE, index)
      let name = scmp_filter_attr(rawValue: attributes[index].attribute)
      attributes[index].result = setAttribute(context, name, attributes[index].value)
    }
  }

  /// A new context holds the native architecture: it goes when it is not listed, and is not added again
  /// where it is listed first.
  private func setArchitectures(_ context: Context, _ memory: SharedMemory) {
    let count = Int(memory.header.pointee.architecture_count)
    memory.header.pointee.native_removal_result = 0
    guard count > 0 else { return }
    let listed = clinux_worker_architectures(memory.header)
    let native = nativeArchitecture()
    func token(_ index: Int) -> UInt32 {
      resolveArchitecture(clinux_worker_architecture_name(listed + index))
    }
    memory.report(CLINUX_WORKER_REMOVE_NATIVE)
    var nativeStands = (0..<count).contains { token($0) == native }
    if !nativeStands { memory.header.pointee.native_removal_result = removeArchitecture(context, native) }
    for index in 0..<count {
      memory.report(CLINUX_WORKER_ADD_ARCHITECTURE, index)
      let token = token(index)
      if token == 0 {
        listed[index].result = CLINUX_WORKER_UNKNOWN_NAME
      } else if token == native, nativeStands {
        listed[index].result = 0
        nativeStands = false
      } else {
        listed[index].result = addArchitecture(context, token)
      }
    }
  }

  private func addRules(_ context: Context, _ memory: SharedMemory) {
    var next = memory.rules
    let results = memory.results
    for index in 0..<Int(memory.header.pointee.rule_count) {
      let rule = next.loadUnaligned(as: clinux_worker_rule.self)
      let name = next + MemoryLayout<clinux_worker_rule>.size
      let conditions = name + Int(rule.name_bytes)
      next = conditions + Int(rule.condition_count) * MemoryLayout<scmp_arg_cmp>.stride

      memory.report(CLINUX_WORKER_RESOLVE_NAME, index)
      let number = resolveName(name.assumingMemoryBound(to: CChar.self))
      guard number != __NR_SCMP_ERROR else {
        results[index] = CLINUX_WORKER_UNKNOWN_NAME
        continue
      }
      memory.report(CLINUX_WORKER_ADD_RULE, index)
      results[index] = addRule(
        context, rule.action, number, rule.condition_count,
        rule.condition_count == 0 ? nil : conditions.assumingMemoryBound(to: scmp_arg_cmp.self))
    }
  }

  /// The library writes into the shared memory file, which is the memory that the driver reads.
  private func export(_ context: Context, _ memory: SharedMemory) {
    memory.report(CLINUX_WORKER_EXPORT)
    let start = off_t(CLINUX_WORKER_FILTER)
    var result: Int32 = 0
    if lseek(memory.descriptor, start, SEEK_SET) < 0 { result = -errno }
    if result == 0 { result = exportBPF(context, memory.descriptor) }
    let end = lseek(memory.descriptor, 0, SEEK_CUR)
    if result == 0, end > off_t(CLINUX_WORKER_RULES) { result = -EFBIG }
    guard result == 0, end >= start else {
      memory.header.pointee.failed_stage = CLINUX_WORKER_EXPORT.rawValue
      memory.header.pointee.failure = result == 0 ? -EIO : result
      return
    }
    memory.header.pointee.filter_bytes = UInt32(end - start)
  }
}
