package import SeccompModel

/// What a ``Minimizer`` makes smaller.
package protocol Minimizable: Hashable, Sendable {
  /// The kinds of simplification, in the order in which they are tried.
  static var passes: [Minimizer.Pass<Self>] { get }
  /// How much there is to read.
  var size: CaseSize { get }
  /// The call that shows what is wrong; nil where none is needed.
  var call: Call? { get set }
  /// The name of that call, where it is of use.
  var calledName: String? { get }
}
