import Foundation
import Profiles

/// A profile in a case file: the `linux.seccomp` object of the OCI runtime specification, so that it can be
/// cut out and given to a runtime. Its words are those of ``OCIWriter``, read back by ``ProfileReader``.
struct ProfileJSON: Codable {
  var value: Profile

  init(_ profile: Profile) { value = profile }

  init(from decoder: any Decoder) throws {
    let text = try JSONEncoder().encode(try JSONTree(from: decoder))
    do {
      value = try ProfileReader.read(Array(text), source: "profile").profile
    } catch {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(codingPath: decoder.codingPath, debugDescription: error.description))
    }
  }

  func encode(to encoder: any Encoder) throws {
    let text = try OCIWriter.text(of: value)
    try JSONDecoder().decode(JSONTree.self, from: Data(text.utf8)).encode(to: encoder)
  }
}

/// Any JSON that a profile can hold; its numbers are unsigned.
private indirect enum JSONTree: Codable {
  case null
  case bool(Bool)
  case number(UInt64)
  case string(String)
  case array([JSONTree])
  case object([String: JSONTree])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(UInt64.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONTree].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONTree].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .array(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }
}
