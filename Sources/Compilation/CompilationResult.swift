package import ClassicBPF

/// What came of a compilation. Everything but a program is a result too: the caller may count it, and make
/// it smaller.
package enum CompilationResult: Hashable, Sendable {
  case compiled(CompiledFilter)
  /// The library gave no program: `errno` (positive) is its answer at `stage`. seccomp_init(3), which has no
  /// answer but NULL, counts as EINVAL.
  case failed(stage: CompilationStage, errno: Int32, ruleStatuses: [RuleStatus])
  /// A call of the library did not come back within the deadline; the worker was killed. `elapsed` is wall
  /// time since that call began.
  case hung(stage: CompilationStage, elapsed: Duration, ruleStatuses: [RuleStatus])
  /// The worker ended by itself in a call of the library.
  case crashed(WorkerEnd, stage: CompilationStage, ruleStatuses: [RuleStatus])
}

/// A program of libseccomp, and its answer to each thing that was asked.
package struct CompiledFilter: Hashable, Sendable {
  package var filter: Filter
  /// One for each rule of the request, in order.
  package var ruleStatuses: [RuleStatus]
  /// One for each architecture of the request, in order.
  package var architectureStatuses: [ArchitectureStatus]
  /// What seccomp_arch_remove(3) answered (positive) when it kept a native architecture that is not listed; nil
  /// when it did not.
  package var nativeRemovalErrno: Int32?
  /// The attributes that the library refused; empty when it took all.
  package var refusedAttributes: [RefusedAttribute]
  /// The library that compiled it.
  package var library: LibraryIdentity

  package init(
    filter: Filter, ruleStatuses: [RuleStatus], architectureStatuses: [ArchitectureStatus],
    nativeRemovalErrno: Int32? = nil, refusedAttributes: [RefusedAttribute], library: LibraryIdentity
  ) {
    self.filter = filter
    self.ruleStatuses = ruleStatuses
    self.architectureStatuses = architectureStatuses
    self.nativeRemovalErrno = nativeRemovalErrno
    self.refusedAttributes = refusedAttributes
    self.library = library
  }
}

/// The library's answer to one rule.
package enum RuleStatus: Hashable, Sendable {
  /// seccomp_rule_add_array(3) returned 0. A call that the architecture does not have (a pseudo number) is
  /// accepted too, and leaves nothing in the program.
  case added
  /// seccomp_syscall_resolve_name(3) does not know the name; nothing was added.
  case unknownName
  /// It returned `-errno`.
  case refused(errno: Int32)
  /// The library was not asked, or did not answer.
  case notAnswered
}

/// The library's answer to one architecture.
package enum ArchitectureStatus: Hashable, Sendable {
  /// seccomp_arch_add(3) returned 0, or it is the native one, which a new filter holds.
  case present
  /// seccomp_arch_resolve_name(3) does not know the name.
  case unknownName
  /// seccomp_arch_add(3) returned `-errno`: EDOM for another byte order, EEXIST for a second mention.
  case refused(errno: Int32)
}

/// An attribute that seccomp_attr_set(3) answered with `-errno`, or seccomp_api_set(3) where `attribute` is nil.
package struct RefusedAttribute: Hashable, Sendable {
  package var attribute: FilterAttribute?
  package var errno: Int32

  package init(attribute: FilterAttribute?, errno: Int32) {
    self.attribute = attribute
    self.errno = errno
  }
}

/// Which libseccomp answers.
package struct LibraryIdentity: Hashable, Sendable, CustomStringConvertible {
  /// The file as given to dlopen(3).
  package var file: String
  /// seccomp_version(3)
  package var version: LibraryVersion
  /// What seccomp_api_get(3) found the kernel to support.
  package var apiLevel: UInt32

  package init(file: String, version: LibraryVersion, apiLevel: UInt32) {
    self.file = file
    self.version = version
    self.apiLevel = apiLevel
  }

  package var description: String { "libseccomp \(version) (\(file), API level \(apiLevel))" }
}

/// A version of libseccomp.
package struct LibraryVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
  package var major: UInt32
  package var minor: UInt32
  package var micro: UInt32

  /// Older versions are refused: 2.5.4 is the first that honours the default action of a program without rules.
  package static let minimum = LibraryVersion(2, 5, 4)

  package init(_ major: UInt32, _ minor: UInt32, _ micro: UInt32) {
    self.major = major
    self.minor = minor
    self.micro = micro
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.major, left.minor, left.micro) < (right.major, right.minor, right.micro)
  }

  package var description: String { "\(major).\(minor).\(micro)" }
}

/// How a worker process ended.
package enum WorkerEnd: Hashable, Sendable {
  case signal(Int32)
  case exit(Int32)
}
