import Prediction

/// A wrong rule of the kernel, planted in the model.
struct PlantedFault: Sendable {
  var name: String
  private var plant: @Sendable (inout KernelRules) -> Void

  init(_ name: String, _ plant: @escaping @Sendable (inout KernelRules) -> Void) {
    self.name = name
    self.plant = plant
  }

  /// The kernel's rules with the fault.
  var rules: KernelRules {
    var rules = KernelRules.linux
    plant(&rules)
    return rules
  }

  /// One for each field of the rules by which a fault can show on a kernel with everything but x32. Not here:
  /// KILL_PROCESS's value, as an unknown action does the same; what only other kernels have; words that a call writes.
  static let ofFields: [PlantedFault] = [
    PlantedFault("comparesSigned = false") { $0.comparesSigned = false },
    PlantedFault("actionMask = 0x7fff_0000") { $0.actionMask = 0x7fff_0000 },
    PlantedFault("dataMask = 0xff") { $0.dataMask = 0xff },
    PlantedFault("tieGoesToNewest = false") { $0.tieGoesToNewest = false },
    PlantedFault("asksAllFilters = false") { $0.asksAllFilters = false },
    PlantedFault("killThreadAction = 0x00020000") { $0.killThreadAction = 0x00020000 },
    PlantedFault("trapAction = 0x00010000") { $0.trapAction = 0x00010000 },
    PlantedFault("errnoAction = 0x00070000") { $0.errnoAction = 0x00070000 },
    PlantedFault("notifyAction = 0x7fc20000") { $0.notifyAction = 0x7fc20000 },
    PlantedFault("traceAction = 0x7ff20000") { $0.traceAction = 0x7ff20000 },
    PlantedFault("logAction = 0x7ffe0000") { $0.logAction = 0x7ffe0000 },
    PlantedFault("allowAction = 0x7ffd0000") { $0.allowAction = 0x7ffd0000 },
    PlantedFault("unknownActionKills = false") { $0.unknownActionKills = false },
    PlantedFault("unknownActionKillsProcess = false") { $0.unknownActionKillsProcess = false },
    PlantedFault("killThreadSparesOthers = false") { $0.killThreadSparesOthers = false },
    PlantedFault("lastKilledThreadEndsProcess = false") { $0.lastKilledThreadEndsProcess = false },
    PlantedFault("killSignal = 35") { $0.killSignal = 35 },
    PlantedFault("errnoCap = 4094") { $0.errnoCap = 4094 },
    PlantedFault("errnoZeroSkips = false") { $0.errnoZeroSkips = false },
    PlantedFault("nobodyErrno = 39") { $0.nobodyErrno = 39 },
    PlantedFault("trapErrnoMask = 0xfff") { $0.trapErrnoMask = 0xfff },
    PlantedFault("trapCode = 2") { $0.trapCode = 2 },
    PlantedFault("trapRollsBack = false") { $0.trapRollsBack = false },
    PlantedFault("trapKeepsUpperNumber = false") { $0.trapKeepsUpperNumber = false },
    PlantedFault("trapKillsWhenBlocked = false") { $0.trapKillsWhenBlocked = false },
    PlantedFault("trapKillsWhenIgnored = false") { $0.trapKillsWhenIgnored = false },
    PlantedFault("handlerBlocksItsSignal = false") { $0.handlerBlocksItsSignal = false },
    PlantedFault("filtersSeeSignalReturn = false") { $0.filtersSeeSignalReturn = false },
    PlantedFault("numberMask = 0xffff_ffff_ffff_ffff") { $0.numberMask = 0xffff_ffff_ffff_ffff },
    PlantedFault("nativeToken = 0x4000_0028") { $0.nativeToken = 0x4000_0028 },
    PlantedFault("compatToken = 0x4000_0028") { $0.compatToken = 0x4000_0028 },
    PlantedFault("compatFiltersSeeFullArguments = false") { $0.compatFiltersSeeFullArguments = false },
    PlantedFault("compatCallsTakeLowHalves = false") { $0.compatCallsTakeLowHalves = false },
    PlantedFault("noCallErrno = 39") { $0.noCallErrno = 39 },
    PlantedFault("filtersSeeInvalidNumbers = false") { $0.filtersSeeInvalidNumbers = false },
    PlantedFault("uretprobeNumber = 345") { $0.uretprobeNumber = 345 },
    PlantedFault("uprobeNumber = 346") { $0.uprobeNumber = 346 },
    PlantedFault("exemptInStrictMode = false") { $0.exemptInStrictMode = false },
    PlantedFault("uretprobeSignal = 8") { $0.uretprobeSignal = 8 },
    PlantedFault("uprobeErrnos = [38]") { $0.uprobeErrnos = [38] },
    PlantedFault("vsyscallNumbers = [96, 309, 201]") { $0.vsyscallNumbers = [96, 309, 201] },
    PlantedFault("vsyscallAddress = 0xffff_ffff_ff70_0000") { $0.vsyscallAddress = 0xffff_ffff_ff70_0000 },
    PlantedFault("vsyscallStride = 0x200") { $0.vsyscallStride = 0x200 },
    PlantedFault("vsyscallsAreFiltered = false") { $0.vsyscallsAreFiltered = false },
    PlantedFault("knownFlags = 0x1f") { $0.knownFlags = 0x1f },
    PlantedFault("tsyncFlag = 0x10") { $0.tsyncFlag = 0x10 },
    PlantedFault("newListenerFlag = 0x80") { $0.newListenerFlag = 0x80 },
    PlantedFault("tsyncErrnoFlag = 0x2") { $0.tsyncErrnoFlag = 0x2 },
    PlantedFault("waitKillableFlag = 0x4") { $0.waitKillableFlag = 0x4 },
    PlantedFault("operationMask = .max") { $0.operationMask = .max },
    PlantedFault("prctlModeMask = 0xffff_ffff") { $0.prctlModeMask = 0xffff_ffff },
    PlantedFault("noNewPrivilegesSuffices = false") { $0.noNewPrivilegesSuffices = false },
    PlantedFault("capabilitySuffices = false") { $0.capabilitySuffices = false },
    PlantedFault("userNamespaceGivesCapability = false") { $0.userNamespaceGivesCapability = false },
    PlantedFault("longestProgram = 4095") { $0.longestProgram = 4095 },
    PlantedFault("longestChain = 32767") { $0.longestChain = 32767 },
    PlantedFault("filterOverhead = 5") { $0.filterOverhead = 5 },
    PlantedFault("prologueLength = 4") { $0.prologueLength = 4 },
    PlantedFault("returnLength = 3") { $0.returnLength = 3 },
    PlantedFault("divideLength = 6") { $0.divideLength = 6 },
    PlantedFault("wideConstantLength = 2") { $0.wideConstantLength = 2 },
    PlantedFault("twoWayJumpLength = 3") { $0.twoWayJumpLength = 3 },
    PlantedFault("unknownOperationErrno = 23") { $0.unknownOperationErrno = 23 },
    PlantedFault("strictOperation = 5") { $0.strictOperation = 5 },
    PlantedFault("filterOperation = 6") { $0.filterOperation = 6 },
    PlantedFault("availabilityOperation = 7") { $0.availabilityOperation = 7 },
    PlantedFault("sizesOperation = 8") { $0.sizesOperation = 8 },
    PlantedFault("strictMode = 5") { $0.strictMode = 5 },
    PlantedFault("filterMode = 6") { $0.filterMode = 6 },
    PlantedFault("listenerForbidsAnother = false") { $0.listenerForbidsAnother = false },
    PlantedFault("closedListenerFreesChain = false") { $0.closedListenerFreesChain = false },
    PlantedFault("tsyncCopiesFilters = false") { $0.tsyncCopiesFilters = false },
    PlantedFault("tsyncCopiesNoNewPrivileges = false") { $0.tsyncCopiesNoNewPrivileges = false },
    PlantedFault("tsyncRefusesDivergent = false") { $0.tsyncRefusesDivergent = false },
    PlantedFault("tsyncAcceptsAncestors = false") { $0.tsyncAcceptsAncestors = false },
    PlantedFault("tsyncRefusesStrict = false") { $0.tsyncRefusesStrict = false },
    PlantedFault("tsyncTellsThread = false") { $0.tsyncTellsThread = false },
    PlantedFault(
      "availableActions = [0x8000_0000, 0, 0x0003_0000, 0x0005_0000, 0x7ff0_0000, 0x7ffc_0000, 0x7fff_0000]"
    ) {
      $0.availableActions = [0x8000_0000, 0, 0x0003_0000, 0x0005_0000, 0x7ff0_0000, 0x7ffc_0000, 0x7fff_0000]
    },
    PlantedFault("availabilityMask = 0xffff_0000") { $0.availabilityMask = 0xffff_0000 },
    PlantedFault("unavailableErrno = 96") { $0.unavailableErrno = 96 },
    PlantedFault("operationsTakeNoFlags = false") { $0.operationsTakeNoFlags = false },
    PlantedFault("notificationSizes = [8, 24, 64]") { $0.notificationSizes = [8, 24, 64] },
    PlantedFault("faultErrno = 15") { $0.faultErrno = 15 },
    PlantedFault("noNewPrivilegesArgumentsMatter = false") { $0.noNewPrivilegesArgumentsMatter = false },
    PlantedFault("prctlErrno = 23") { $0.prctlErrno = 23 },
    PlantedFault("strictNativeNumbers = [0, 1, 60]") { $0.strictNativeNumbers = [0, 1, 60] },
    PlantedFault("strictCompatNumbers = [3, 4, 1, 173]") { $0.strictCompatNumbers = [3, 4, 1, 173] },
    PlantedFault("strictListGoesByEntry = false") { $0.strictListGoesByEntry = false },
    PlantedFault("strictSignal = 13") { $0.strictSignal = 13 },
    PlantedFault("strictSparesOthers = false") { $0.strictSparesOthers = false },
    PlantedFault("strictForbidsTimestampCounter = false") { $0.strictForbidsTimestampCounter = false },
    PlantedFault("timestampCounterSignal = 15") { $0.timestampCounterSignal = 15 },
    PlantedFault("strictTakesNoArguments = false") { $0.strictTakesNoArguments = false },
    PlantedFault("filterForbidsStrict = false") { $0.filterForbidsStrict = false },
    PlantedFault("processesInheritFilters = false") { $0.processesInheritFilters = false },
    PlantedFault("threadsInheritFilters = false") { $0.threadsInheritFilters = false },
    PlantedFault("childrenInheritNoNewPrivileges = false") { $0.childrenInheritNoNewPrivileges = false },
    PlantedFault("filtersSurviveExec = false") { $0.filtersSurviveExec = false },
    PlantedFault("noNewPrivilegesSurviveExec = false") { $0.noNewPrivilegesSurviveExec = false },
    PlantedFault("handlersSurviveExec = true") { $0.handlersSurviveExec = true },
    PlantedFault("execClosesListener = false") { $0.execClosesListener = false },
    PlantedFault("replyErrorWins = false") { $0.replyErrorWins = false },
    PlantedFault("replyErrorCap = 4095") { $0.replyErrorCap = 4095 },
    PlantedFault("knownReplyFlags = 3") { $0.knownReplyFlags = 3 },
    PlantedFault("continueWantsZeroes = false") { $0.continueWantsZeroes = false },
    PlantedFault("continueRuns = false") { $0.continueRuns = false },
    PlantedFault("replyErrno = 23") { $0.replyErrno = 23 },
    PlantedFault("unknownNotificationErrno = 3") { $0.unknownNotificationErrno = 3 },
    PlantedFault("receiveWantsZeroes = false") { $0.receiveWantsZeroes = false },
    PlantedFault("unusedListenerAnswers = false") { $0.unusedListenerAnswers = false },
    PlantedFault("signalsEndWait = false") { $0.signalsEndWait = false },
    PlantedFault("waitKillableDefersSignals = false") { $0.waitKillableDefersSignals = false },
    PlantedFault("interruptedErrno = 5") { $0.interruptedErrno = 5 },
    PlantedFault("traceAsksAgain = false") { $0.traceAsksAgain = false },
    PlantedFault("traceAgainAllows = false") { $0.traceAgainAllows = false },
    PlantedFault("traceSkipsNegative = false") { $0.traceSkipsNegative = false },
    PlantedFault("filtersCountFromOldest = false") { $0.filtersCountFromOldest = false },
    PlantedFault("getFilterDeniedErrno = 14") { $0.getFilterDeniedErrno = 14 },
    PlantedFault("getFilterRefusesFiltered = false") { $0.getFilterRefusesFiltered = false },
    PlantedFault("getFilterEndErrno = 3") { $0.getFilterEndErrno = 3 },
    PlantedFault("suspensionWantsPrivilege = false") { $0.suspensionWantsPrivilege = false },
    PlantedFault("suspensionErrno = 2") { $0.suspensionErrno = 2 },
    PlantedFault("suspensionSuspends = false") { $0.suspensionSuspends = false },
  ]

  /// A check of an installation left out.
  static let ofMissingChecks: [PlantedFault] = InstallCheck.linuxOrder.compactMap { check in
    // Strict mode never comes to the check; without the two reads there is nothing that the later checks could look at.
    guard ![.mode, .program, .instructions].contains(check.subject) else { return nil }
    return PlantedFault("installChecks without \(check.subject)") { rules in
      rules.installChecks.removeAll { $0.subject == check.subject }
    }
  }

  /// A check of an installation before the one that should come first, where that shows: those of flags all answer
  /// EINVAL, and the checks of a program need the program.
  static let ofCheckOrder: [PlantedFault] = InstallCheck.linuxOrder.indices.dropFirst().compactMap { index in
    let (first, second) = (InstallCheck.linuxOrder[index - 1].subject, InstallCheck.linuxOrder[index].subject)
    let isSilent: [InstallCheck.Subject] = [
      .tsyncListener, .waitKillable, .length, .validity, .mode, .listener,
    ]
    guard !isSilent.contains(second) else { return nil }
    return PlantedFault("installChecks with \(second) before \(first)") {
      $0.installChecks.swapAt(index - 1, index)
    }
  }

  static let all = ofFields + ofMissingChecks + ofCheckOrder
}
