import Foundation
import ProfileFiles
import Profiles

/// Where the corpus of profiles is, and what is in it.
enum CorpusPlace {
  /// The profiles that come with the program: `Corpus/profiles` in a directory above the executable (a build inside a
  /// checkout) or in the current one. Nil when it is in none of these places.
  static func standard() -> String? {
    var candidates: [String] = []
    var above = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    while above.path != "/" {
      candidates.append(above.appending(path: "Corpus/profiles").path)
      above.deleteLastPathComponent()
    }
    candidates.append("Corpus/profiles")
    return candidates.first(where: isDirectory)
  }

  /// The profiles of directories (every `.json` file in them, in the order of names) and of single files.
  static func profiles(in places: [String], context: ResolutionContext = .init()) throws -> [Profile] {
    var profiles: [Profile] = []
    for place in places {
      let files: [String]
      if isDirectory(place) {
        let names = try? FileManager.default.contentsOfDirectory(atPath: place)
        guard let names else { throw Failure(.badInput, "\(place): the directory cannot be read") }
        files = names.filter { $0.hasSuffix(".json") }.sorted().map { "\(place)/\($0)" }
        if files.isEmpty { throw Failure(.badInput, "\(place): there are no .json files in this directory") }
      } else {
        files = [place]
      }
      for file in files { profiles.append(try ProfileFile.read(file, context: context).profile) }
    }
    return profiles
  }

  private static func isDirectory(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
  }
}
