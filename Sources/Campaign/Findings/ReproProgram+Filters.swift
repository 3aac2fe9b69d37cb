import ClassicBPF
import Profiles
import SeccompModel

extension ReproProgram {
  /// One C function for each profile that gives the library the same rules in the same order.
  var libraryBuilders: String {
    let profiles = savedCase.profiles
    let hasRules = profiles.contains { !$0.rules.isEmpty }
    return
      ([Self.libraryHelpers, hasRules ? Self.ruleHelper : ""]
      + profiles.enumerated().map { builder($1, $0) }).filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private func builder(_ profile: Profile, _ index: Int) -> String {
    let attributes = savedCase.attributes
    var lines = ["\tscmp_filter_ctx ctx = seccomp_init(\(Self.macro(profile.defaultAction)));", ""]
    lines.append("\tif (!ctx) {\n\t\tputs(\"seccomp_init failed\");\n\t\texit(2);\n\t}")
    if !profile.effectiveArchitectures.contains(.x86_64) {
      lines.append(Self.said("seccomp_arch_remove(ctx, SCMP_ARCH_NATIVE)"))
    }
    for architecture in profile.architectures where architecture != .x86_64 {
      // By number: the header may be too old for the name.
      let call = "seccomp_arch_add(ctx, \(hex(architecture.libseccompToken)))"
      lines.append("\tprintf(\"\(architecture.rawValue): %d\\n\", \(call));")
    }
    if let action = attributes.badArchitectureAction {
      lines.append(Self.said("seccomp_attr_set(ctx, SCMP_FLTATR_ACT_BADARCH, \(Self.macro(action)))"))
    }
    if let level = attributes.optimizeLevel {
      lines.append(Self.said("seccomp_attr_set(ctx, SCMP_FLTATR_CTL_OPTIMIZE, \(level))"))
    }
    for (number, rule) in profile.rules.enumerated() {
      let head =
        "\tadd(ctx, \(number + 1), \(Self.macro(rule.action)), \(cString(rule.name)), \(rule.conditions.count), "
      guard !rule.conditions.isEmpty else {
        lines.append(head + "NULL);")
        continue
      }
      let comparisons = rule.conditions.map {
        "\t\t{\($0.index), \($0.comparison.word), \(hex($0.value)), \(hex($0.valueTwo))},"
      }
      lines.append(head + "(struct scmp_arg_cmp[]){\n" + comparisons.joined(separator: "\n") + "\n\t});")
    }
    lines.append("\texport_filter(ctx, program);")
    return "static void build_\(index)(struct sock_fprog *program)\n{\n" + lines.joined(separator: "\n")
      + "\n}"
  }

  private static func said(_ call: String) -> String { "\tprintf(\"%s: %d\\n\", \(cString(call)), \(call));" }

  /// The macro of seccomp.h.
  static func macro(_ action: Action) -> String {
    switch action {
    case .errno(let data): "SCMP_ACT_ERRNO(\(data))"
    case .trace(let data): "SCMP_ACT_TRACE(\(data))"
    case .trap(let data) where data != 0: "(SCMP_ACT_TRAP | \(data))"
    case .trap: "SCMP_ACT_TRAP"
    case .killThread: "SCMP_ACT_KILL_THREAD"
    case .killProcess: "SCMP_ACT_KILL_PROCESS"
    case .notify: "SCMP_ACT_NOTIFY"
    case .log: "SCMP_ACT_LOG"
    case .allow: "SCMP_ACT_ALLOW"
    case .unknown(let raw): hex(raw)
    }
  }

  private static let libraryHelpers = """
    static void export_filter(scmp_filter_ctx ctx, struct sock_fprog *program)
    {
    	size_t room = BPF_MAXINSNS * sizeof(struct sock_filter);
    	int file = memfd_create("filter", 0);
    	int rc = seccomp_export_bpf(ctx, file);
    	ssize_t size;

    	program->filter = malloc(room);
    	size = rc || !program->filter ? -1 : pread(file, program->filter, room, 0);
    	if (size < 0) {
    		printf("seccomp_export_bpf: %d\\n", rc);
    		exit(2);
    	}
    	program->len = size / sizeof(struct sock_filter);
    	close(file);
    	seccomp_release(ctx);
    }
    """

  private static let ruleHelper = """
    /* What seccomp_rule_add_array returned for each rule; 1 while it has not come back. */
    static int *returned;

    static void add(scmp_filter_ctx ctx, unsigned rule, uint32_t action, const char *name,
    		unsigned count, const struct scmp_arg_cmp *comparisons)
    {
    	int number = seccomp_syscall_resolve_name(name);

    	if (number == __NR_SCMP_ERROR) {
    		printf("rule %u: this libseccomp does not know %s\\n", rule, name);
    		return;
    	}
    	printf("rule %u, %s, %u comparisons: ", rule, name, count);
    	returned[rule] = 1;
    	returned[rule] = seccomp_rule_add_array(ctx, action, number, count, comparisons);
    	printf("%d\\n", returned[rule]);
    }
    """

  /// The programs themselves.
  var rawFilters: String {
    savedCase.filters.enumerated().map { index, filter in
      let lines = filter.instructions.map {
        "\t{0x\(padded($0.code)), \($0.jumpTrue), \($0.jumpFalse), 0x\(padded($0.k))},"
      }
      return """
        static struct sock_filter filter_\(index)[] = {
        \(lines.joined(separator: "\n"))
        };

        static void build_\(index)(struct sock_fprog *program)
        {
        	program->filter = filter_\(index);
        	program->len = \(filter.count);
        }
        """
    }.joined(separator: "\n\n")
  }

  /// The statements that fill `programs`.
  var buildAll: String {
    (0..<filterCount).map { "\tbuild_\($0)(&programs[\($0)]);" }.joined(separator: "\n")
  }

  /// Shared with the child, so that the parent can tell what came back.
  var shareReturns: String {
    guard usesLibrary, savedCase.profiles.contains(where: { !$0.rules.isEmpty }) else { return "" }
    let most = (savedCase.profiles.map(\.rules.count).max() ?? 0) + 1
    return """

      	returned = mmap(NULL, \(most) * sizeof(*returned), PROT_READ | PROT_WRITE,
      			MAP_SHARED | MAP_ANONYMOUS, -1, 0);
      	if (returned == MAP_FAILED)
      		return 2;
      """
  }
}
