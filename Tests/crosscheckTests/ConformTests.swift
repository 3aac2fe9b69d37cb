import Foundation
import Testing

@Suite("conform", .timeLimit(.minutes(30)))
struct ConformTests {
  private static func results(_ json: String) throws -> [[String: Any]] {
    let report = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(report["suite"] as? String == "kernel-seccomp")
    return try #require(report["results"] as? [[String: Any]])
  }

  @Test("prints KTAP: the plan first, a line for each scenario, status 0")
  func ktap() async throws {
    let run = try await Tool.run(["conform", "--filter", "errno-*", "--filter", "evaluation"])
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
    let lines = run.output.split(separator: "\n")
    #expect(lines[0] == "KTAP version 1")
    let results = lines.filter { $0.hasPrefix("ok ") || $0.hasPrefix("not ok ") }
    #expect(lines[1] == "1..\(results.count)")
    #expect(results.count > 40)
    #expect(results[0] == "ok 1 errno-0")
    #expect(lines.contains { $0.hasPrefix("# kernel: ") })
    #expect(lines.last?.hasPrefix("# Totals: pass:\(results.count) ") == true)
  }

  @Test("prints JSON: the kernel, what it has, and each scenario's verdict and time")
  func json() async throws {
    let run = try await Tool.run(["conform", "--json", "--filter", "sync-*"])
    #expect(run.status == 0)
    let results = try Self.results(run.output)
    #expect(results.count > 15)
    for result in results {
      #expect(result["group"] as? String == "sync")
      #expect(["pass", "skip"].contains(result["verdict"] as? String))
      #expect(result["seconds"] is Double)
    }
    for name in ["kernel", "processor", "facts", "without", "tool"] {
      #expect(run.output.contains("\"name\" : \"\(name)\""), "\(name)")
    }
  }

  @Test("writes JUnit XML beside")
  func junit() async throws {
    let scratch = try Scratch()
    let file = scratch.path + "/report.xml"
    let run = try await Tool.run(["conform", "--filter", "x32", "--junit", file])
    #expect(run.status == 0)
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(text.contains("<testsuite name=\"kernel-seccomp\" tests=\"8\" failures=\"0\""))
    #expect(text.contains("classname=\"kernel-seccomp.x32\""))
    let full = try await Tool.run([
      "conform", "--filter", "x32", "--junit", scratch.path + "/none/report.xml",
    ])
    #expect(full.status == 69)
    #expect(full.errorLines.count == 1)
  }

  @Test(
    "where everything is skipped nothing was judged: the answer, and status 69 with the reason; one check more is enough"
  )
  func skipped() async throws {
    let alone = try await Tool.run(["conform", "--quiet", "--filter", "x32-runs"])
    if alone.output.contains("# SKIP") {
      #expect(alone.status == 69)
      #expect(alone.errorLines.count == 1)
      #expect(alone.errors.contains("nothing was judged") && alone.errors.contains("x32"), "\(alone.errors)")
    } else {
      #expect(alone.status == 0)
    }
    let beside = try await Tool.run([
      "conform", "--quiet", "--filter", "x32-runs", "--filter", "strict-int80-read",
    ])
    #expect(beside.status == 0)
  }

  @Test("lists scenarios without playing any, as text and as JSON")
  func list() async throws {
    let text = try await Tool.run(["conform", "--list", "--filter", "strict-read"])
    #expect(text.status == 0)
    #expect(text.output == "strict: 1\n  strict-read: strict mode lets read through\n")
    let json = try await Tool.run(["conform", "--list", "--json", "--filter", "strict-read"])
    let list = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
    #expect(list.count == 1)
    #expect(list[0]["name"] as? String == "strict-read")
    #expect(list[0]["covers"] as? [String] == [])
  }

