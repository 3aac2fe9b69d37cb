import SeccompModel

/// An outcome in a file: exactly one of the fields is present.
struct OutcomeJSON: Codable {
  /// rax, signed.
  var returned: HexWord<UInt64>?
  var trapped: Trap?
  /// The signal.
  var died: Int32?
  /// The event message.
  var traced: HexWord<UInt32>?
  var hung: Bool?
  var lost: Bool?

  struct Trap: Codable {
    var errno: Int32
    var code: Int32
    var number: Int32
    var architecture: HexWord<UInt32>
    var callAddress: HexWord<UInt64>
    var rax: HexWord<UInt64>
  }

  init(_ outcome: Outcome) {
    switch outcome {
    case .returned(let value): returned = HexWord(UInt64(bitPattern: value))
    case .trapped(let details):
      trapped = Trap(
        errno: details.errno, code: details.code, number: details.number,
        architecture: HexWord(details.architecture), callAddress: HexWord(details.callAddress),
        rax: HexWord(details.rax))
    case .died(let signal): died = signal
    case .traced(let message): traced = HexWord(message)
    case .hung: hung = true
    case .lost: lost = true
    }
  }

  var value: Outcome {
    get throws {
      if let returned { return .returned(Int64(bitPattern: returned.value)) }
      if let trapped {
        return .trapped(
          TrapDetails(
            errno: trapped.errno, code: trapped.code, number: trapped.number,
            architecture: trapped.architecture.value, callAddress: trapped.callAddress.value,
            rax: trapped.rax.value))
      }
      if let died { return .died(signal: died) }
      if let traced { return .traced(message: traced.value) }
      if hung == true { return .hung }
      if lost == true { return .lost }
      throw corrupted("an outcome needs one of returned, trapped, died, traced, hung, lost")
    }
  }
}
