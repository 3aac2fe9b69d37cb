import Prediction
import SeccompModel
import Testing

@Suite("From one verdict to what user space sees")
struct KernelOutcomeTests {
  private func expectation(
    _ verdict: Verdict, _ call: Call = getpidCall, _ context: KernelModel.Context = .init()
  ) -> Prediction.Expectation {
    linux6_18.predict(verdict, call, context).expectation
  }

  @Test(
    "ERRNO returns its data, at most 4095",
    arguments: [
      (0, 0), (1, -1), (38, -38), (511, -511), (4094, -4094), (4095, -4095), (4096, -4095), (5000, -4095),
      (0xffff, -4095),
    ] as [(UInt16, Int64)])
  func errno(data: UInt16, returned: Int64) {
    for call in [getpidCall, Call(.int80, rax: 20), Call(.syscall, rax: .max)] {
      #expect(expectation(verdict(.errno(data)), call) == .exactly(.returned(returned)))
    }
  }

  @Test(
    "restart codes are plain errnos unless a signal may arrive", arguments: 511...517 as ClosedRange<UInt16>)
  func restartErrnos(data: UInt16) {
    #expect(expectation(verdict(.errno(data))) == .exactly(.returned(-Int64(data))))
    #expect(
      expectation(verdict(.errno(data)), getpidCall, .init(signalsMayArrive: true))
        == ([512, 513, 514, 516].contains(data)
          ? .unpredictable(.restartCodeReturned) : .exactly(.returned(-Int64(data)))))
  }

  @Test("TRAP delivers uncapped data, the number, the token, the address and the rolled-back rax")
  func trap() {
    let cases: [(Call, number: Int32, token: UInt32, rax: UInt64)] = [
      (getpidCall, 39, 0xc000_003e, 39),
      (Call(.syscall, rax: 0x7_0000_0027), 39, 0xc000_003e, 0x7_0000_0027),
      (Call(.syscall, rax: .max), -1, 0xc000_003e, .max),
      (Call(.syscall, rax: 0xffff_ffff), -1, 0xc000_003e, 0xffff_ffff),
      (Call(.syscall, rax: 0x4000_0027), 0x4000_0027, 0xc000_003e, 0x4000_0027),
      (Call(.int80, rax: 20), 20, 0x4000_0003, 20),
      (Call(.int80, rax: 0x7_0000_0014), 20, 0x4000_0003, 20),
      (Call(.int80, rax: .max), -1, 0x4000_0003, 0xffff_ffff),
      (Call(.sysenter, rax: 20), 20, 0x4000_0003, 20),
      (Call(.vsyscall, rax: 201), 201, 0xc000_003e, 201),
    ]
    for (call, number, token, rax) in cases {
      let details = TrapDetails(
        errno: 0xbeef, code: 1, number: number, architecture: token, callAddress: 0x1234, rax: rax)
      #expect(
        expectation(verdict(.trap(0xbeef)), call, .init(instructionPointer: 0x1234))
          == .exactly(.trapped(details)), "\(call)")
      #expect(
        expectation(verdict(.trap(1)), call, .init(hasSIGSYSHandler: false)) == .exactly(.died(signal: 31)))
    }
  }

  @Test("TRAP of a number that is a restart code is unpredictable, by the register that the kernel compares")
  func trapRestart() {
    for code in Int64(-520)...(-508) {
      let isRestart = [-512, -513, -514, -516].contains(code)
      let signed = Call(.syscall, rax: UInt64(bitPattern: code))
      let zeroExtended = UInt64(UInt32(truncatingIfNeeded: code))
      #expect(isUnpredictable(signed) == isRestart, "\(code)")
      #expect(!isUnpredictable(Call(.syscall, rax: zeroExtended)), "compared with 64 bits: \(code)")
      #expect(isUnpredictable(Call(.int80, rax: zeroExtended)) == isRestart, "\(code)")
      #expect(isUnpredictable(Call(.int80, rax: UInt64(bitPattern: code))) == isRestart, "\(code)")
      #expect(expectation(verdict(.errno(1)), signed) == .exactly(.returned(-1)), "only TRAP rolls rax back")
    }
  }

  @Test("a handler that leaves by a jump sees the restart done: the number again, or -EINTR")
  func trapRestartLeft() {
    // Code, what a handler finds in rax, and with SA_RESTART; as observed on 6.18.
    let cases: [(Int64, plain: Int64, restarting: Int64)] = [
      (-512, -4, -512), (-513, -513, -513), (-514, -4, -4), (-515, -515, -515), (-516, -4, -4),
    ]
    for (code, plain, restarting) in cases {
      let call = Call(.syscall, rax: UInt64(bitPattern: code))
      for (restarts, found) in [(false, plain), (true, restarting)] {
        let details = TrapDetails(
          errno: 1, number: Int32(code), architecture: AuditToken.x86_64, callAddress: 0,
          rax: UInt64(bitPattern: found))
        #expect(
          expectation(verdict(.trap(1)), call, .init(handlerReturns: false, handlerRestarts: restarts))
            == .exactly(.trapped(details)), "\(code) \(restarts)")
      }
    }
    let compat = TrapDetails(
      errno: 1, number: -513, architecture: AuditToken.i386, callAddress: 0, rax: 0xffff_fdff)
    #expect(
      expectation(verdict(.trap(1)), Call(.int80, rax: 0xffff_fdff), .init(handlerReturns: false))
        == .exactly(.trapped(compat)))
  }

  private func isUnpredictable(_ call: Call) -> Bool {
    expectation(verdict(.trap(1)), call) == .unpredictable(.restartCodeTrapped)
  }

  @Test(
    "335 and 336 are shown to no filter on the native 64-bit entry, and only there",
    arguments: [335, 336] as [UInt64])
  func exempt(number: UInt64) {
    for value in [verdict(.killProcess), verdict(.errno(1)), verdict(.allow)] {
      for shield in [KernelModel.Shield.none, .errno(marker: 4077)] {
        for rax in [number, number | 0xdead_0000_0000_0000] {
          let prediction = linux6_18.predict([value], Call(.syscall, rax: rax), .init(shield: shield))
          #expect(prediction.expectation == .runs)
          #expect(prediction.decider == .notConsulted)
        }
      }
    }
    for call in [Call(.int80, rax: number), Call(.syscall, rax: number | 0x4000_0000)] {
      #expect(expectation(verdict(.errno(7)), call) == .exactly(.returned(-7)))
      #expect(linux6_18.resultOfExemptCall(call) == nil)
    }
    #expect(
      linux6_18.resultOfExemptCall(Call(.syscall, rax: number))
        == (number == 335 ? .died(signal: 4) : .returned(-6)))
    #expect(expectation(verdict(.errno(7)), Call(.syscall, rax: 334)) == .exactly(.returned(-7)))
    #expect(expectation(verdict(.errno(7)), Call(.syscall, rax: 337)) == .exactly(.returned(-7)))
  }

  @Test("what is allowed runs if a table has it, and is ENOSYS if none does")
  func dispatch() {
    let missing = Prediction.Expectation.exactly(.returned(-38))
    let cases: [(Call, Prediction.Expectation)] = [
      (getpidCall, .runs), (Call(.syscall, rax: 0xffff_ffff_0000_0027), .runs),
      (Call(.syscall, rax: 0x1_0000_0027), .runs), (Call(.syscall, rax: .max), missing),
      (Call(.syscall, rax: 0xffff_ffff), missing), (Call(.syscall, rax: 0x8000_0000), missing),
      (Call(.syscall, rax: 0x8000_0027), missing), (Call(.syscall, rax: 600), missing),
      (Call(.syscall, rax: 512), missing), (Call(.syscall, rax: 520), missing),
      (Call(.syscall, rax: 400), missing), (Call(.syscall, rax: 0x4000_0027), missing),
      (Call(.syscall, rax: 424), .runs), (Call(.int80, rax: 20), .runs), (Call(.int80, rax: 0), .runs),
      (Call(.int80, rax: 0x4000_0014), missing), (Call(.int80, rax: 600), missing),
      (Call(.int80, rax: .max), missing), (Call(.int80, rax: 359), .runs), (Call(.vsyscall, rax: 96), .runs),
    ]
    for (call, expected) in cases {
      #expect(expectation(verdict(.allow), call) == expected, "\(call)")
      #expect(expectation(verdict(.log), call) == expected, "\(call)")
      #expect(
        expectation(verdict(.errno(9)), call) == .exactly(.returned(-9)), "denied all the same: \(call)")
    }
  }

  @Test("the vsyscall page checks pointers and slots before any filter is asked")
  func vsyscall() {
    let kernelPointer: UInt64 = 0xffff_8000_0000_0000
    let cases: [(Call, Prediction.Expectation)] = [
      (Call(.vsyscall, rax: 96), .exactly(.returned(-9))),
      (Call(.vsyscall, rax: 96, arguments: Arguments(0x7000, kernelPointer)), .unpredictable(.userMemory)),
      (Call(.vsyscall, rax: 201, arguments: Arguments(0, kernelPointer)), .exactly(.returned(-9))),
      (Call(.vsyscall, rax: 201, arguments: Arguments(kernelPointer)), .unpredictable(.userMemory)),
      (Call(.vsyscall, rax: 39), .unpredictable(.noVsyscallSlot)),
    ]
    for (call, expected) in cases { #expect(expectation(verdict(.errno(9)), call) == expected, "\(call)") }
  }
}
