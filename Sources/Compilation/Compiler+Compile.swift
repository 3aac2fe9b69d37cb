internal import CLinux
internal import Glibc

extension Compiler {
  /// Compile `request`. A hang, a crash and a refusal are results; an error is thrown only when there is no
  /// worker to ask or the request cannot be handed to it. `deadline` holds for this request in place of the
  /// compiler's own.
  package mutating func compile(
    _ request: CompilationRequest, deadline: Duration? = nil
  ) throws(CompilerError) -> CompilationResult {
    let deadline = deadline.map(Deadline.init(wall:)) ?? self.deadline
    try memory.write(request)
    var ending = try ask(deadline)
    if case .ended(_, .waiting) = ending {
      // Somebody ended the worker between two requests: this one has not been looked at.
      ending = try ask(deadline)
    }
    let count = request.rules.count
    switch ending {
    case .replied:
      return reply(to: request)
    case .ended(let end, let stage):
      return .crashed(end, stage: stage, ruleStatuses: statuses(count, at: stage))
    case .hung(let stage, let elapsed):
      return .hung(stage: stage, elapsed: elapsed, ruleStatuses: statuses(count, at: stage))
    }
  }

  private func statuses(_ count: Int, at stage: CompilationStage) -> [RuleStatus] {
    memory.ruleStatuses(count, answered: stage.answeredRules(of: count))
  }

  private func reply(to request: CompilationRequest) -> CompilationResult {
    let header = memory.header
    let stage = CompilationStage(progress: UInt64(header.pointee.failed_stage) << 32)
    guard header.pointee.failed_stage == 0 else {
      return .failed(
        stage: stage, errno: -header.pointee.failure, ruleStatuses: statuses(request.rules.count, at: stage))
    }
    let statuses = statuses(request.rules.count, at: .export)
    guard let filter = memory.filter() else {
      return .failed(stage: .export, errno: EBADMSG, ruleStatuses: statuses)
    }
    let removal = header.pointee.native_removal_result
    return .compiled(
      CompiledFilter(
        filter: filter, ruleStatuses: statuses,
        architectureStatuses: architectureStatuses(request.architectures.count),
        nativeRemovalErrno: removal == 0 ? nil : -removal,
        refusedAttributes: refusedAttributes(request.attributes), library: library))
  }

  private func architectureStatuses(_ count: Int) -> [ArchitectureStatus] {
    let listed = clinux_worker_architectures(memory.header)
    return (0..<count).map { index in
      switch listed[index].result {
      case 0: .present
      case CLINUX_WORKER_UNKNOWN_NAME: .unknownName
      case let result: .refused(errno: 0 &- result)
      }
    }
  }

  private func refusedAttributes(_ attributes: FilterAttributes) -> [RefusedAttribute] {
    var refused: [RefusedAttribute] = []
    let level = memory.header.pointee.api_level_result
    if level != 0 { refused.append(RefusedAttribute(attribute: nil, errno: -level)) }
    let results = clinux_worker_attributes(memory.header)
    for (index, setting) in attributes.settings.enumerated() where results[index].result != 0 {
      refused.append(RefusedAttribute(attribute: setting.attribute, errno: -results[index].result))
    }
    return refused
  }
}
