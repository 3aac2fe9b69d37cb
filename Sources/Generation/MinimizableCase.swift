package import Profiles
package import SeccompModel

/// What a minimiser makes smaller: a case, and the call that shows what is wrong with it.
package struct MinimizableCase: Minimizable {
  package var profile: Profile
  /// The witness; nil when compiling alone shows the fault, as a hang does.
  package var call: Call?
  package var settings: FilterSettings
  /// Filters under this one, oldest first.
  package var older: [GeneratedCase.Layer]

  package init(
    profile: Profile, call: Call? = nil, settings: FilterSettings = FilterSettings(),
    older: [GeneratedCase.Layer] = []
  ) {
    self.profile = profile
    self.call = call
    self.settings = settings
    self.older = older
  }

  package static let passes: [Minimizer.Pass<MinimizableCase>] =
    Minimizer.rulePasses + Minimizer.environmentPasses + Minimizer.wordPasses + Minimizer.valuePasses
    + Minimizer.callPasses()

  package var size: CaseSize { CaseSize(self) }

  package init(_ generated: GeneratedCase, call: Call? = nil) {
    self.init(
      profile: generated.profile, call: call, settings: generated.settings, older: generated.older)
  }
}

/// How large a case is: counts that compare from the first on. What costs a reader most comes first: filters,
/// rules, conditions; then how ordinary the words are; numbers last.
package struct CaseSize: Comparable, Hashable, Sendable {
  package let components: [UInt64]

  package static func < (left: CaseSize, right: CaseSize) -> Bool {
    left.components.lexicographicallyPrecedes(right.components)
  }

  package init(_ measured: MinimizableCase) {
    let profile = measured.profile
    let entries = profile.entries
    let conditions = entries.flatMap(\.conditions)
    let names = entries.flatMap(\.names)
    components =
      [
        UInt64(measured.older.count),
        UInt64(measured.older.reduce(0) { $0 + $1.profile.entries.reduce(1) { $0 + $1.names.count } }),
        UInt64(entries.count + names.count),
        UInt64(conditions.count),
        UInt64(profile.architectures.count),
        Self.distanceFromDefaults(measured),
        UInt64(Set(entries.map(\.action)).count),
        Self.rank(fallback: profile.defaultAction)
          + entries.reduce(0) { $0 + Self.rank(rule: $1.action) },
        UInt64(Set(names).reduce(0) { $0 + CanonicalNames.rank($1) }),
        UInt64(conditions.reduce(0) { $0 + CanonicalComparison.rank($1.comparison) }),
        conditions.reduce(0) { $0 + UInt64($1.index) },
        conditions.reduce(0) { $0 + ($1.value >> 32) + ($1.valueTwo >> 32) },
        conditions.reduce(0) { $0 + ($1.value & 0xffff_ffff) + ($1.valueTwo & 0xffff_ffff) },
      ] + Self.components(of: measured.call)
  }

  init(components: [UInt64]) { self.components = components }

  /// Attributes, flags and fields that are not what they are when left out.
  private static func distanceFromDefaults(_ measured: MinimizableCase) -> UInt64 {
    let standard = FilterSettings()
    let settings = measured.settings
    let profile = measured.profile
    let differences = [
      settings.badArchitectureAction != standard.badArchitectureAction,
      settings.optimizeLevel != standard.optimizeLevel, settings.noNewPrivileges != standard.noNewPrivileges,
      settings.threadSync != standard.threadSync, settings.log != standard.log,
      settings.speculationAllowed != standard.speculationAllowed, profile.flags != nil,
      profile.listenerPath != nil, profile.listenerMetadata != nil,
    ]
    return UInt64(differences.filter { $0 }.count + (profile.flags?.count ?? 0))
  }

  /// What a call adds: how the kernel is entered, then its words.
  static func components(of call: Call?) -> [UInt64] {
    guard let call else { return [0, 0, 0, 0, 0, 0] }
    let arguments = (0..<Arguments.count).map { call.arguments[$0] }
    return [
      UInt64(call.entry), call.rax >> 32, UInt64(arguments.filter { $0 != 0 }.count),
      arguments.reduce(0) { $0 + ($1 >> 32) }, arguments.reduce(0) { $0 + ($1 & 0xffff_ffff) },
      call.rax & 0xffff_ffff,
    ]
  }

  /// The plainest default is to allow, then ERRNO(1).
  static func rank(fallback action: Action) -> UInt64 { action == .allow ? 0 : 1 + rank(rule: action) }

  /// The plainest rule fails its call with errno 1; a small errno is plainer than a large one, any errno than
  /// a kill.
  static func rank(rule action: Action) -> UInt64 {
    switch action {
    case .errno(let data): data == 0 ? 3 : UInt64(data - 1)
    case .allow: 1
    default: 0x1_0000 + UInt64(action.verdict.data) + (action.kind == .killProcess ? 0 : 1)
    }
  }
}

/// Calls to name in an example: without arguments, without effect, on every ABI.
enum CanonicalNames {
  static let all = ["getpid", "getppid", "gettid", "getuid", "geteuid", "getgid", "getegid", "sched_yield"]

  static func rank(_ name: String) -> Int { all.firstIndex(of: name) ?? all.count }
}

/// Operators from the plainest on.
enum CanonicalComparison {
  static let all: [Condition.Comparison] = [
    .equal, .notEqual, .lessThan, .lessOrEqual, .greaterOrEqual, .greaterThan, .maskedEqual,
  ]

  static func rank(_ comparison: Condition.Comparison) -> Int { all.firstIndex(of: comparison) ?? all.count }
}
