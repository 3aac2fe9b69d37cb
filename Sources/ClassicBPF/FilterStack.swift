package import SeccompModel

extension [Filter] {
  /// What the kernel takes of a stack's verdicts, the oldest filter's first: the strictest, the newest's among equals, and
  /// ALLOW where there is none (kernel/seccomp.c, `seccomp_run_filters`; Linux 4.14).
  package func verdict(for data: SeccompData) -> Verdict {
    reversed().reduce(Action.allow.verdict) { best, filter in
      let verdict = filter.evaluate(data)
      return verdict.outranks(best) ? verdict : best
    }
  }
}
