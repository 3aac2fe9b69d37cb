import Campaign
import Testing

@testable import crosscheck

@Suite("Errors")
struct FailureTests {
  struct Unforeseen: Error {}

  @Test("What nobody foresaw is a bug of ours, in one line")
  func bug() {
    let failure = Failure(Unforeseen())
    #expect(failure.status == .bug)
    #expect(failure.status.rawValue == 70)
    #expect(failure.line.hasPrefix("crosscheck: error: Unforeseen()"))
  }

  @Test("A message of several lines becomes one")
  func oneLine() {
    #expect(Failure(.badInput, "one\ntwo\r\nthree").line == "crosscheck: error: one two three")
  }

  @Test("What a message quotes does nothing to the terminal")
  func harmless() {
    #expect(
      Failure(.badInput, "found \"\u{1B}[2J\u{202E}\"").line
        == #"crosscheck: error: found "\u{1b}[2J\u{202e}""#)
  }

  @Test("What cannot be read is bad input; what cannot be written is something missing")
  func storage() {
    #expect(Failure(StorageError("reading", "case.json", detail: ".kind is missing")).status == .badInput)
    #expect(Failure(StorageError("opening", "case.json", errno: 2)).status == .badInput)
    #expect(Failure(StorageError("writing", "case.json", errno: 28)).status == .missing)
  }
}
