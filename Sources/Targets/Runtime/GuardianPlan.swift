internal import CLinux
internal import Foundation

/// The plan that a guardian is started with, in the layout of clinux_guardian.h.
struct GuardianPlan {
  /// How long each command of the end may take.
  static let cleanUpLimit: Duration = .seconds(5)

  private var items: [UInt8] = []
  private(set) var itemCount = 0
  /// The words of each command, by its item's number.
  private(set) var commands: [Int: [String]] = [:]

  /// The whole plan of a run.
  init(_ recipe: RuntimeRecipe, at place: RuntimePlace, payload: [UInt8], request: ContainerRequest) {
    add(CLINUX_GUARDIAN_SCRATCH, name: place.scratch)
    addHidden(recipe, place)
    for directory in place.standardDirectories + recipe.directories {
      add(CLINUX_GUARDIAN_DIRECTORY, number: directory.mode, name: directory.path)
    }
    let program = RuntimeRecipe.File(path: place.payload, contents: payload, mode: 0o755)
    for file in [program] + recipe.files {
      add(CLINUX_GUARDIAN_FILE, number: file.mode, name: file.path, data: file.contents)
    }
    add(CLINUX_GUARDIAN_PAYLOAD, name: place.payload)
    if request.exemptsRuntime { add(CLINUX_GUARDIAN_EXEMPT) }
    if request.payloadDescriptor != nil { add(CLINUX_GUARDIAN_DESCRIPTOR, number: 3) }
    for descriptor in recipe.descriptors {
      add(CLINUX_GUARDIAN_DESCRIPTOR, number: descriptor.number, name: descriptor.path)
    }
    addEnvironment(recipe, place)
    addCommands(recipe)
    addCgroups(recipe.cgroups)
  }

  /// One that only removes what a guardian that was killed has left.
  init(removing cgroups: [String]) { addCgroups(cgroups) }

  private mutating func addHidden(_ recipe: RuntimeRecipe, _ place: RuntimePlace) {
    for path in recipe.hidden { add(CLINUX_GUARDIAN_PRIVATE, name: path) }
    // The scratch directory may lie in a hidden one.
    for path in recipe.shown + [place.scratch] { add(CLINUX_GUARDIAN_SHOW, name: path) }
  }

  private mutating func addEnvironment(_ recipe: RuntimeRecipe, _ place: RuntimePlace) {
    var environment = ProcessInfo.processInfo.environment
    // By these a runtime would take itself for a service of somebody's; sd_notify(3), sd_listen_fds(3).
    for name in ["NOTIFY_SOCKET", "LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES"] { environment[name] = nil }
    environment["TMPDIR"] = place.temporary
    environment.merge(recipe.environment) { $1 }
    for (name, value) in environment.sorted(by: { $0.key < $1.key }) {
      add(CLINUX_GUARDIAN_ENVIRONMENT, name: "\(name)=\(value)")
    }
  }

  private mutating func addCommands(_ recipe: RuntimeRecipe) {
    for step in recipe.steps {
      switch step {
      case .prepare(let words): add(CLINUX_GUARDIAN_PREPARE, words: words)
      case .background(let words, let path): add(CLINUX_GUARDIAN_BACKGROUND, name: path, words: words)
      }
    }
    add(CLINUX_GUARDIAN_RUNTIME, words: recipe.command)
    for command in recipe.cleanUp {
      add(CLINUX_GUARDIAN_CLEAN_UP, name: command.whenExists ?? "", words: command.words)
    }
  }

  private mutating func addCgroups(_ cgroups: [String]) {
    for cgroup in cgroups { add(CLINUX_GUARDIAN_CGROUP, name: cgroup) }
  }

  private mutating func add(_ kind: clinux_guardian_item_kind, name: String = "", words: [String]) {
    commands[itemCount] = words
    add(kind, name: name, data: words.flatMap { Array($0.utf8) + [0] })
  }

  private mutating func add(
    _ kind: clinux_guardian_item_kind, number: UInt32 = 0, name: String = "", data: [UInt8] = []
  ) {
    let name = Array(name.utf8)
    let head = clinux_guardian_item(
      kind: kind.rawValue, number: number, name_bytes: UInt32(name.count), data_bytes: UInt32(data.count))
    withUnsafeBytes(of: head) { items += $0 }
    items += name + [0] + data
    items += [UInt8](repeating: 0, count: (8 - items.count % 8) % 8)
    itemCount += 1
  }

  /// The plan's memory.
  func bytes(deadline: Duration, grace: Duration) -> [UInt8] {
    let size = MemoryLayout<clinux_guardian_plan>.size
    let head = clinux_guardian_plan(
      magic: UInt32(CLINUX_GUARDIAN_MAGIC), item_count: UInt32(itemCount), size: UInt64(size + items.count),
      deadline_ns: deadline.nanoseconds, grace_ns: grace.nanoseconds,
      clean_up_ns: Self.cleanUpLimit.nanoseconds)
    return withUnsafeBytes(of: head) { Array($0) } + items
  }
}

extension Duration {
  /// Whole nanoseconds, at most about a year: sums with a clock's time do not overflow.
  package var nanoseconds: Int64 {
    let limit: Int64 = 1 << 55
    guard self < .nanoseconds(limit) else { return limit }
    return max(0, components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000)
  }
}
