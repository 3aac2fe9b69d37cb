import CLinux
import Compilation
import Glibc
import Profiles
import SeccompModel
import Testing

/// The process must not be a zombie either, unless only its new parent has yet to collect it.
private func isGone(_ process: pid_t) -> Bool {
  guard let file = fopen("/proc/\(process)/stat", "r") else { return true }
  defer { fclose(file) }
  var line = [CChar](repeating: 0, count: 512)
  guard fgets(&line, Int32(line.count), file) != nil else { return true }
  let text = line.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } } ?? ""
  // proc_pid_stat(5): the state follows the name in parentheses.
  return text.split(separator: ")").last.map { $0.hasPrefix(" Z") || $0.hasPrefix(" X") } ?? false
}

@Suite("No worker outlives its driver")
struct LifelineTests {
  @Test("kill -9 of a driver whose worker spins in seccomp_rule_add ends the worker")
  func killedWhileHanging() async throws {
    try await killDriver(hanging: true)
  }

  @Test("kill -9 of a driver whose worker waits ends the worker")
  func killedWhileWaiting() async throws {
    try await killDriver(hanging: false)
  }

  /// Run a driver in a process of its own that kills itself once its worker is where it should be; the worker,
  /// whose id it leaves in a file, must be gone soon after.
  private func killDriver(hanging: Bool) async throws {
    let directory = try TemporaryDirectory()
    let file = directory.path("worker")
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [file = file as String, hanging = hanging as Bool] in
      var compiler = try Compiler(deadline: .seconds(60))
      let started = compiler.workerID
      let worker = try #require(started)
      let output = try #require(fopen(file, "w"))
      fputs("\(worker)\n", output)
      fclose(output)
      guard hanging else {
        kill(getpid(), SIGKILL)
        return
      }
      // This thread will wait for the worker: another one kills the process once the worker has spun a while.
      var thread = pthread_t()
      pthread_create(
        &thread, nil,
        { worker in
          while clinux_cpu_time(pid_t(Int(bitPattern: worker))) < 200_000_000 { usleep(1000) }
          kill(getpid(), SIGKILL)
          return nil
        }, UnsafeMutableRawPointer(bitPattern: Int(worker)))
      _ = try compiler.compile(CompilationRequest(rules: hangingRules, defaultAction: .errno(1)))
    }
    let text = try #require(fopen(file, "r"))
    defer { fclose(text) }
    var line = [CChar](repeating: 0, count: 32)
    #expect(fgets(&line, Int32(line.count), text) != nil)
    let worker = pid_t(strtol(line, nil, 10))
    try #require(worker > 0)
    // The kernel sends the signal while it takes the driver down; ten seconds are for a busy machine.
    for _ in 0..<10_000 where !isGone(worker) { usleep(1000) }
    #expect(isGone(worker))
  }

  @Test("the worker leaves no core, holds no descriptor but its own, and leads its process group")
  func isolation() throws {
    // Descriptors that are not close-on-exec, which a careless start would pass on.
    let secrets = (0..<3).map { _ in open("/dev/null", O_RDONLY) }
    defer { for secret in secrets { close(secret) } }
    // The library itself looks round; what it sees is the rule's return value.
    let library = try StandInLibrary(
      .init(
        description: "looks round",
        addRule: """
          int seen = 0;
          for (int fd = 0; fd < 1024; fd++) if (fcntl(fd, F_GETFD) >= 0) seen |= fd < 20 ? 1 << fd : 1 << 20;
          struct rlimit core;
          if (getrlimit(RLIMIT_CORE, &core) || core.rlim_max || prctl(PR_GET_DUMPABLE)) seen |= 1 << 21;
          if (getpgrp() != getpid()) seen |= 1 << 22;
          return -seen
          """, export: "return -ECANCELED"))
    var compiler = try Compiler(libseccomp: library.file)
    let result = try compiler.compile(
      CompilationRequest(rules: [Rule(name: "read", action: .allow)], defaultAction: .errno(1)))
    // /dev/null twice, standard error, the memory and the lifeline.
    #expect(
      result == .failed(stage: .export, errno: ECANCELED, ruleStatuses: [.refused(errno: 0b11111)]))
  }
}
