import Prediction
import SeccompModel
import Testing

@Suite("What kernels differ in")
struct KernelFeaturesTests {
  private func model(_ major: Int, _ minor: Int, _ change: (inout KernelFeatures) -> Void = { _ in })
    -> KernelModel
  {
    var features = KernelFeatures.assumed(version: KernelVersion(major, minor))
    change(&features)
    return KernelModel(features: features)
  }

  private func expectation(
    _ model: KernelModel, _ value: Verdict, _ call: Call = getpidCall
  ) -> Prediction.Expectation { model.predict(value, call, .init()).expectation }

  @Test("the table of exceptions has each once, with its fact and its source")
  func table() {
    #expect(KernelException.all.map(\.id) == KernelException.ID.allCases)
    for exception in KernelException.all { #expect(!exception.what.isEmpty && !exception.source.isEmpty) }
  }

  @Test("each switch is its own")
  func switches() {
    for id in KernelException.ID.allCases {
      var features = KernelFeatures()
      features[id] = true
      #expect(KernelException.ID.allCases.filter { features[$0] } == [id])
      features[id] = false
      #expect(features == KernelFeatures())
    }
  }

  static let versions: [(KernelException.ID, before: KernelVersion, since: KernelVersion)] = [
    (.uretprobeExempt, KernelVersion(6, 13), KernelVersion(6, 14)),
    (.uprobeExempt, KernelVersion(6, 17), KernelVersion(6, 18)),
    (.errnoCapped, KernelVersion(3, 19), KernelVersion(4, 0)),
    (.fullActions, KernelVersion(4, 13), KernelVersion(4, 14)),
    (.userNotification, KernelVersion(4, 20), KernelVersion(5, 0)),
    (.unknownKillsProcess, KernelVersion(5, 9), KernelVersion(5, 10)),
    (.separateX32Table, KernelVersion(5, 3), KernelVersion(5, 4)),
    (.lowNumberDispatch, KernelVersion(5, 13), KernelVersion(5, 14)),
  ]

  @Test("versions bring features")
  func assumed() {
    for (id, before, since) in Self.versions {
      #expect(!KernelFeatures.assumed(version: before)[id], "\(id)")
      #expect(KernelFeatures.assumed(version: since)[id], "\(id)")
    }
  }

  @Test("before the exemption 335 and 336 obey their filters")
  func exemption() {
    let old = model(6, 13)
    for number: UInt64 in [335, 336] {
      #expect(expectation(old, verdict(.errno(1)), Call(.syscall, rax: number)) == .exactly(.returned(-1)))
    }
    let between = model(6, 14)
    #expect(expectation(between, verdict(.errno(1)), Call(.syscall, rax: 335)) == .runs)
    #expect(expectation(between, verdict(.errno(1)), Call(.syscall, rax: 336)) == .exactly(.returned(-1)))
  }

  @Test("before 4.0 an errno above 4095 came through")
  func uncappedErrno() {
    #expect(expectation(model(3, 19), verdict(.errno(5000))) == .exactly(.returned(-5000)))
  }

  @Test("before 4.14 bit 31 did not count, and LOG was no action")
  func oldActions() {
    let old = model(4, 13)
    #expect(expectation(old, verdict(.log)) == .exactly(.died(signal: 31)))
    #expect(expectation(old, raw(0x8005_0007)) == .exactly(.returned(-7)))
    #expect(
      old.predict([verdict(.killProcess), verdict(.killThread)], getpidCall, .init()).decider == .filter(1))
    #expect(old.killsProcess(verdict(.killProcess)) == false)
    #expect(linux6_18.killsProcess(verdict(.killProcess)) == true)
    #expect(linux6_18.killsProcess(verdict(.killThread)) == false)
    #expect(linux6_18.killsProcess(verdict(.trap(1))) == nil)
  }

  @Test("before 5.0 NOTIFY was unknown, before 5.10 unknown killed only the thread")
  func notifyAndUnknown() {
    #expect(expectation(model(4, 20), verdict(.notify)) == .exactly(.died(signal: 31)))
    #expect(expectation(model(5, 0), verdict(.notify)) == .exactly(.returned(-38)))
    #expect(model(5, 9).killsProcess(raw(0x1000_0000)) == false)
    #expect(model(5, 10).killsProcess(raw(0x1000_0000)) == true)
  }

  @Test("x32 numbers run where the kernel has x32; the shared table of old kernels lets more through")
  func x32() {
    let missing = Prediction.Expectation.exactly(.returned(-38))
    let calls = [0x4000_0027, 0x4000_0208, 0x4000_0065, 520, 0x8000_0027, 0x4000_0190].map {
      Call(.syscall, rax: UInt64($0))
    }
    let without = model(6, 18)
    let with = model(6, 18) { $0[.x32Calls] = true }
    let old = model(5, 3) { $0[.x32Calls] = true }
    #expect(calls.map { expectation(without, verdict(.allow), $0) } == Array(repeating: missing, count: 6))
    #expect(
      calls.map { expectation(with, verdict(.allow), $0) } == [
        .runs, .runs, missing, missing, missing, missing,
      ],
      "521 is ptrace there, so 101 with the bit is nothing")
    #expect(
      calls.dropLast().map { expectation(old, verdict(.allow), $0) }
        == [.runs, .runs, .runs, .runs, .unpredictable(.upperNumberBits)])
  }

  @Test("without 32-bit emulation int $0x80 dies whatever the filters say")
  func noEmulation() {
    let model = model(6, 18) { $0[.ia32Emulation] = false }
    let prediction = model.predict(
      [verdict(.errno(1))], Call(.int80, rax: 20), .init(shield: .errno(marker: 4077)))
    #expect(prediction.expectation == .exactly(.died(signal: 11)))
    #expect(prediction.decider == .notConsulted)
    #expect(expectation(model, verdict(.errno(1)), Call(.sysenter, rax: 20)) == .unpredictable(.entryAbsent))
    #expect(expectation(model, verdict(.errno(1))) == .exactly(.returned(-1)))
  }

  @Test("without a vsyscall page a call into it is a fault")
  func noVsyscall() {
    let model = model(6, 18) { $0[.vsyscallPage] = false }
    #expect(expectation(model, verdict(.allow), Call(.vsyscall, rax: 96)) == .exactly(.died(signal: 11)))
  }

  @Test("before 5.14 an allowed call with upper bits in rax cannot be told")
  func upperBits() {
    let old = model(5, 13)
    #expect(
      expectation(old, verdict(.allow), Call(.syscall, rax: 0x1_0000_0027))
        == .unpredictable(.upperNumberBits))
    #expect(expectation(old, verdict(.allow), Call(.syscall, rax: .max)) == .exactly(.returned(-38)))
    #expect(
      expectation(old, verdict(.errno(1)), Call(.syscall, rax: 0x1_0000_0027)) == .exactly(.returned(-1)))
  }

  @Test("numbers above the tables run only on a kernel that may have them")
  func newerKernel() {
    let next = UInt64(SyscallTable.x86_64.highestNumber) + 1
    let newer = model(6, 18) {
      $0.highestNumber = UInt32(next)
      $0[.x32Calls] = true
    }
    for call in [Call(.syscall, rax: next), Call(.int80, rax: next), Call(.syscall, rax: next | 0x4000_0000)]
    {
      #expect(expectation(linux6_18, verdict(.allow), call) == .exactly(.returned(-38)))
      #expect(expectation(newer, verdict(.allow), call) == .runs)
      var above = call
      above.rax += 1
      #expect(expectation(newer, verdict(.allow), above) == .exactly(.returned(-38)))
    }
  }
}
