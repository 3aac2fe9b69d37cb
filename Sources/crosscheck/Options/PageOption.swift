import ArgumentParser
import Campaign
import Foundation
import Reporting

/// Results as a page for a browser, besides what is printed.
struct PageOption: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("Write the results as a page for a browser into this file.", valueName: "file"))
  var html: String?

  init() {}

  func validate() throws {
    if html == "" { throw ValidationError("--html wants a file, found an empty word") }
  }

  /// Before a run that can take hours: says where a page could not be written after it.
  func prepare() throws {
    guard let html else { return }
    var isDirectory: ObjCBool = false
    if FileManager.default.fileExists(atPath: html, isDirectory: &isDirectory), isDirectory.boolValue {
      throw Failure(.missing, "--html \(html): it is a directory; a file is wanted")
    }
    let parent = URL(filePath: html).deletingLastPathComponent().path
    guard FileManager.default.isWritableFile(atPath: parent) else {
      throw Failure(.missing, "--html \(html): the directory \(parent) is not there or cannot be written to")
    }
  }

  /// After the answer was printed: what cannot be written then costs nobody the result.
  func write(_ page: () -> HTMLPage) throws {
    guard let html else { return }
    try Self.write(page().rendered(), to: html)
  }

  /// A file of results, whole or not at all.
  static func write(_ text: String, to path: String) throws {
    do {
      try text.write(toFile: path, atomically: true, encoding: .utf8)
    } catch {
      throw Failure(
        .missing, "writing \(path): \(error.localizedDescription) (the results were printed nevertheless)")
    }
  }
}
