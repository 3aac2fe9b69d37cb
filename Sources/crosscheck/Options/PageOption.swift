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
  func prepare() throws { try Self.prepare("--html", html) }

  /// The same of another file of results, which `option` asks for; nil: it is not asked for.
  static func prepare(_ option: String, _ path: String?) throws {
    guard let path else { return }
    var isDirectory: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue {
      throw Failure(.missing, "\(option) \(path): it is a directory; a file is wanted")
    }
    let parent = URL(filePath: path).deletingLastPathComponent().path
    guard FileManager.default.isWritableFile(atPath: parent) else {
      throw Failure(
        .missing, "\(option) \(path): the directory \(parent) is not there or cannot be written to")
    }
  }

  /// Writes the page before the answer is printed, since who closes the output early ends the process there; what cannot
  /// be written is handed back, to be told after the answer.
  func write(_ page: () -> HTMLPage) -> Failure? { html.flatMap { Self.write(page().rendered(), to: $0) } }

  /// A file of results, whole or not at all.
  static func write(_ text: String, to path: String) -> Failure? {
    do {
      // By another file that takes its place; a device or a pipe must not be replaced.
      let kind = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
      try text.write(toFile: path, atomically: kind == nil || kind == .typeRegular, encoding: .utf8)
      return nil
    } catch {
      return Failure(
        .missing, "writing \(path): \(error.localizedDescription) (the results were printed nevertheless)")
    }
  }
}
