import CZ3

extension Z3Context {
  /// Which of some unknowns a formula mentions.
  func mentioned(_ unknowns: [Word], in formula: Formula) -> Set<Int> {
    var places: [OpaquePointer: Int] = [:]
    for (index, unknown) in unknowns.enumerated() where unknown.value == nil {
      if let ast = unknown.ast { places[ast] = index }
    }
    var found: Set<Int> = []
    var seen: Set<OpaquePointer> = []
    var open = [formula.ast].compactMap(\.self)
    while let ast = open.popLast() {
      guard seen.insert(ast).inserted else { continue }
      if let place = places[ast] {
        found.insert(place)
        continue
      }
      guard Z3_is_app(raw, ast), let application = Z3_to_app(raw, ast) else { continue }
      for index in 0..<Z3_get_app_num_args(raw, application) {
        if let part = Z3_get_app_arg(raw, application, index) { open.append(part) }
      }
    }
    return found
  }
}
