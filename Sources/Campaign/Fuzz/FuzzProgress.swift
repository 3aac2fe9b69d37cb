/// How far a campaign is.
package struct FuzzProgress: Sendable {
  /// Since this process began, in seconds.
  package var seconds: Double
  /// Until the time is up; nil when no time was given.
  package var remaining: Duration?
  package var tally: Tally
  /// Of ``tally``, the kernel calls of the parts of the run before this process.
  package var earlierKernelCalls: Int
  package var families: Int
  /// Families that no entry of the known list covers.
  package var newFamilies: Int
}
