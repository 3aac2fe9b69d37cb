import Prediction

/// A wrong rule of the kernel, planted in the model.
struct PlantedFault: Sendable {
  var name: String
  var plant: @Sendable (inout KernelRules) -> Void

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

  /// One for each field of the rules, but those of ``silentFields``.
  static let ofFields: [PlantedFault] = RuleFault.all.filter { silentFields[$0.field] == nil }.map {
    PlantedFault($0.field, $0.plant)
  }

  /// Why no scenario can notice a fault in a field.
  static let silentFields: [String: String] = [
    "killProcessAction": "an unknown action does the same",
    "x32Bit": "only a kernel with x32 calls would tell",
    "exemptOnlyNatively": "the model does not follow the calls that 335 and 336 are elsewhere",
    "absentEntrySignal": "the assumed kernel has every entry",
    "logFlag": "it shows in words and records, of which the model says nothing",
    "notificationSizes": "it shows in a word that a call writes",
    "repeatedReplyErrno": "either of two is right",
    "getFilterModeErrno": "the model does not follow the stop that this takes",
    "metadataSize": "the model follows one size only",
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
