import SeccompModel

extension RuntimeDialect {
  /// What the runtime makes of the text of `linux.seccomp`, which it finds in its config.json.
  ///
  /// The text is read as the runtime reads it: with repeated keys, unknown fields and wrong types where the runtime
  /// lets them pass, and without resolving anything that only Docker or Podman resolve.
  ///
  /// - Parameters:
  ///   - text: any JSON value; not larger than ``ProfileReader/sizeLimit`` and nested at most 128 deep.
  ///   - source: the name that an error gives the text.
  ///   - isKnown: whether the libseccomp that the runtime uses resolves a name (seccomp_syscall_resolve_name(3)).
  /// - Throws: when the text is no JSON.
  public func read(
    _ text: [UInt8], source: String, isKnown: (String) -> Bool
  ) throws(ProfileError) -> RuntimeReading {
    let root = try text.withUnsafeBufferPointer { bytes in
      Result { () throws(ProfileError) in
        do throws(JSONError) {
          return Value(node: try JSONParser.parse(bytes, isLenient: true), path: .root)
        } catch {
          throw ProfileError(
            source: source, path: error.path.description,
            position: LineIndex(bytes).position(of: error.offset), expected: error.expected,
            found: error.found)
        }
      }
    }.get()
    do throws(RuntimeReading.Refusal) {
      switch family {
      case .runc:
        var decoder = GoDecoder(self)
        let seccomp = try decoder.decode(root)
        var translator = RuncTranslator(decoder.list, known: KnownNames(of: seccomp, isKnown))
        return try translator.read(seccomp)
      case .crun:
        var decoder = CrunDecoder(self)
        let seccomp = try decoder.decode(root)
        var translator = CrunTranslator(decoder.list, known: KnownNames(of: seccomp, isKnown))
        return try translator.read(seccomp)
      }
    } catch {
      return .refused(error)
    }
  }

  /// Whether the runtime fails to start when libseccomp answers a rule with `errno` (17 for EEXIST, say; 0 for
  /// success). Both runtimes give up at any error: what would be refused as equal to the default action they leave
  /// out beforehand.
  ///
  /// Rules are added by seccomp_rule_add_array(3), not by its exact sibling: a rule that an architecture cannot
  /// have is left out there, and multiplexed calls are rewritten.
  public func refuses(errno: Int32) -> Bool { errno != 0 }

  /// Why the runtime does not start when libseccomp answers `rule`, a rule of its translation, with `errno`.
  public func refusal(of rule: Rule, errno: Int32) -> RuntimeReading.Refusal {
    let path = JSONPath([.key("syscalls"), .index(rule.entry), .key("names"), .index(rule.position)])
    let list = ClauseList(self)
    let name = errnoName(Int(errno)) ?? "error \(errno)"
    let reason =
      errno == 17 ? "an earlier rule has the same condition and another action" : "libseccomp refuses it"
    let message =
      switch family {
      case .runc:
        switch errno {
        case 1, 13: "requested action matches default action of filter"
        case 14: "unrecognized syscall"
        case 17: "file exists"
        case 22: "two checks on same syscall argument"
        default: "error adding seccomp"
        }
      case .crun:
        rule.conditions.isEmpty ? "seccomp_rule_add `\(rule.name)`" : "seccomp_rule_add_array"
      }
    return list.refusal(
      .ruleRefused, at: path,
      "\(list.who) does not start with the rule for \(rule.name): \(reason) (\(name))",
      message: message)
  }
}

extension RuntimeDialect {
  /// `BPF_MAXINSNS` of linux/bpf_common.h.
  static let longestProgram = 4096

  /// Why the runtime does not start with a program of so many instructions, its prologue included; nil when the
  /// kernel takes it.
  public func refusal(ofProgram instructions: Int) -> RuntimeReading.Refusal? {
    guard instructions > Self.longestProgram else { return nil }
    let list = ClauseList(self)
    return list.refusal(
      .programRefused, at: .root,
      "\(list.who) does not start with a program of \(instructions) instructions: the kernel takes "
        + "\(Self.longestProgram) (EINVAL)",
      message: family == .runc ? "error loading seccomp filter" : "seccomp (SECCOMP_SET_MODE_FILTER)")
  }
}

/// The names of a profile that libseccomp knows, as it sees them.
struct KnownNames {
  private var names: Set<String> = []

  init(of seccomp: WrittenSeccomp?, _ isKnown: (String) -> Bool) {
    let all = Set((seccomp?.syscalls ?? []).flatMap(\.names).map(\.text.cutAtNUL))
    names = all.filter { Self.isASCII($0) && isKnown($0) }
  }

  func contains(_ name: String) -> Bool { Self.isASCII(name) && names.contains(name) }

  /// Equality of strings is canonical equivalence, which only ASCII is safe from.
  private static func isASCII(_ name: String) -> Bool { name.utf8.allSatisfy { $0 < 0x80 } }
}
