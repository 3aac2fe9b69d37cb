import SeccompModel

/// `repro.c`: one case as a program of its own, for people who have a C compiler and libseccomp and nothing of
/// this tool. It says `DIFFERS`, `HANGS`, `CRASHES` or `REFUSED` and exits with 1 when the finding shows, says
/// `agrees` and exits with 0 when it does not, and exits with 2 when it could not be tried.
package struct ReproProgram: Sendable {
  let savedCase: SavedCase

  package init(_ savedCase: SavedCase) { self.savedCase = savedCase }

  /// The whole C text.
  package var text: String {
    let parts: [String]
    if savedCase.kind.isCompilerFailure {
      parts = [introduction, Self.includes, libraryHeader, filterSources, failureMain]
    } else if savedCase.kind == .kernelInstall {
      parts = [introduction, Self.includes, filterSources, installationMain]
    } else if let call = savedCase.witness {
      parts =
        [introduction, Self.includes, usesLibrary ? libraryHeader : "", filterSources, expectation]
        + (isObservable ? [Self.entryCode(call.entryPath), liveCall(call)] : [])
        + (needsInterpreter ? [Self.interpreter] : []) + [callMain(call)]
    } else {
      parts = [
        introduction, Self.includes,
        "int main(void)\n{\n\tputs(\"this case has no call to make\");\n\treturn 2;\n}",
      ]
    }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  /// Kernel findings are about the program as it was; everything else is about how it was compiled.
  var usesLibrary: Bool {
    switch savedCase.kind {
    case .filterKernel, .kernelInstall: savedCase.filters.isEmpty
    default: true
    }
  }

  /// How many filters the program installs.
  var filterCount: Int { usesLibrary ? savedCase.profiles.count : savedCase.filters.count }

  /// The verdicts that count as right.
  var expected: [Verdict] {
    let answers = savedCase.answers
    switch savedCase.kind {
    case .filterKernel, .libraryLibrary: return answers.filter.map { [$0] } ?? answers.policy
    default: return answers.policy.isEmpty ? answers.filter.map { [$0] } ?? [] : answers.policy
    }
  }

  /// The verdict that was found instead.
  var got: Verdict? {
    savedCase.kind == .libraryLibrary ? savedCase.answers.otherFilter : savedCase.answers.filter
  }

  /// 64-bit code cannot enter by the vsyscall page's gate with registers of its choice.
  var isObservable: Bool { savedCase.witness.map { $0.entryPath != .vsyscall } ?? false }

  /// A call answered by the shield looks the same whether the tested filter said ALLOW, LOG, TRACE or NOTIFY,
  /// and a death the same for both kills: then the program also computes the verdict.
  var needsInterpreter: Bool {
    if !isObservable { return true }
    guard savedCase.kind != .filterKernel, let got else { return false }
    return expected.contains { $0.fate == got.fate }
  }

  private var introduction: String {
    var lines = [ReportText.sentence(savedCase), ""]
    lines += ["  cc repro.c\(usesLibrary ? " -lseccomp" : "") -o repro && ./repro", ""]
    lines.append("Exit status: 1 the finding shows, 0 it does not, 2 it could not be tried.")
    if usesLibrary {
      lines.append("Another build of libseccomp: LD_LIBRARY_PATH=DIRECTORY ./repro")
    }
    lines.append(
      savedCase.isAboutPrograms
        ? "Found on Linux \(savedCase.versions.kernel)."
        : "Found with libseccomp \(savedCase.versions.libseccomp) on Linux \(savedCase.versions.kernel).")
    return "/*\n" + lines.map { $0.isEmpty ? " *" : " * " + commentSafe($0) }.joined(separator: "\n")
      + "\n */"
  }

  private static let includes = """
    #define _GNU_SOURCE
    #include <errno.h>
    #include <linux/audit.h>
    #include <linux/filter.h>
    #include <linux/seccomp.h>
    #include <signal.h>
    #include <stddef.h>
    #include <stdint.h>
    #include <stdio.h>
    #include <stdlib.h>
    #include <string.h>
    #include <sys/mman.h>
    #include <sys/prctl.h>
    #include <sys/resource.h>
    #include <sys/wait.h>
    #include <unistd.h>
    """

  private var libraryHeader: String { "#include <seccomp.h>" }

  private var filterSources: String { usesLibrary ? libraryBuilders : rawFilters }
}

/// What a process sees of a verdict when the shield stands under the filter.
enum Fate: Hashable {
  case passed
  case errno(UInt16)
  case trapped(UInt16)
  case killed
}

extension Verdict {
  var fate: Fate {
    switch kind {
    case .allow, .log, .trace, .notify: .passed
    // The kernel caps the errno at MAX_ERRNO (kernel/seccomp.c, __seccomp_filter).
    case .errno: .errno(min(data, 4095))
    case .trap: .trapped(data)
    case .killThread, .killProcess, .unknown: .killed
    }
  }
}

/// Text that ends no C comment and stays on its line.
func commentSafe(_ text: String) -> String {
  text.replacing("*/", with: "* /").replacing("/*", with: "/ *").replacing("\n", with: " ")
    .replacing("\r", with: " ").replacing("\\", with: "/")
}

/// A C string literal.
func cString(_ text: String) -> String {
  let body = text.utf8.map { byte -> String in
    switch byte {
    case UInt8(ascii: "\""): "\\\""
    case UInt8(ascii: "\\"): "\\\\"
    // `??` would begin a trigraph.
    case 0x20..<0x7f where byte != UInt8(ascii: "?"): String(UnicodeScalar(byte))
    default: "\\" + String(repeating: "0", count: 3 - String(byte, radix: 8).count) + String(byte, radix: 8)
    }
  }
  return "\"" + body.joined() + "\""
}
