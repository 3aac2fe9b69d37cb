/// Things of one kind that are measured once, after the rounds. What fails is told and costs nothing else; an interruption
/// leaves out what is not done yet.
struct OncePart<Item> {
  /// How a report calls it.
  var name: String
  var items: [(name: String, item: Item)]

  /// What came of the items, and why not of all.
  func measured<Result>(
    until interruption: Interruption, by measure: (Item) throws -> Result
  ) -> (results: [Result], skips: [String]) {
    var results: [Result] = []
    var skips: [String] = []
    for (name, item) in items {
      do {
        try interruption.check()
        results.append(try measure(item))
      } catch is Interruption.Requested {
        return (results, skips + ["\(self.name): interrupted before \(name)"])
      } catch {
        skips.append("\(self.name), \(name): \(error)")
      }
    }
    return (results, skips)
  }
}
