import Compilation
import Glibc
import Profiles
import SeccompModel
import Testing

@Suite("The library and the worker are found, or it is said what is missing")
struct LibraryTests {
  /// Open a compiler that must not open, and give its error.
  private func failure(libseccomp: String? = nil, workerPath: String? = nil) throws -> CompilerError? {
    do throws(CompilerError) {
      _ = try Compiler(libseccomp: libseccomp, workerPath: workerPath)
      return nil
    } catch {
      return error
    }
  }

  /// Where this process has the default library mapped from, as its worker would.
  private func systemLibrary() throws -> String {
    let handle = try #require(dlopen(Compiler.defaultLibrary, RTLD_NOW))
    defer { dlclose(handle) }
    let maps = try #require(fopen("/proc/self/maps", "r"))
    defer { fclose(maps) }
    var line = [CChar](repeating: 0, count: 8192)
    while fgets(&line, Int32(line.count), maps) != nil {
      let text = line.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } } ?? ""
      if let start = text.firstIndex(of: "/"), text.contains("/libseccomp.so.2") {
        return String(text[start...].dropLast())
      }
    }
    throw StandInFailure("find the mapping of \(Compiler.defaultLibrary)")
  }

  @Test("a copy of the library under another name is another library with the same programs")
  func copy() throws {
    let directory = try TemporaryDirectory()
    let file = directory.path("another.so")
    try StandInLibrary.run(["cp", try systemLibrary(), file])

    let rules = SyscallTable.x86_64.entries.map { Rule(name: $0.name, action: .allow) }
    let request = CompilationRequest(
      rules: rules, defaultAction: .errno(1), architectures: [.x86_64, .x86, .x32],
      attributes: FilterAttributes(optimizeLevel: 2))
    let system = try compiled(request)
    let other = try compiled(request, libseccomp: file)
    #expect(system.filter == other.filter)
    #expect(system.ruleStatuses == other.ruleStatuses)
    #expect(system.library.version == other.library.version)
    #expect(other.library.file == file)
  }

  @Test("the library named is the one that answers")
  func namedLibrary() throws {
    let library = try StandInLibrary(
      .init(description: "2.9.7", addRule: "return -EXDEV", export: "return -ECANCELED", version: "{2, 9, 7}")
    )
    var compiler = try Compiler(libseccomp: library.file)
    #expect(compiler.library.version == LibraryVersion(2, 9, 7))
    let result = try compiler.compile(
      CompilationRequest(rules: [Rule(name: "read", action: .allow)], defaultAction: .errno(1)))
    #expect(result == .failed(stage: .export, errno: ECANCELED, ruleStatuses: [.refused(errno: EXDEV)]))
  }

  @Test("a file that is no library is named in the error")
  func noLibrary() throws {
    for file in ["/no/such/library.so", "/etc/passwd", "/dev/null", "/"] {
      guard case .libraryUnusable(file, let reason)? = try failure(libseccomp: file) else {
        Issue.record("\(file) was taken")
        continue
      }
      #expect(reason.contains(file))
    }
  }

  @Test("a library without a function is refused with the function's name")
  func missingFunction() throws {
    let library = try StandInLibrary(.init(description: "no export", without: "seccomp_export_bpf"))
    guard case .libraryUnusable(_, let reason)? = try failure(libseccomp: library.file) else {
      Issue.record("it was taken")
      return
    }
    #expect(reason.contains("seccomp_export_bpf"))
  }

  @Test("a library older than 2.5.4 is refused with its version")
  func tooOld() throws {
    let library = try StandInLibrary(.init(description: "2.5.3", version: "{2, 5, 3}"))
    #expect(
      try failure(libseccomp: library.file) == .libraryTooOld(file: library.file, LibraryVersion(2, 5, 3)))
  }

  @Test("a library that ends the worker while it is loaded")
  func endsAtLoad() throws {
    let library = try StandInLibrary(.init(description: "abort", atLoad: "abort()"))
    guard case .workerEnded(_, .signal(SIGABRT))? = try failure(libseccomp: library.file) else {
      Issue.record("it was taken")
      return
    }
  }

  @Test("a missing worker is an error that says how to get one")
  func missingWorker() throws {
    let error = try #require(try failure(workerPath: "/no/such/crosscheck-compiler"))
    #expect(error == .workerNotFound(searched: ["/no/such/crosscheck-compiler"]))
    #expect(error.description.contains("swift build --product crosscheck-compiler"))
    #expect(error.description.contains("CROSSCHECK_COMPILER"))
  }

  @Test("a program that is not the worker is an error")
  func otherProgram() throws {
    #expect(try failure(workerPath: "/bin/true") == .workerEnded(path: "/bin/true", .exit(0)))
    #expect(try failure(workerPath: "/bin/false") == .workerEnded(path: "/bin/false", .exit(1)))
  }
}
