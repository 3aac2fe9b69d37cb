import Testing

import Targets

@Suite("The status of a process")
struct ProcessStatusTests {
  static let text = """
    Name:\tsh: x
    State:\tS (sleeping)
    TracerPid:\t12
    VmSize:\t    2580 kB
    Seccomp:\t2
    Seccomp_filters:\t3

    """

  @Test("is read from the kernel's text")
  func reading() throws {
    let status = try #require(ProcessStatus(text: Self.text))
    #expect(status.state == "S")
    #expect(status.tracer == 12)
    #expect(status.mode == .filter)
    #expect(status.filterCount == 3)
    #expect(status.hasMemory)
  }

  @Test("has no filter count on kernels that do not say, and no memory in the kernel's threads")
  func missing() throws {
    let status = try #require(ProcessStatus(text: "State:\tI (idle)\nTracerPid:\t0\nSeccomp:\t1\n"))
    #expect(status.mode == .strict)
    #expect(status.filterCount == nil)
    #expect(!status.hasMemory)
  }

  @Test(
    "is nothing when the text is none",
    arguments: ["", "nonsense", "State:\tS\n", "TracerPid:\tx\nState:\tS\n"])
  func nonsense(_ text: String) {
    #expect(ProcessStatus(text: text) == nil)
  }

  @Test("can be had of this process, and of none that is not there")
  func live() throws {
    let status = try #require(ProcessStatus.of(1))
    #expect(status.hasMemory)
    #expect(ProcessStatus.of(.max) == nil)
    #expect(ProcessStatus.threads(of: 1).contains(1))
    #expect(ProcessStatus.threads(of: .max).isEmpty)
  }
}
