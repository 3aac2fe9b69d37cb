import Testing

@testable import Targets

/// One test for each, so that it is seen which are left out, and why.
@Suite("Of the runtimes that the tests can do without")
struct PresenceTests {
  private func isTested(_ name: RuntimeName) -> Bool { OtherRuntime.here.contains { $0.name == name } }

  @Test("firejail is tested", .mayLack(.firejail)) func firejail() { #expect(isTested(.firejail)) }
  @Test("podman with crun is tested", .mayLack(.podmanCrun)) func podmanCrun() {
    #expect(isTested(.podmanCrun))
  }
  @Test("podman with runc is tested", .mayLack(.podmanRunc)) func podmanRunc() {
    #expect(isTested(.podmanRunc))
  }
  @Test("lxc is tested", .mayLack(.lxc)) func lxc() { #expect(isTested(.lxc)) }
  @Test("nsjail is tested", .mayLack(.nsjail)) func nsjail() { #expect(isTested(.nsjail)) }
  @Test("docker is tested", .mayLack(.docker)) func docker() { #expect(isTested(.docker)) }
  @Test("containerd is tested", .mayLack(.containerd)) func containerd() { #expect(isTested(.containerd)) }
}
