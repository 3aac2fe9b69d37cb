import SeccompModel

extension OCICase {
  /// `SCMP_ACT_NOTIFY`, `listenerPath` and `listenerMetadata`. What a runtime does with NOTIFY and no listenerPath the
  /// specification does not say, and runtimes differ: no case asks for it.
  static let notify: [OCICase] = [
    OCICase(
      "notify",
      "SCMP_ACT_NOTIFY asks the agent, which is sent one container process state with the descriptor",
      [.oneState, .listenerPath], notifying(#", "listenerPath": "{listener}""#),
      asking(AgentRequirement()).with { $0.flags = FlagRequirement(set: Flag.newListener) }),
    OCICase(
      "notify-metadata", "listenerMetadata reaches the agent as metadata", [.metadata],
      notifying(#", "listenerPath": "{listener}", "listenerMetadata": "a=b;\u00fc \"quoted\"""#),
      asking(AgentRequirement(metadata: "a=b;\u{fc} \"quoted\""))),
    OCICase(
      "notify-connection-closed",
      "the connection is closed after the state was sent, and not only when the container ends",
      [.connectionClosed], notifying(#", "listenerPath": "{listener}""#),
      asking(AgentRequirement(isClosed: true))),
    OCICase(
      "notify-default", "SCMP_ACT_NOTIFY by default asks the agent about calls that no entry names",
      [.oneState, .applied], SeccompText.denying("SCMP_ACT_NOTIFY", rest: #", "listenerPath": "{listener}""#),
      Requirement.verdictsOrRefusal(
        SuiteCall.native("mkdir").gets(.notify), SuiteCall.native("read").gets(.allow)
      ).with { $0.agent = AgentRequirement() }),
    OCICase(
      "notify-wait-killable", "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV is passed with a listener",
      [.flags, .applied],
      notifying(
        #", "listenerPath": "{listener}", "flags": ["SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV"]"#),
      asking(AgentRequirement()).with {
        $0.flags = FlagRequirement(set: Flag.newListener | Flag.waitKillable)
      }),
    OCICase(
      "notify-no-socket", "a listenerPath at which nothing listens is refused", [.sendingFails],
      notifying(#", "listenerPath": "/nonexistent/crosscheck.sock""#), .refuse),
    OCICase(
      "listener-without-notify", "listenerPath is ignored where no action is SCMP_ACT_NOTIFY",
      [.listenerIgnored],
      SeccompText.allowing(
        SeccompText.entry(["mkdir"], errno: "99"), rest: #", "listenerPath": "/nonexistent/crosscheck.sock""#),
      .verdicts(SuiteCall.native("mkdir").gets(.errno(99)), SuiteCall.native("rmdir").gets(.allow))),
    OCICase(
      "listener-metadata-alone", "listenerMetadata without listenerPath is refused",
      [.metadataAlone, .validValues],
      SeccompText.allowing(SeccompText.entry(["mkdir"], errno: "99"), rest: #", "listenerMetadata": "a=b""#),
      .refuse),
    OCICase(
      "listener-path-number", "a number for listenerPath is refused", [.validValues],
      SeccompText.allowing(SeccompText.entry(["mkdir"], errno: "99"), rest: #", "listenerPath": 5"#), .refuse),
  ]

  private static func notifying(_ rest: String) -> Text {
    SeccompText.allowing(SeccompText.entry(["mkdir"], "SCMP_ACT_NOTIFY"), rest: rest)
  }

  private static func asking(_ agent: AgentRequirement) -> Requirement {
    Requirement.verdictsOrRefusal(
      SuiteCall.native("mkdir").gets(.notify), SuiteCall.native("rmdir").gets(.allow)
    ).with { $0.agent = agent }
  }
}
