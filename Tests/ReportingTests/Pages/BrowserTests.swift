import Foundation
import Reporting
import Testing

/// Pages in a real browser, by `scripts/html-screenshots`.
///
/// With CROSSCHECK_SCREENSHOTS=DIRECTORY in the environment the pages and pictures are kept there.
@Suite(
  "Pages in Chromium", .serialized,
  .enabled(if: Browser.isInstalled, "needs chromium: apt-get install chromium"))
struct BrowserTests {
  @Test("open without network, without a word on the console, and no wider than their window")
  func opens() throws {
    let pages = [
      "sample": PlotSamples.page, "check": try PageSamples.check().page, "fuzz": try PageSamples.fuzz().page,
      "suite": PageSamples.suite.page,
      "bench": BenchPage(BenchTextTests.report, written: PageSamples.written).page,
    ]
    let output = try Browser.open(pages)
    #expect(output.status == 0, "\(output.text)")
    for name in pages.keys {
      for size in ["1280", "400"] {
        #expect(output.text.contains("\(name).html: \(size) pixels wide at \(size)"), "\(output.text)")
        for theme in ["light", "dark"] { #expect(output.pictures.contains("\(name)-\(size)-\(theme).png")) }
      }
      #expect(output.pictures.contains("\(name).pdf"))
    }
  }

  @Test("the test sees a page that is too wide, one that runs something, and one that fetches something")
  func sees() throws {
    let small = HTMLPage(
      command: "c", subject: "s", answer: "One word.", tone: .neutral, sections: [],
      written: PageSamples.written)
    for (fault, complaint) in [
      (#"<div style="width:1500px">wide</div>"#, "pixels wide in a window of 1280"),
      ("<script>1</script>", "on the console"),
      (
        "<svg width='50' height='20' class='plot'><text x='0' y='15'>reaches out</text></svg>",
        "text beyond its picture"
      ),
      (
        "<svg width='90' height='20' class='plot'><text x='0' y='15'>a</text><text x='1' y='15'>b</text></svg>",
        "texts that meet"
      ),
      (#"<img src="http://example.invalid/a.png" alt="" />"#, "on the console"),
    ] {
      let page = small.rendered().replacingOccurrences(of: "</footer>", with: "</footer>" + fault)
      let output = try Browser.open(texts: ["fault": page])
      #expect(output.status == 1, "\(fault): \(output.text)")
      #expect(output.text.contains(complaint), "\(fault): \(output.text)")
    }
  }
}

enum Browser {
  struct Output {
    var status: Int32
    var text: String
    var pictures: [String]
  }

  static let isInstalled = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].contains {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  static func open(_ pages: [String: HTMLPage]) throws -> Output {
    try open(texts: pages.mapValues { $0.rendered() })
  }

  static func open(texts: [String: String]) throws -> Output {
    let files = FileManager.default
    let kept = ProcessInfo.processInfo.environment["CROSSCHECK_SCREENSHOTS"]
    let directory =
      kept.map { URL(filePath: $0) }
      ?? files.temporaryDirectory.appending(path: "crosscheck-pages-\(UUID().uuidString)")
    try files.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { if kept == nil { try? files.removeItem(at: directory) } }
    var paths: [String] = []
    for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
      let path = directory.appending(path: name + ".html")
      try Data(text.utf8).write(to: path)
      paths.append(path.path)
    }
    let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "scripts/html-screenshots")
    let process = Process()
    let pipe = Pipe()
    process.executableURL = script
    process.arguments = [directory.path] + paths
    (process.standardOutput, process.standardError) = (pipe, pipe)
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return Output(
      status: process.terminationStatus, text: text,
      pictures: try files.contentsOfDirectory(atPath: directory.path))
  }
}
