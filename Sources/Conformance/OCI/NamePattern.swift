/// A pattern for names of cases: `*` stands for any characters, `?` for one.
struct NamePattern {
  private let pattern: [Character]

  init(_ pattern: String) { self.pattern = Array(pattern) }

  func matches(_ name: String) -> Bool {
    let name = Array(name)
    var (position, start) = (0, 0)
    // Where to go on when what follows the last star does not fit.
    var retry: (pattern: Int, name: Int)?
    while start < name.count {
      if position < pattern.count, pattern[position] == "*" {
        position += 1
        retry = (position, start)
      } else if position < pattern.count, pattern[position] == "?" || pattern[position] == name[start] {
        position += 1
        start += 1
      } else if let last = retry {
        retry = (last.pattern, last.name + 1)
        (position, start) = (last.pattern, last.name + 1)
      } else {
        return false
      }
    }
    return pattern[position...].allSatisfy { $0 == "*" }
  }
}
