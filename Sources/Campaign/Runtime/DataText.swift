import Generation
import SeccompModel

/// What a filter is shown of a call, in words.
struct DataText: CustomStringConvertible {
  private var data: SeccompData

  init(_ data: SeccompData) {
    self.data = data
    // Only programs that read it make a difference by it, and no call is known by it.
    self.data.instructionPointer = 0
  }

  var description: String {
    CallGenerator.call(from: data).map { ReportText.symbolic($0) }
      ?? "number \(data.number) of the architecture 0x\(String(data.architecture, radix: 16))"
  }
}
