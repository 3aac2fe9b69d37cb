import Profiles

// The entry point that libFuzzer calls with each input. Built by scripts/fuzz-profiles only: an ordinary build has
// no libFuzzer main to link with.

/// Any bytes are a profile or one error. Checked of each: an error is one line with words; a profile survives being
/// written as OCI and read again; and that writing is canonical.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  let bytes = UnsafeBufferPointer(start: data, count: data == nil ? 0 : size)
  do throws(ProfileError) {
    let document = try ProfileReader.read(bytes, source: "input")
    checkRoundTrip(document)
  } catch {
    checkMessage(error)
  }
  return 0
}

private func checkRoundTrip(_ document: ProfileDocument) {
  check(document.entrySources.count == document.profile.entries.count, "an entry without a source")
  do {
    let text = try OCIWriter.text(of: document.profile)
    let again = try ProfileReader.read(text: text, source: "written")
    check(again.profile == document.profile, "not the same profile:\n\(text)")
    check(again.form == .oci, "written as \(again.form)")
    let rewritten = try OCIWriter.text(of: again.profile)
    check(rewritten.utf8.elementsEqual(text.utf8), "not the same text:\n\(text)\n\(rewritten)")
  } catch {
    check(false, "what was read cannot be written and read again: \(error)")
  }
}

private func checkMessage(_ error: ProfileError) {
  let message = error.description
  check(error.path.hasPrefix("$"), "no path: \(message)")
  check(error.position != nil, "no position: \(message)")
  check(!error.expected.isEmpty && !error.found.isEmpty, "no words: \(message)")
  check(!message.utf8.contains { $0 < 0x20 }, "more than one line: \(message)")
}

/// Stops the fuzzer at the current input. `fatalError`, because `precondition` drops its message in optimised code.
private func check(_ holds: Bool, _ message: @autoclosure () -> String) {
  if !holds { fatalError(message()) }
}
