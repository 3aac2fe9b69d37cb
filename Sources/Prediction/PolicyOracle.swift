public import Profiles
public import SeccompModel

/// What a policy means, read from its own text and from the manuals, never by asking a compiler.
///
/// - A rule matches a call when all its conditions do; a rule without conditions matches whatever the
///   arguments are ("all of the comparisons must be true for the rule to match", seccomp_rule_add(3)).
/// - Rules for one call with one action are a union ("all of the filter rules … are combined into a union", the
///   same page). Where rules with different actions match, no text ranks them: the answer is contested between
///   the actions of the matching rules.
/// - A call that no rule matches gets the default action (seccomp_init(3); OCI runtime-spec, config-linux.md,
///   `defaultAction`).
/// - A call of an architecture that is not listed gets the bad-architecture action ("the filter action taken
///   when the loaded filter does not match the architecture of the executing application",
///   `SCMP_FLTATR_ACT_BADARCH`, seccomp_attr_set(3)). x86_64 and x32 share an audit token and are told apart by
///   bit 30 of the number (seccomp(2)).
/// - Numbers with bit 31 set belong to no ABI, and the texts do not say which of the two that share the token
///   they would be: with only one of them listed the answer is contested between the default and the
///   bad-architecture action.
/// - A name means each listed architecture's call of that name ("regardless of the architecture",
///   seccomp_rule_add(3)); a name that an architecture does not have matches nothing there.
/// - On i386 a name that `socketcall` or `ipc` multiplexes means both ways of making the call
///   (seccomp_rule_add(3), "internal rewriting of multiplexed syscalls"); see ``ComparableCondition`` and
///   ``RuleGate`` for what can be known of arguments there.
///
/// Calls of a listed architecture outside the x86 family could be anyone's, as there are no numbers for them here:
/// contested between the default and every rule's action.
///
/// A rule that is not fully decided (an *open* condition) may or may not match: both are among the answers.
///
/// Rules that a compiler refuses (a second comparison of one argument, an argument above the sixth: EINVAL; an
/// action equal to the default: EACCES) are not part of the policy it enforces: leave them out before asking. As
/// read here, every condition of a rule must hold however often it names an argument, and one on an argument
/// that does not exist never holds.
public struct PolicyOracle: Sendable {
  let spaces: Spaces
  let slots: [Slot]
  let rules: [PlacedRule]
  let conditions: [ComparableCondition]
  /// Tokens of listed architectures whose syscall tables this machine's kernels do not use.
  let foreignTokens: [UInt32]
  /// Every rule's index and verdict in the policy's order, for calls of ``foreignTokens``.
  let foreignVerdicts: [(rule: Int, verdict: UInt32)]
  /// Meanings of the two actions that no rule gives.
  let defaultVerdict: UInt32
  let badArchitectureVerdict: UInt32
  /// What answers before any rule; ``Prologue/none`` unless a runtime puts something there.
  let prologue: Prologue

  /// - Parameters:
  ///   - rules: in the order in which ``Decision/rule(_:)`` counts them.
  ///   - architectures: exactly those that the filter is for; empty means x86_64. (Libraries and runtimes add
  ///     the native architecture by themselves: seccomp_arch_add(3). List it then.)
  ///   - badArchitectureAction: `SCMP_FLTATR_ACT_BADARCH`, "defaults to the SCMP_ACT_KILL action".
  public init(
    rules: [Rule], defaultAction: Action, architectures: [Architecture] = [],
    badArchitectureAction: Action = .killThread
  ) {
    self.init(
      rules: rules, refusedRules: [], defaultAction: defaultAction, architectures: architectures,
      badArchitectureAction: badArchitectureAction, prologue: .none)
  }

  /// What a runtime's reading of a profile comes to.
  ///
  /// - Parameters:
  ///   - translation: its rules are those that ``Decision/rule(_:)`` counts.
  ///   - refusedRules: indices of rules that libseccomp refused, which are then no part of the policy. (runc and
  ///     crun do not start with one: `RuntimeDialect.refuses(errno:)`.)
  public init(_ translation: RuntimeReading.Translation, refusedRules: Set<Int> = []) {
    self.init(
      rules: translation.rules, refusedRules: refusedRules, defaultAction: translation.defaultAction,
      architectures: translation.architectures, badArchitectureAction: .killThread,
      prologue: translation.stub.map(Prologue.init) ?? .none)
  }

  private init(
    rules: [Rule], refusedRules: Set<Int>, defaultAction: Action, architectures: [Architecture],
    badArchitectureAction: Action, prologue: Prologue
  ) {
    var layout = PolicyLayout(architectures: architectures.isEmpty ? [.x86_64] : architectures)
    let accepted = rules.enumerated().filter { !refusedRules.contains($0.offset) }
    for (index, rule) in accepted { layout.add(rule, index: index) }
    self.prologue = prologue
    defaultVerdict = Verdict.meaning(of: defaultAction.verdict.rawValue)
    badArchitectureVerdict = Verdict.meaning(of: badArchitectureAction.verdict.rawValue)
    (slots, self.rules) = layout.place(defaultVerdict: defaultVerdict)
    conditions = layout.conditions
    spaces = layout.spaces
    foreignTokens = layout.foreignTokens
    foreignVerdicts =
      foreignTokens.isEmpty
      ? [] : accepted.map { ($0.offset, Verdict.meaning(of: $0.element.action.verdict.rawValue)) }
  }
}
