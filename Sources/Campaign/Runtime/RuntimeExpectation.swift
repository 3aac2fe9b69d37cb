import ClassicBPF
import Compilation
import Profiles
import SeccompModel
import Targets

/// What a runtime should do with a profile, by the description of how it reads one.
struct RuntimeExpectation {
  /// Nil when nobody has described this runtime.
  var dialect: RuntimeDialect?
  /// Whether the description is of the very version.
  var isExact = false
  var reading: Reading

  enum Reading {
    case unknown
    case refused(RuntimeReading.Refusal)
    case noFilter([RuntimeClause])
    case filter(ExpectedFilter)
    /// libseccomp gives no program, here and there.
    case noProgram(CompilationResult)
  }

  static func of(
    _ subject: RuntimeSubject, for program: RuntimeProgram, on workbench: Workbench
  ) throws -> RuntimeExpectation {
    let (name, version) = program.reads
    guard subject.options == nil, let found = RuntimeDialect.describing(name: name, version: version) else {
      return RuntimeExpectation(reading: .unknown)
    }
    var subject = subject
    if program.beneath != nil {
      // An engine reads the file itself, and writes what it made of it for the runtime beneath.
      guard let document = subject.document else { return RuntimeExpectation(reading: .unknown) }
      subject.text = try RuntimeText(resolving: document)
    }
    return try RuntimeExpectation(of: subject, by: found.dialect, isExact: found.isExact, on: workbench)
  }

  private init(reading: Reading) { self.reading = reading }

  init(
    of subject: RuntimeSubject, by dialect: RuntimeDialect, isExact: Bool, on workbench: Workbench
  ) throws {
    self.dialect = dialect
    self.isExact = isExact
    // First to learn the names, then with libseccomp's word on each.
    var names: Set<String> = []
    _ = try dialect.read(subject.text.bytes, source: subject.source) {
      names.insert($0)
      return true
    }
    let known = try LibraryNames(names, to: workbench)
    switch try dialect.read(subject.text.bytes, source: subject.source, isKnown: { known($0) }) {
    case .refused(let refusal): reading = .refused(refusal)
    case .noFilter(let clauses): reading = .noFilter(clauses)
    case .filter(let translation):
      switch try ExpectedFilter.compile(translation, on: workbench) {
      case .failure(let result): reading = .noProgram(result)
      case .filter(let expected):
        reading = expected.refusal(by: dialect).map(Reading.refused) ?? .filter(expected)
      }
    }
  }
}

extension ExpectedFilter {
  /// Why a runtime does not start with what libseccomp gave it; nil when it does.
  func refusal(by dialect: RuntimeDialect) -> RuntimeReading.Refusal? {
    if let (rule, errno) = refusedRules.first(where: { dialect.refuses(errno: $0.errno) }) {
      return dialect.refusal(of: rule, errno: errno)
    }
    return dialect.refusal(ofProgram: program.count)
  }
}
