import CLinux
import Glibc

/// A library built by the C compiler that has libseccomp's functions and misbehaves in one of them.
struct StandInLibrary: ~Copyable {
  let file: String
  private let directory: TemporaryDirectory

  /// What the stand-in does; C code placed in the function named.
  struct Fault: Sendable, CustomStringConvertible {
    var description: String
    var initialise = ""
    var removal = ""
    var addRule = ""
    var export = ""
    var atLoad = ""
    var version = "{2, 5, 4}"
    /// A function that it lacks.
    var without = ""
  }

  init(_ fault: Fault) throws {
    let directory = try TemporaryDirectory()
    let file = directory.path("libstandin.so")
    let functions = [
      "static struct { unsigned a, b, c; } version = \(fault.version);",
      "const void *seccomp_version(void) { return &version; }",
      "unsigned seccomp_api_get(void) { return 6; }",
      "int seccomp_api_set(unsigned level) { return 0; }",
      "void *seccomp_init(unsigned action) { \(fault.initialise); return &version; }",
      "void seccomp_release(void *context) {}",
      "int seccomp_attr_set(void *context, int attribute, unsigned value) { return 0; }",
      "unsigned seccomp_arch_native(void) { return 0xc000003e; }",
      "unsigned seccomp_arch_resolve_name(const char *name) { return strcmp(name, \"x86_64\") ? 1 : 0xc000003e; }",
      "int seccomp_arch_add(void *context, unsigned token) { return 0; }",
      "int seccomp_arch_remove(void *context, unsigned token) { \(fault.removal); return 0; }",
      "int seccomp_syscall_resolve_name(const char *name) { return name[0] == 'r' ? 0 : 1; }",
      "int seccomp_rule_add_array(void *c, unsigned action, int number, unsigned n, const void *a) {"
        + " \(fault.addRule); return 0; }",
      "int seccomp_export_bpf(void *context, int fd) { \(fault.export); return 0; }",
      "__attribute__((constructor)) static void load(void) { \(fault.atLoad); }",
    ].filter { fault.without.isEmpty || !$0.contains(fault.without) }
    let source = directory.path("standin.c")
    let headers = [
      "errno.h", "fcntl.h", "stdlib.h", "string.h", "sys/prctl.h", "sys/resource.h", "time.h", "unistd.h",
    ]
    let text = (headers.map { "#include <\($0)>" } + functions).joined(separator: "\n") + "\n"
    guard let stream = fopen(source, "w") else { throw StandInFailure("write \(source)") }
    fputs(text, stream)
    fclose(stream)
    try Self.run(["cc", "-w", "-shared", "-fPIC", "-O1", "-o", file, source])
    self.file = file
    self.directory = directory
  }

  /// Run a program found in PATH to its end; anything but success is an error.
  static func run(_ words: [String]) throws {
    let paths = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin"
    let places = paths.split(separator: ":").map { "\($0)/\(words[0])" }
    let program = places.first { access($0, X_OK) == 0 }
    guard let program else { throw StandInFailure("find the program \(words[0]) in PATH") }
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    var status: Int32 = 0
    guard clinux_spawn(program, &arguments, nil, [-1, -1, STDERR_FILENO], 3, &process) == 0,
      clinux_reap(process, 0, &status) == process, status == 0
    else { throw StandInFailure("run \(words.joined(separator: " "))") }
  }
}

struct StandInFailure: Error {
  let operation: String
  init(_ operation: String) { self.operation = operation }
}
