internal import Profiles
internal import SeccompModel

/// What a profile asks of a runtime that has a language of its own: the rules that OCI runtimes would hand to
/// libseccomp, for the architectures whose calls this machine can be asked for.
///
/// Rules of the default action say nothing, and names that no listed architecture has mean nothing; both are left out.
struct ProfileMeaning {
  /// The runtime, for messages.
  let runtime: String
  let defaultAction: Action
  /// The native one always, then what else of the x86 family is listed.
  let architectures: [Architecture]
  /// In the profile's order.
  let rules: [Rule]

  init(_ text: [UInt8], for runtime: String) throws(RuntimeError) {
    let profile: Profile
    do throws(ProfileError) {
      profile = try ProfileReader.read(text, source: "the profile").profile
    } catch {
      throw .badProfile(error)
    }
    let architectures = profile.filteredArchitectures().filter(\.isX86Family)
    let tables = architectures.compactMap(\.table)
    rules = profile.applied.rules.filter { rule in tables.contains { $0.number(named: rule.name) != nil } }
    self.runtime = runtime
    self.architectures = architectures
    defaultAction = profile.defaultAction
    // By a filter alone neither is said: they belong to how it is installed.
    if let flag = profile.flags?.first { throw lacks("the flag \(flag)") }
  }

  /// The error for what the runtime's language lacks.
  func lacks(_ what: String) -> RuntimeError { .notExpressible(runtime: runtime, what: what) }

  /// The error for an architecture that the language cannot speak of.
  func lacksArchitecture(_ architecture: Architecture) -> RuntimeError {
    lacks("calls of \(architecture.rawValue), which the profile lists")
  }

  /// The error for an action that the language lacks; of one name's rule, or as the default.
  func lacksAction(_ action: Action, of name: String? = nil) -> RuntimeError {
    lacks("the action \(action)" + (name.map { " of \($0)" } ?? " as the default"))
  }
}
