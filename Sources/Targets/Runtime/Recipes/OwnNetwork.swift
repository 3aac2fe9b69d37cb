/// A network namespace for a daemon, which so can neither change the machine's network nor reach it.
enum OwnNetwork {
  static var words: [String] {
    get throws(RuntimeError) {
      // util-linux; there is no Linux system without.
      guard let path = ProgramSearch.find("unshare") else { throw .noSuchProgram("unshare") }
      return [path, "--net", "--"]
    }
  }
}
