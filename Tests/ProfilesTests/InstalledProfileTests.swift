import ProfileFiles
import Profiles
import SeccompModel
import Testing

private let installed = "/usr/share/containers/seccomp.json"

@Suite("The installed containers profile")
struct InstalledProfileTests {
  @Test(
    "is read in the Docker form, resolved for Docker's capabilities, with nothing unexplained",
    .enabled(
      if: Repository.exists(installed),
      "\(installed) is not installed (package golang-github-containers-common)"))
  func isRead() throws {
    let document = try ProfileFile.read(installed)
    #expect(document.form == .docker)
    #expect(document.profile.defaultAction == .errno(38))
    #expect(document.profile.architectures == [.x86_64, .x86, .x32])
    #expect(document.profile.rules.count > 300)
    #expect(document.resolution == ResolutionContext())
    #expect(document.entrySources.count == document.profile.entries.count)
    let unexpected = document.remarks.filter { remark in
      remark.severity == .warning && remark.kind != .unknownName
    }
    #expect(unexpected.isEmpty)
    #expect(document.remarks.contains { $0.kind == .leftOut && $0.message.contains("CAP_SYS_ADMIN") })

    // socket(AF_NETLINK, …, NETLINK_AUDIT) is refused only without CAP_AUDIT_WRITE, which Docker gives.
    let sockets = document.profile.entries.filter { $0.names == ["socket"] }
    #expect(sockets == [.init(names: ["socket"], action: .allow)])
  }

  @Test(
    "gives a container with CAP_SYS_ADMIN more, and one without any capability less",
    .enabled(
      if: Repository.exists(installed),
      "\(installed) is not installed (package golang-github-containers-common)"))
  func dependsOnCapabilities() throws {
    func action(of name: String, capabilities: Set<String>) throws -> [Action] {
      let context = ResolutionContext(capabilities: capabilities)
      return try ProfileFile.read(installed, context: context).profile.rules.filter { $0.name == name }.map(
        \.action)
    }
    #expect(try action(of: "fanotify_init", capabilities: ["CAP_SYS_ADMIN"]) == [.allow])
    #expect(try action(of: "fanotify_init", capabilities: []) == [.errno(1)])
    #expect(try action(of: "chroot", capabilities: ["CAP_SYS_CHROOT"]) == [.allow])
    #expect(try action(of: "chroot", capabilities: []) == [.errno(1)])
  }
}
