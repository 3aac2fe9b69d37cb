/// A fault in one field of ``KernelRules``: planted by tests, which see whether histories or scenarios notice.
package struct RuleFault: Sendable, CustomStringConvertible {
  /// The field.
  package let field: String
  package let plant: @Sendable (inout KernelRules) -> Void

  package var description: String { field }

  private init(_ field: String, _ plant: @escaping @Sendable (inout KernelRules) -> Void) {
    self.field = field
    self.plant = plant
  }

  /// A choice made the other way round.
  private static func flip(_ field: String, _ path: any WritableKeyPath<KernelRules, Bool> & Sendable)
    -> RuleFault
  {
    RuleFault(field) { $0[keyPath: path].toggle() }
  }

  private static func set<Value>(
    _ field: String, _ path: any WritableKeyPath<KernelRules, Value> & Sendable, _ value: Value
  ) -> RuleFault where Value: Sendable {
    RuleFault(field) { $0[keyPath: path] = value }
  }

  /// One for each field.
  package static let all: [RuleFault] =
    verdicts + traps + entries + installation + threads + modes + supervision

  private static let verdicts: [RuleFault] = [
    flip("comparesSigned", \.comparesSigned),
    set("actionMask", \.actionMask, 0x7fff_0000),
    set("dataMask", \.dataMask, 0xff),
    flip("tieGoesToNewest", \.tieGoesToNewest),
    flip("asksAllFilters", \.asksAllFilters),
    set("killProcessAction", \.killProcessAction, 0x0005_0000),
    set("killThreadAction", \.killThreadAction, 0x0100_0000),
    set("trapAction", \.trapAction, 0x0002_0000),
    set("errnoAction", \.errnoAction, 0x0004_0000),
    set("notifyAction", \.notifyAction, 0x7fc1_0000),
    set("traceAction", \.traceAction, 0x7ff1_0000),
    set("logAction", \.logAction, 0x7ffd_0000),
    set("allowAction", \.allowAction, 0x7ffe_0000),
    flip("unknownActionKills", \.unknownActionKills),
    flip("unknownActionKillsProcess", \.unknownActionKillsProcess),
    flip("killThreadSparesOthers", \.killThreadSparesOthers),
    flip("lastKilledThreadEndsProcess", \.lastKilledThreadEndsProcess),
    set("killSignal", \.killSignal, 9),
    set("errnoCap", \.errnoCap, 4096),
    flip("errnoZeroSkips", \.errnoZeroSkips),
    set("nobodyErrno", \.nobodyErrno, 1),
  ]

  private static let traps: [RuleFault] = [
    set("trapErrnoMask", \.trapErrnoMask, 0xfff),
    set("trapCode", \.trapCode, 2),
    flip("trapRollsBack", \.trapRollsBack),
    flip("trapKeepsUpperNumber", \.trapKeepsUpperNumber),
    flip("trapKillsWhenBlocked", \.trapKillsWhenBlocked),
    flip("trapKillsWhenIgnored", \.trapKillsWhenIgnored),
    flip("handlerBlocksItsSignal", \.handlerBlocksItsSignal),
    flip("filtersSeeSignalReturn", \.filtersSeeSignalReturn),
  ]

  private static let entries: [RuleFault] = [
    set("numberMask", \.numberMask, 0xff),
    set("nativeToken", \.nativeToken, 0xc000_00b7),
    set("compatToken", \.compatToken, 0x4000_0028),
    flip("compatFiltersSeeFullArguments", \.compatFiltersSeeFullArguments),
    flip("compatCallsTakeLowHalves", \.compatCallsTakeLowHalves),
    set("noCallErrno", \.noCallErrno, 1),
    flip("filtersSeeInvalidNumbers", \.filtersSeeInvalidNumbers),
    set("x32Bit", \.x32Bit, 0),
    set("uretprobeNumber", \.uretprobeNumber, 39),
    set("uprobeNumber", \.uprobeNumber, 337),
    flip("exemptOnlyNatively", \.exemptOnlyNatively),
    flip("exemptInStrictMode", \.exemptInStrictMode),
    set("uretprobeSignal", \.uretprobeSignal, 11),
    set("uprobeErrnos", \.uprobeErrnos, [1]),
    set("vsyscallNumbers", \.vsyscallNumbers, [201, 96, 309]),
    set("vsyscallAddress", \.vsyscallAddress, 0xffff_ffff_ff60_0010),
    set("vsyscallStride", \.vsyscallStride, 0x800),
    flip("vsyscallsAreFiltered", \.vsyscallsAreFiltered),
    set("absentEntrySignal", \.absentEntrySignal, 4),
  ]

  private static let installation: [RuleFault] = [
    RuleFault("installChecks") { $0.installChecks.swapAt(4, 5) },
    set("knownFlags", \.knownFlags, 0x7f),
    set("tsyncFlag", \.tsyncFlag, 2),
    set("logFlag", \.logFlag, 4),
    set("newListenerFlag", \.newListenerFlag, 64),
    set("tsyncErrnoFlag", \.tsyncErrnoFlag, 32),
    set("waitKillableFlag", \.waitKillableFlag, 64),
    set("operationMask", \.operationMask, .max),
    set("prctlModeMask", \.prctlModeMask, 0xffff_ffff),
    flip("noNewPrivilegesSuffices", \.noNewPrivilegesSuffices),
    flip("capabilitySuffices", \.capabilitySuffices),
    flip("userNamespaceGivesCapability", \.userNamespaceGivesCapability),
    set("namespaceErrno", \.namespaceErrno, 22),
    set("longestProgram", \.longestProgram, 4095),
    set("longestChain", \.longestChain, 32767),
    set("filterOverhead", \.filterOverhead, 3),
    set("prologueLength", \.prologueLength, 2),
    set("returnLength", \.returnLength, 1),
    set("divideLength", \.divideLength, 4),
    set("wideConstantLength", \.wideConstantLength, 0),
    set("twoWayJumpLength", \.twoWayJumpLength, 1),
    set("unknownOperationErrno", \.unknownOperationErrno, 38),
    set("strictOperation", \.strictOperation, 4),
    set("filterOperation", \.filterOperation, 5),
    set("availabilityOperation", \.availabilityOperation, 6),
    set("sizesOperation", \.sizesOperation, 7),
    set("strictMode", \.strictMode, 3),
    set("filterMode", \.filterMode, 4),
    flip("listenerForbidsAnother", \.listenerForbidsAnother),
    flip("closedListenerFreesChain", \.closedListenerFreesChain),
  ]

  private static let threads: [RuleFault] = [
    flip("tsyncCopiesFilters", \.tsyncCopiesFilters),
    flip("tsyncCopiesNoNewPrivileges", \.tsyncCopiesNoNewPrivileges),
    flip("tsyncRefusesDivergent", \.tsyncRefusesDivergent),
    flip("tsyncAcceptsAncestors", \.tsyncAcceptsAncestors),
    flip("tsyncRefusesStrict", \.tsyncRefusesStrict),
    flip("tsyncTellsThread", \.tsyncTellsThread),
    flip("processesInheritFilters", \.processesInheritFilters),
    flip("threadsInheritFilters", \.threadsInheritFilters),
    flip("childrenInheritNoNewPrivileges", \.childrenInheritNoNewPrivileges),
    flip("filtersSurviveExec", \.filtersSurviveExec),
    flip("noNewPrivilegesSurviveExec", \.noNewPrivilegesSurviveExec),
    flip("handlersSurviveExec", \.handlersSurviveExec),
    flip("execClosesListener", \.execClosesListener),
  ]

  private static let modes: [RuleFault] = [
    RuleFault("availableActions") { $0.availableActions.removeAll { $0 == 0 } },
    set("availabilityMask", \.availabilityMask, 0xffff_0000),
    set("unavailableErrno", \.unavailableErrno, 22),
    flip("operationsTakeNoFlags", \.operationsTakeNoFlags),
    set("notificationSizes", \.notificationSizes, [64, 24, 64]),
    set("faultErrno", \.faultErrno, 22),
    flip("noNewPrivilegesArgumentsMatter", \.noNewPrivilegesArgumentsMatter),
    set("prctlErrno", \.prctlErrno, 1),
    set("strictNativeNumbers", \.strictNativeNumbers, [0, 1, 15, 60, 231]),
    set("strictCompatNumbers", \.strictCompatNumbers, [3, 4, 1, 119, 20]),
    flip("strictListGoesByEntry", \.strictListGoesByEntry),
    set("strictSignal", \.strictSignal, 31),
    flip("strictSparesOthers", \.strictSparesOthers),
    flip("strictForbidsTimestampCounter", \.strictForbidsTimestampCounter),
    set("timestampCounterSignal", \.timestampCounterSignal, 4),
    flip("strictTakesNoArguments", \.strictTakesNoArguments),
    flip("filterForbidsStrict", \.filterForbidsStrict),
  ]

  private static let supervision: [RuleFault] = [
    flip("replyErrorWins", \.replyErrorWins),
    set("replyErrorCap", \.replyErrorCap, 4095),
    set("knownReplyFlags", \.knownReplyFlags, 3),
    flip("continueWantsZeroes", \.continueWantsZeroes),
    flip("continueRuns", \.continueRuns),
    set("replyErrno", \.replyErrno, 1),
    set("unknownNotificationErrno", \.unknownNotificationErrno, 3),
    set("repeatedReplyErrno", \.repeatedReplyErrno, 2),
    flip("receiveWantsZeroes", \.receiveWantsZeroes),
    flip("unusedListenerAnswers", \.unusedListenerAnswers),
    flip("signalsEndWait", \.signalsEndWait),
    flip("waitKillableDefersSignals", \.waitKillableDefersSignals),
    set("interruptedErrno", \.interruptedErrno, 512),
    flip("traceAsksAgain", \.traceAsksAgain),
    flip("traceAgainAllows", \.traceAgainAllows),
    flip("traceSkipsNegative", \.traceSkipsNegative),
    flip("filtersCountFromOldest", \.filtersCountFromOldest),
    set("getFilterDeniedErrno", \.getFilterDeniedErrno, 1),
    flip("getFilterRefusesFiltered", \.getFilterRefusesFiltered),
    set("getFilterModeErrno", \.getFilterModeErrno, 2),
    set("getFilterEndErrno", \.getFilterEndErrno, 22),
    set("metadataSize", \.metadataSize, 8),
    flip("suspensionWantsPrivilege", \.suspensionWantsPrivilege),
    set("suspensionErrno", \.suspensionErrno, 13),
    flip("suspensionSuspends", \.suspensionSuspends),
  ]
}
