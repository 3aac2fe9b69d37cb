import ClassicBPF
import Foundation
import Glibc

/// A process that installed filters, oldest first, and sleeps: Perl, which every Debian has and which can make any
/// call. Whoever starts it ends it.
final class FilteredProcess {
  private let process = Process()
  private let scratch: Scratch

  var id: Int32 { process.processIdentifier }

  private static let script = """
    syscall(157, 38, 1, 0, 0, 0) == 0 or die "PR_SET_NO_NEW_PRIVS: $!";
    for my $file (@ARGV) {
      open(my $in, '<:raw', $file) or die;
      my $program = do { local $/; <$in> };
      my $header = pack('S x6 P', length($program) / 8, $program);
      syscall(317, 1, 0, $header) == 0 or die "SECCOMP_SET_MODE_FILTER: $!";
    }
    $0 = 'filtered';
    sleep 3600;
    """

  init(_ filters: [Filter]) throws {
    scratch = try Scratch()
    var files: [String] = []
    for (index, filter) in filters.enumerated() {
      files.append(try scratch.file("\(index).bpf", filter.bytes))
    }
    process.executableURL = URL(filePath: "/usr/bin/perl")
    process.arguments = ["-e", Self.script] + files
    try process.run()
    // It changes its name when it is ready.
    for _ in 0..<6000 where process.isRunning {
      if try String(contentsOfFile: "/proc/\(id)/comm", encoding: .utf8) == "filtered\n" { return }
      usleep(10_000)
    }
    end()
    throw NotReady()
  }

  /// Ends it, whatever signals it inherited as blocked. Not in `deinit`: a value may be gone after its last use, while
  /// the tool is still looking at the process.
  func end() { kill(id, SIGKILL) }

  /// Whether it sleeps as it should: neither stopped nor ended.
  var isSleeping: Bool {
    for _ in 0..<500 {
      let status = (try? String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8)) ?? ""
      if status.contains("State:\tS"), status.contains("TracerPid:\t0") { return true }
      usleep(10_000)
    }
    return false
  }

  struct NotReady: Error {}
}
