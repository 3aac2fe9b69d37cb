extension RuntimeDialect {
  /// Where the fact behind a clause comes from.
  func source(of kind: RuntimeClause.Kind) -> String {
    let place = family == .runc ? Self.runcPlace(of: kind) : Self.crunPlace(of: kind)
    return "\(name), \(place)" + (isMeasured ? "; measured" : "; not measured")
  }

  private static func runcPlace(of kind: RuntimeClause.Kind) -> String {
    switch kind {
    case .unknownField, .singularName, .letterCase, .repeatedKey, .leftoverValue, .wrongType,
      .wrongTypeRefused,
      .negativeNumber, .numberRefused, .missingField, .missingFieldRefused:
      "spec.go, loadSpec, by Go's encoding/json"
    case .nulInString: "libseccomp-golang, seccomp.go, GetSyscallFromName"
    case .noProfile, .flagsRefused, .entryWithoutNames: "libcontainer/specconv/spec_linux.go, SetupSeccomp"
    case .unknownFlagRefused, .threadSyncIgnored: "libcontainer/seccomp/seccomp_linux.go, setFlag"
    case .defaultFlags: "libcontainer/specconv/spec_linux.go, SetupSeccomp"
    case .flagsDropped, .flagsConflictRefused, .programRefused:
      "libcontainer/seccomp/patchbpf/enosys_linux.go, PatchAndLoad"
    case .unknownArchitectureRefused, .architectureSpelling:
      "libcontainer/seccomp/config.go, ConvertStringToArch"
    case .unknownActionRefused: "libcontainer/seccomp/config.go, ConvertStringToAction"
    case .unknownOperatorRefused: "libcontainer/seccomp/config.go, ConvertStringToOperator"
    case .bigEndianRefused, .nativeArchitecture: "libcontainer/seccomp/seccomp_linux.go, InitSeccomp"
    case .errnoIgnored, .errnoStrictness, .errnoWraps, .errnoTooLarge, .errnoDefault:
      "libcontainer/seccomp/seccomp_linux.go, getAction"
    case .emptyNameRefused, .unknownName, .equalToDefault, .alternatives, .ruleRefused, .argumentsCut:
      "libcontainer/seccomp/seccomp_linux.go, matchCall"
    case .argumentIndexRefused: "libseccomp-golang, seccomp.go, MakeCondition"
    case .enosysPrologue, .prologueHidesRules:
      "libcontainer/seccomp/patchbpf/enosys_linux.go, findLastSyscalls and generateEnosysStub"
    case .notifyDefaultRefused, .notifyWriteRefused: "libcontainer/seccomp/seccomp_linux.go, InitSeccomp"
    case .listenerPathRefused, .notifyWithoutListener, .listenerWithoutNotify, .listenerIgnored:
      "libcontainer/process_linux.go and libcontainer/seccomp/patchbpf/enosys_linux.go, filterFlags"
    }
  }

  private static func crunPlace(of kind: RuntimeClause.Kind) -> String {
    switch kind {
    case .unknownField, .singularName, .letterCase, .repeatedKey, .leftoverValue, .wrongType,
      .wrongTypeRefused,
      .missingField, .missingFieldRefused:
      "libocispec, src/ocispec/sources.py, by yajl_tree_get"
    case .negativeNumber, .numberRefused: "libocispec, src/ocispec/json_common.c, common_safe_uint64"
    case .nulInString: "libocispec and src/libcrun/seccomp.c, which take C strings"
    case .noProfile: "src/libcrun/container.c, libcrun_container_run_internal"
    case .flagsRefused, .unknownFlagRefused, .defaultFlags, .flagsDropped, .flagsConflictRefused,
      .threadSyncIgnored, .programRefused:
      "src/libcrun/seccomp.c, libcrun_apply_seccomp"
    case .listenerPathRefused, .notifyWithoutListener, .listenerWithoutNotify, .listenerIgnored:
      "src/libcrun/container.c, get_seccomp_receiver_fd"
    case .unknownArchitectureRefused, .bigEndianRefused, .architectureSpelling, .nativeArchitecture,
      .unknownActionRefused, .errnoStrictness, .errnoIgnored, .errnoWraps, .errnoTooLarge, .errnoDefault,
      .entryWithoutNames, .emptyNameRefused, .unknownName, .equalToDefault, .unknownOperatorRefused,
      .argumentIndexRefused, .alternatives, .argumentsCut, .ruleRefused, .enosysPrologue, .prologueHidesRules,
      .notifyDefaultRefused, .notifyWriteRefused:
      "src/libcrun/seccomp.c, libcrun_generate_seccomp"
    }
  }
}
