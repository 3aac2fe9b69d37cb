import Campaign
import ClassicBPF
import ProfileFiles
import Profiles
import Targets

/// Something with an answer to every call, as it is named on the command line: a profile, a filter, `pid:1234`,
/// `runc:profile.json`.
struct SideWord {
  let word: String
  let compile: CompileOptions

  /// What the word names, with everything read that can be read without starting anything.
  enum Meaning {
    case profile(ProfileDocument)
    case filter(Filter)
    case process(Int32)
    case runtime(RuntimeName, RuntimeSubject)
  }

  func meaning() throws -> Meaning {
    let parts = word.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    if parts.count == 2, parts[0] == "pid" {
      guard let process = Int32(parts[1]), process > 0 else {
        throw Failure(.usage, "pid: wants a process number above 0, found '\(parts[1])'")
      }
      return .process(process)
    }
    if parts.count == 2, let runtime = RuntimeWord(argument: parts[0]) {
      let (bytes, source) = (try ProfileFile.bytes(of: parts[1]), ProfileFile.name(of: parts[1]))
      let document = try ProfileReader.read(bytes, source: source, context: compile.context)
      return .runtime(
        runtime.name, try RuntimeSubject(source: source, file: bytes, reading: .success(document)))
    }
    let bytes = try ProfileFile.bytes(of: word)
    // A filter has bytes of 0 in every instruction; a text has none.
    guard bytes.contains(0) else {
      return .profile(
        try ProfileReader.read(bytes, source: ProfileFile.name(of: word), context: compile.context))
    }
    do {
      let filter = try Filter(bytes: bytes)
      try filter.check()
      return .filter(filter)
    } catch let error as FilterBytesError {
      throw Failure(.badInput, "\(word): \(error)")
    } catch let error as FilterRejection {
      throw Failure(.badInput, "\(word): the kernel would not take this filter: \(error)")
    }
  }

  func side(_ meaning: Meaning, on bench: ProofBench) throws -> ProofSide {
    switch meaning {
    case .profile(let document): return ProofSide(text: word, of: try bench.compile(document))
    case .filter(let filter): return ProofSide(word, [filter])
    case .process(let process):
      let dump = try ProcessDump(of: process)
      // Four calls and no filters: nothing that the kernel would show to one.
      guard dump.mode != .strict else {
        throw Failure(
          .badInput,
          "\(word): the process is in strict mode (SECCOMP_MODE_STRICT), which is no filter; expected a process that "
            + "filters bind, or nothing")
      }
      var side = ProofSide(word, dump.filters.map(\.filter))
      side.leftOut = Self.words(of: dump)
      return side
    case .runtime(let name, let subject):
      var side = try bench.capture(subject, by: try RuntimeProgram.find(name))
      side.name = word
      return side
    }
  }

  /// What is not told of a process of whose threads not all are bound alike.
  private static func words(of dump: ProcessDump) -> String? {
    guard let first = dump.otherThreads.first else { return nil }
    let others = dump.otherThreads.count - 1
    return
      "process \(dump.process): thread \(first.id)\(others > 0 ? " and \(others) more" : "") "
      + (first.notRead.map { "may have other filters than its first (\($0))" }
        ?? "\(others > 0 ? "have" : "has") other filters than its first (see 'crosscheck dump')")
      + "; what is told is of the first thread"
  }
}
