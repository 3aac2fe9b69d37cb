import CProbeProtocol

/// What a meter could not do.
package enum MeterFailure: Hashable, Sendable {
  case start
  /// Running on this processor only.
  case processor(Int)
  /// Installing this filter of the stack, from 0.
  case filter(Int)
  case listener
  /// Making a child.
  case child

  /// nil when nothing failed.
  init?(_ header: meter_header) {
    switch Int(header.stage) {
    case Int(METER_STAGE_NONE): return nil
    case Int(METER_STAGE_PROCESSOR): self = .processor(Int(header.processor))
    case Int(METER_STAGE_FILTER): self = .filter(Int(header.installed))
    case Int(METER_STAGE_LISTENER): self = .listener
    case Int(METER_STAGE_CHILD): self = .child
    default: self = .start
    }
  }
}

extension MeterFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .start: "starting"
    case .processor(let processor): "running on processor \(processor)"
    case .filter(let index): "installing filter \(index) of the stack"
    case .listener: "setting up the process that answers notifications"
    case .child: "making a child"
    }
  }
}
