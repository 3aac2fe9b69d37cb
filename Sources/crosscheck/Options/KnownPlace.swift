import Campaign

/// Where the accepted disagreements are.
enum KnownPlace {
  /// The directory asked for, or the one that comes with the program; nil when there is none.
  static func directory(asked: String?) -> String? {
    KnownDisagreements.directory(asked: asked, executable: "/proc/self/exe")
  }
}