  @Test("keeps a baseline, and reads it back")
  func baseline() async throws {
    let scratch = try Scratch()
    let file = scratch.path + "/baseline.json"
    let words = ["conform", "--filter", "evaluation", "--baseline", file]
    let written = try await Tool.run(words + ["--write-baseline"])
    #expect(written.status == 0)
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(text.contains("\n    \"eval-add-wraps\": \"pass\",\n"))
    #expect(try await Tool.run(words).status == 0)
    let missing = try await Tool.run([
      "conform", "--filter", "evaluation", "--baseline", scratch.path + "/none",
    ])
    #expect(missing.status == 65)
    let odd = try scratch.file("odd.json", #"{"suite": "kernel-seccomp", "verdicts": 1}"#)
    let bad = try await Tool.run(["conform", "--filter", "evaluation", "--baseline", odd])
    #expect(bad.status == 65)
    #expect(bad.errors.contains("odd.json:1:41: $.verdicts: expected an object, found the number 1"))
  }

  @Test("is called wrongly: status 64, one line")
  func usage() async throws {
    for words in [
      ["--filter", "no-such-scenario"], ["--write-baseline"], ["--list", "--junit", "x"], ["--junit", ""],
      ["--baseline", ""], ["surplus"],
    ] {
      let run = try await Tool.run(["conform"] + words)
      #expect(run.status == 64, "\(words)")
      #expect(run.errorLines.count == 1, "\(words)")
    }
  }
}

@Suite("compare", .timeLimit(.minutes(30)))
struct CompareTests {
  private static func report(_ verdict: String, suite: String = "kernel-seccomp") -> String {
    """
    {"suite": "\(suite)", "seconds": 1, "properties": [], "results": [{"name": "a", "group": "g", "claim": "a holds",
      "verdict": "\(verdict)", "reason": "", "seconds": 0, "diagnostics": []}]}
    """
  }

  @Test("of equal results: status 0; of different ones: status 1, as text and as JSON")
  func verdicts() async throws {
    let scratch = try Scratch()
    let (old, new) = (
      try scratch.file("old.json", Self.report("pass")), try scratch.file("new.json", Self.report("fail"))
    )
    let same = try await Tool.run(["compare", old, old])
    #expect(same.status == 0)
    #expect(same.output.hasSuffix("\nno difference\n"))
    let different = try await Tool.run(["compare", old, new])
    #expect(different.status == 1)
    #expect(different.errors.isEmpty)
    #expect(different.output.contains("\nnew failures: 1\n  a (pass -> fail): a holds\n"))
    let json = try await Tool.run(["compare", "--json", old, "-"], input: Self.report("skip"))
    #expect(json.status == 1)
    #expect(json.output.contains("\"kind\" : \"newlySkipped\""))
    #expect(json.output.contains("\"source\" : \"<stdin>\""))
  }

  @Test("reads what conform printed")
  func ofConform() async throws {
    let scratch = try Scratch()
    let run = try await Tool.run(["conform", "--json", "--filter", "evaluation"])
    let file = try scratch.file("here.json", run.output)
    #expect(try await Tool.run(["compare", file, file]).status == 0)
  }

  @Test("of what is no result: status 65, one line with file and place")
  func input() async throws {
    let scratch = try Scratch()
    let good = try scratch.file("good.json", Self.report("pass"))
    let odd = try scratch.file("odd.json", Self.report("odd"))
    let other = try scratch.file("other.json", Self.report("pass", suite: "oci-seccomp"))
    for (words, message) in [
      ([good, odd], "odd.json:2:14: $.results[0].verdict: expected one of pass, "),
      ([good, other], "is of the suite kernel-seccomp, and"),
      ([good, scratch.path + "/none"], "none: expected a readable file"),
    ] {
      let run = try await Tool.run(["compare"] + words)
      #expect(run.status == 65, "\(words)")
      #expect(run.errorLines.count == 1, "\(words)")
      #expect(run.errors.contains(message), "\(run.errors)")
    }
    #expect(try await Tool.run(["compare", good]).status == 64)
    #expect(try await Tool.run(["compare", "-", "-"]).status == 64)
  }
}
