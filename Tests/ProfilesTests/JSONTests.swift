import Profiles
import Testing

@Suite("JSON")
struct JSONTests {
  private func parse(_ text: String) throws -> JSONValue { try parse(Array(text.utf8)) }

  private func parse(_ bytes: [UInt8]) throws -> JSONValue {
    try bytes.withUnsafeBufferPointer { try JSONParser.parse($0).value }
  }

  private func text(_ value: JSONValue) -> String {
    if case .string(let text) = value { text } else { "not a string: \(value.summary)" }
  }

  @Test(
    "escapes and surrogate pairs give their characters",
    arguments: [
      (#""""#, ""), (#""a\/b""#, "a/b"), (#""\"\\\b\f\n\r\t""#, "\"\\\u{8}\u{c}\n\r\t"),
      (#""\u0000""#, "\u{0}"),
      (#""\u00e9\u20AC""#, "é€"), (#""\ud83d\ude00""#, "😀"), (#""\uD800\uDC00""#, "\u{10000}"),
      (#""\uDBFF\uDFFF""#, "\u{10ffff}"), (#""x\uffffy""#, "x\u{ffff}y"),
      ("\"\u{7f}é€😀\u{10ffff}\"", "\u{7f}é€😀\u{10ffff}"),
    ])
  func strings(json: String, expected: String) throws {
    #expect(try text(parse(json)).unicodeScalars.elementsEqual(expected.unicodeScalars))
    let written = JSONWriter.text(.string(expected))
    #expect(try text(parse(written)).unicodeScalars.elementsEqual(expected.unicodeScalars))
  }

  @Test("every scalar of Unicode survives writing and reading")
  func everyScalar() throws {
    var all = String.UnicodeScalarView()
    for value in 0...0x10ffff as ClosedRange<UInt32> {
      if let scalar = Unicode.Scalar(value) { all.append(scalar) }
    }
    let read = try text(parse(JSONWriter.text(.string(String(all)))))
    #expect(read.unicodeScalars.elementsEqual(all))
  }

  @Test(
    "two bytes of a string are accepted exactly when they are UTF-8",
    arguments: [UInt8(0x7f), 0x80, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xf0, 0xf4, 0xf5, 0xff])
  func wellFormedPairs(lead: UInt8) {
    for second in 0x23...0xff as ClosedRange<UInt8> where second != UInt8(ascii: "\\") {
      let pair = [lead, second]
      let accepted = (try? parse([0x22] + pair + [0x22])) != nil
      #expect(accepted == (String(validating: pair, as: UTF8.self) != nil), "\(pair)")
    }
  }

  @Test("three- and four-byte sequences at the edges of Unicode's table 3-7")
  func wellFormedEdges() {
    let leads: [UInt8] = [0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5]
    let others: [UInt8] = [0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0]
    for lead in leads {
      for second in others {
        for third in others {
          for bytes in [[lead, second, third]] + others.map({ [lead, second, third, $0] }) {
            let accepted = (try? parse([0x22] + bytes + [0x22])) != nil
            #expect(accepted == (String(validating: bytes, as: UTF8.self) != nil), "\(bytes)")
          }
        }
      }
    }
  }

  @Test(
    "numbers are kept as written, and only plain integers up to 2^64-1 are unsigned values",
    arguments: [
      ("0", UInt64(0)), ("18446744073709551615", .max), ("18446744073709551616", nil), ("-0", nil),
      ("-1", nil),
      ("1.0", nil), ("1e3", nil), ("1E+2", nil), ("-12.5e-7", nil),
      ("9007199254740993", 9_007_199_254_740_993),
    ])
  func numbers(json: String, value: UInt64?) throws {
    guard case .number(let number) = try parse(" \(json) ") else {
      Issue.record("\(json) is no number")
      return
    }
    #expect(number.text == json)
    #expect(number.unsigned == value)
    #expect(JSONWriter.text(.number(number)) == json + "\n")
  }

  @Test("nesting of 128 is read, of 129 refused")
  func depth() throws {
    let deepest = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
    _ = try parse(deepest)
    #expect(throws: JSONError.self) { try parse("[\(deepest)]") }
  }

  @Test("keys are compared as code points: canonical equivalents are different keys")
  func keyEquality() throws {
    _ = try parse("{\"\u{e9}\": 1, \"e\u{301}\": 2, \"K\": 3, \"\u{212a}\": 4}")
    let many = (0..<1000).map { "\"k\($0)\": 0" }.joined(separator: ",")
    _ = try parse("{\(many)}")
    for index in [0, 11, 12, 13, 999] {
      #expect(throws: JSONError.self) { try parse("{\(many), \"k\(index)\": 1}") }
    }
  }

  @Test("a tree is written the same after it has been read")
  func stable() throws {
    let text = """
      {
        "a": [],
        "b": {},
        "c": [null],
        "d": [
          true,
          {
            "e": -1.5e+10
          }
        ],
        "": "\\u0001"
      }

      """
    #expect(JSONWriter.text(try parse(text)) == text)
  }

  @Test("an array of half a million values is read")
  func large() throws {
    let room = 1 << 20
    var commas = [UInt8](repeating: UInt8(ascii: "0"), count: room)
    for index in stride(from: 2, to: room, by: 2) { commas[index] = UInt8(ascii: ",") }
    commas[0] = UInt8(ascii: "[")
    commas[room - 2] = 0x20
    commas[room - 1] = UInt8(ascii: "]")
    guard case .array(let elements) = try parse(commas) else {
      Issue.record("no array")
      return
    }
    #expect(elements.count == room / 2 - 1)
  }
}
