/// A seccomp filter: a classic-BPF program. Whether the kernel accepts it is the checker's question.
public struct Filter: Hashable, Sendable {
  public var instructions: [Instruction]

  /// The kernel's limit (`BPF_MAXINSNS` of `linux/bpf_common.h`).
  public static let maximumLength = 4096

  @inlinable
  public init(_ instructions: [Instruction]) { self.instructions = instructions }

  @inlinable public var count: Int { instructions.count }
}
