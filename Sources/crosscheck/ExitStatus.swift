/// What the command says by its exit status. The numbers above 1 are those of sysexits.h.
package enum ExitStatus: Int32, Sendable {
  /// The answers agree.
  case agree = 0
  /// Answers differ.
  case differ = 1
  /// The command was called wrongly (EX_USAGE).
  case usage = 64
  /// The input cannot be read or makes no sense (EX_DATAERR).
  case badInput = 65
  /// Something that the run needs is missing (EX_UNAVAILABLE).
  case missing = 69
  /// A bug of this program (EX_SOFTWARE).
  case bug = 70
}
