package import ClassicBPF

/// What a few processes and threads do, one step at a time: what a scenario and a history are made of.
///
/// Actor 0 is there at first: a process without a filter, with the driver's privileges, whose SIGSYS has its default
/// disposition. Steps are taken strictly one after another, whoever takes them. Actors that are left at the end are
/// killed.
package struct Script: Hashable, Sendable {
  /// The programs that steps speak of, by index.
  package var filters: [Filter]
  /// What stands in the scratch memory before the first step; the rest of it is zero.
  package var memory: [MemoryPiece]
  package var steps: [Step]

  package init(filters: [Filter] = [], memory: [MemoryPiece] = [], steps: [Step] = []) {
    self.filters = filters
    self.memory = memory
    self.steps = steps
  }

  /// Bytes at an offset in the scratch memory.
  package struct MemoryPiece: Hashable, Sendable {
    package var offset: Int
    package var bytes: [UInt8]

    package init(at offset: Int, _ bytes: [UInt8]) {
      self.offset = offset
      self.bytes = bytes
    }
  }

  /// Actors that one script can have.
  package static let actorCapacity = 24
  /// Steps that one script can have.
  package static let stepCapacity = 256
  /// Programs that one script can have, and their instructions together.
  package static let filterCapacity = 64
  package static let instructionCapacity = 16384
  /// Bytes of scratch memory. All actors see the same.
  package static let scratchSize = 0x10000
}

/// One actor's next action.
package struct Step: Hashable, Sendable {
  /// Who takes it.
  package var actor: Int
  package var action: StepAction

  package init(_ actor: Int, _ action: StepAction) {
    self.actor = actor
    self.action = action
  }
}
