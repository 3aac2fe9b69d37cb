import Profiles
import ProfileFiles

/// The bytes that stand for `linux.seccomp` in a case's config.json.
enum CaseText {
  /// Why a case cannot be put to a runtime on this machine.
  struct Missing: Error {
    var reason: String
  }

  /// Nil for a container without that member. `listener` is the path of the socket, for a text that asks for one.
  static func bytes(of text: OCICase.Text, listener: String?) throws -> [UInt8]? {
    switch text {
    case .absent: return nil
    case .json(let json):
      guard let listener else { return Array(json.utf8) }
      return Array(json.replacing(OCICase.listenerPlaceholder, with: listener).utf8)
    case .containersProfile(let path): return Array(try resolved(path).utf8)
    }
  }

  static func asksForListener(_ text: OCICase.Text) -> Bool {
    guard case .json(let json) = text else { return false }
    return json.contains(OCICase.listenerPlaceholder)
  }

  /// What stands of a profile in the containers-common form for a container without capabilities, in the OCI form.
  private static func resolved(_ path: String) throws -> String {
    let document: ProfileDocument
    do {
      document = try ProfileFile.read(path, context: ResolutionContext(capabilities: []))
    } catch {
      throw Missing(reason: "\(error); Debian's package golang-github-containers-common has one")
    }
    return try OCIWriter.text(of: document.profile)
  }
}
