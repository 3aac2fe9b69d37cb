import SeccompModel

// Names are written for readers and not read: the number says which call it is.
extension Workload: Codable {
  private enum Keys: String, CodingKey { case source, total, undistinguished, entries }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    let workload = Workload(
      source: try container.decode(String.self, forKey: .source),
      entries: try container.decode([Entry].self, forKey: .entries),
      undistinguished: try container.decode(UInt64.self, forKey: .undistinguished))
    guard let workload, workload.total == (try container.decode(UInt64.self, forKey: .total)) else {
      throw DecodingError.dataCorruptedError(
        forKey: .total, in: container, debugDescription: "expected the sum of the entries' counts, at least 1"
      )
    }
    self = workload
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(source, forKey: .source)
    try container.encode(total, forKey: .total)
    try container.encode(undistinguished, forKey: .undistinguished)
    try container.encode(entries, forKey: .entries)
  }
}

extension Workload.Entry: Codable {
  private enum Keys: String, CodingKey { case architecture, number, name, arguments, count }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    let values = try container.decode([UInt64].self, forKey: .arguments)
    guard values.count == Arguments.count else {
      throw DecodingError.dataCorruptedError(
        forKey: .arguments, in: container,
        debugDescription: "expected \(Arguments.count) numbers, found \(values.count)")
    }
    var arguments = Arguments()
    for (index, value) in values.enumerated() { arguments[index] = value }
    self.init(
      try container.decode(CallABI.self, forKey: .architecture),
      try container.decode(UInt32.self, forKey: .number), arguments: arguments,
      count: try container.decode(UInt64.self, forKey: .count))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(abi, forKey: .architecture)
    try container.encode(number, forKey: .number)
    try container.encodeIfPresent(name, forKey: .name)
    try container.encode((0..<Arguments.count).map { arguments[$0] }, forKey: .arguments)
    try container.encode(count, forKey: .count)
  }
}
