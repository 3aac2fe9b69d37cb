import Campaign
import SeccompModel

/// What could not be done, or only in another way, with the reason and how often: a check that did not run is no pass.
struct LimitsText {
  let tally: Tally
  let environment: RunEnvironment
  /// Whether the caller chose the fallback; the probe's errno then means nothing.
  var isFallbackAsked: Bool
  var skipped: [String] = []

  var sentences: [String] {
    var sentences: [String] = []
    if !environment.suspendsSeccomp {
      let cause =
        isFallbackAsked
        ? "asked for by --fallback"
        : "the kernel answered \(errnoName(Int(environment.suspendErrno)) ?? "errno \(environment.suspendErrno)"); "
          + "it wants CAP_SYS_ADMIN and CONFIG_CHECKPOINT_RESTORE"
      sentences.append(
        "Fallback: the filters are installed again for every killed call, without PTRACE_O_SUSPEND_SECCOMP "
          + "(\(cause)). Results are the same, kills are slower.")
    }
    let counted: [(Int, String, String)] = [
      (
        tally.unpredictable, "call",
        "not judged: the kernel's answer is not predictable (TRAP on restart codes)"
      ),
      (
        tally.exempt, "call",
        "of a number that the kernel exempts from filters, judged by what it does by hand"
      ),
      (tally.untaggable, "filter", "with more returns than errnos: compared by real verdicts only"),
      (tally.rejectedPrograms, "program", "of libseccomp that the kernel's checker refuses: not comparable"),
      (
        tally.compilerSlow, "profile",
        "of more than 500 rules given up: libseccomp was still at the program when the deadline passed"
      ),
      (
        tally.stacksSkipped, "stack",
        "not installed: an older filter \(tally.filters == nil ? "denies" : "may deny") seccomp(2), and the fallback needs it"
      ),
      (tally.libraryFailures, "profile", "for which another libseccomp gave no filter: not compared"),
    ]
    for (count, noun, reason) in counted where count > 0 {
      sentences.append("\(Numbers.counted(count, noun)) \(reason).")
    }
    return sentences + skipped
  }

  func write(to page: inout TextPage) {
    let sentences = sentences
    guard !sentences.isEmpty else { return }
    page.heading("Limits")
    for sentence in sentences { page.paragraph("- " + sentence, hanging: 2) }
  }
}
