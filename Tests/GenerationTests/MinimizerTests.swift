import Generation
import Profiles
import SeccompModel
import Testing

@Suite("The minimiser")
struct MinimizerTests {
  private static let equal = Condition(index: 3, .equal, value: 0x7_0000_1234)

  /// Forty entries with several names, stacked, with every attribute changed.
  static let large: MinimizableCase = {
    var entries = (0..<40).map { number in
      Profile.Entry(
        names: ["read", "write", "openat", "call\(number)"], action: .trap(0),
        conditions: [Condition(index: UInt32(number % 6), .greaterThan, value: UInt64(number) << 20)])
    }
    entries[23].names.append("ioctl")
    entries[23].conditions.append(equal)
    var settings = FilterSettings()
    settings.badArchitectureAction = .errno(99)
    settings.optimizeLevel = 2
    settings.log = true
    settings.threadSync = true
    let profile = Profile(
      defaultAction: .killProcess, architectures: [.x86_64, .x86, .x32],
      flags: ["SECCOMP_FILTER_FLAG_LOG", "SECCOMP_FILTER_FLAG_TSYNC"], entries: entries)
    return MinimizableCase(
      profile: profile,
      call: Call(.int80, rax: 0xdead_beef_0000_0036, arguments: Arguments(9, 8, 7, 0x7_0000_1234, 5, .max)),
      settings: settings, older: [.init(profile: profile), .init(profile: profile)])
  }()

  private func minimized(_ predicate: (MinimizableCase) -> Bool) -> Minimizer.Result<MinimizableCase> {
    Minimizer().minimize(Self.large, while: predicate)
  }

  @Test("what the predicate does not need is gone: an empty profile, default settings, a plain call")
  func empty() {
    let result = minimized { _ in true }
    #expect(
      result.minimized
        == MinimizableCase(profile: Profile(defaultAction: .allow), call: Call(.syscall, rax: 0)))
    #expect(result.reproduced && result.isFixpoint)
    #expect(result.attempts < 60)
  }

  @Test("one needed condition is kept with the fewest words around it")
  func oneCondition() {
    let result = minimized { candidate in
      candidate.profile.entries.contains { entry in
        entry.names.contains("ioctl")
          && entry.conditions.contains { $0.comparison == .equal && $0.value >> 32 >= 3 && $0.value & 1 == 0 }
      }
    }
    #expect(
      result.minimized.profile
        == Profile(
          defaultAction: .allow,
          entries: [
            .init(
              names: ["ioctl"], action: .errno(1),
              conditions: [Condition(index: 0, .equal, value: 0x3_0000_0000)])
          ]))
    #expect(result.isFixpoint)
  }

  @Test("two rules that are needed together stay, and their call keeps meeting them", arguments: [1, 5, 30])
  func pair(distance: Int) {
    var start = Self.large
    start.profile.entries[2].action = .log
    start.profile.entries[2 + distance].action = .log
    let result = Minimizer().minimize(start) { candidate in
      candidate.profile.entries.filter { $0.action.kind == .log && !$0.conditions.isEmpty }.count >= 2
        && candidate.call?.arguments.a3 ?? 0 > 77
    }
    #expect(result.minimized.profile.entries.count == 2)
    #expect(result.minimized.profile.rules.count == 2)
    #expect(result.minimized.profile.entries.allSatisfy { $0.conditions.count == 1 })
    #expect(result.minimized.call?.arguments == Arguments(0, 0, 0, 78))
    #expect(result.minimized.call?.rax == 0)
  }

  @Test("names become ordinary ones, and the call made follows")
  func renaming() {
    let start = MinimizableCase(
      profile: Profile(
        defaultAction: .allow,
        entries: [
          .init(names: ["ioctl"], action: .errno(5), conditions: [Condition(index: 4, .lessThan, value: 50)])
        ]),
      call: Call(.syscall, rax: 16, arguments: Arguments(0, 0, 0, 0, 20)))
    let result = Minimizer().minimize(start) { candidate in
      guard let entry = candidate.profile.entries.first, let name = entry.names.first,
        let call = candidate.call,
        let condition = entry.conditions.first, condition.comparison == .lessThan
      else { return false }
      return SyscallTable.x86_64.number(named: name) == call.number
        && call.arguments[Int(condition.index)] < condition.value
    }
    #expect(
      result.minimized.profile.entries == [
        .init(names: ["getpid"], action: .errno(1), conditions: [Condition(index: 0, .lessThan, value: 1)])
      ])
    #expect(result.minimized.call == Call(.syscall, rax: 39))
  }

  @Test("minimising what was minimised changes nothing")
  func idempotent() {
    let predicate: (MinimizableCase) -> Bool = { candidate in
      candidate.profile.entries.flatMap(\.conditions).filter { $0.value % 5 == 2 }.count >= 2
    }
    var start = Self.large
    for entry in [7, 9, 12] {
      start.profile.entries[entry].conditions[0].value = 0x1_0000_0002 + UInt64(entry) * 5
    }
    let once = Minimizer().minimize(start, while: predicate)
    // A budget of 2000 is enough for forty entries.
    #expect(once.isFixpoint)
    let twice = Minimizer().minimize(once.minimized, while: predicate)
    #expect(twice.minimized == once.minimized)
    #expect(twice.steps.isEmpty)
  }

  @Test("each change that is kept makes the case smaller, and the predicate held of each")
  func monotonic() {
    var sizes = [CaseSize(Self.large)]
    let result = minimized { candidate in
      let holds = candidate.profile.entries.count >= 3
      if holds { sizes.append(CaseSize(candidate)) }
      return holds
    }
    // The first is the case itself.
    #expect(sizes.count == result.steps.count + 2)
    #expect(zip(sizes.dropFirst(), sizes.dropFirst(2)).allSatisfy { $1 < $0 })
  }

  @Test("a case that does not reproduce comes back as it was, after one question")
  func notReproduced() {
    let result = minimized { _ in false }
    #expect(!result.reproduced && !result.isFixpoint)
    #expect(result.attempts == 1)
    #expect(result.minimized == Self.large)
  }

  @Test("the questions are bounded", arguments: [1, 7, 50])
  func bounded(limit: Int) {
    var questions = 0
    let result = Minimizer(maximumAttempts: limit).minimize(Self.large) { candidate in
      questions += 1
      return candidate.profile.entries.count % 2 == 0
    }
    #expect(questions <= limit)
    #expect(result.attempts == questions)
  }

  private struct Lost: Error {}

  @Test("an error of the predicate is passed on")
  func failing() {
    var questions = 0
    #expect(throws: Lost.self) {
      try Minimizer().minimize(Self.large) { _ in
        questions += 1
        if questions == 3 { throw Lost() }
        return true
      }
    }
    #expect(questions == 3)
  }

  @Test("the short form answers profile, call and the passes that helped")
  func shortForm() {
    let (profile, call, steps) = Minimizer().minimize(Self.large.profile, nil) { profile, call in
      call == nil && profile.entries.contains { $0.names.contains("ioctl") }
    }
    #expect(profile.entries == [.init(names: ["ioctl"], action: .errno(1))])
    #expect(call == nil)
    #expect(steps.contains("drop entries"))
  }
}
