import ClassicBPF
import Foundation
import Generation
import Prediction
import Probing
import SeccompModel
import Testing

@testable import Campaign

/// Faults between us and the kernel, as a broken kernel or a broken model would have them.
@Suite("Sabotaged programs", .serialized, .timeLimit(.minutes(30)))
struct FilterSabotageTests {
  /// A kernel that takes one operation for another.
  struct Slip: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var change: @Sendable (Instruction) -> Instruction

    init(_ name: String, _ change: @escaping @Sendable (Instruction) -> Instruction) {
      testDescription = name
      self.change = change
    }

    /// `wrong` in the place of `right`.
    static func taking(_ right: Opcode, for wrong: Opcode) -> Slip {
      Slip("\(right.name) as \(wrong.name)") { instruction in
        guard instruction.opcode == right else { return instruction }
        var instruction = instruction
        instruction.code = wrong.rawValue
        return instruction
      }
    }

    var fault: PlantedFault {
      var fault = PlantedFault()
      fault.installed = { [change] in Filter($0.instructions.map(change)) }
      return fault
    }
  }

  static let slips: [Slip] = [
    .taking(.xorX, for: .orX), .taking(.xorK, for: .orK), .taking(.addK, for: .subtractK),
    .taking(.subtractX, for: .addX), .taking(.shiftRightX, for: .shiftLeftX), .taking(.andX, for: .orX),
    .taking(.negate, for: .copyXToA), .taking(.copyAToX, for: .copyXToA), .taking(.storeX, for: .storeA),
    .taking(.multiplyK, for: .addK), .taking(.jumpGreaterOrEqualK, for: .jumpGreaterK),
    .taking(.jumpGreaterX, for: .jumpGreaterOrEqualX), .taking(.jumpSetX, for: .jumpEqualX),
    .taking(.jumpSetK, for: .jumpEqualK), .taking(.loadLength, for: .loadImmediate),
    Slip("signed JGT K") { instruction in
      guard instruction.opcode == .jumpGreaterK, instruction.k >= 0x8000_0000 else { return instruction }
      var instruction = instruction
      instruction.k = 0
      return instruction
    },
    Slip("a return's data plus 1") { instruction in
      guard instruction.opcode == .returnK, instruction.k & 0xffff_0000 == 0x0005_0000 else {
        return instruction
      }
      return .return(instruction.k ^ 1)
    },
    Slip("TRAP as ERRNO") { instruction in
      guard instruction.opcode == .returnK, instruction.k & 0xffff_0000 == 0x0003_0000 else {
        return instruction
      }
      return .return(instruction.k & 0xffff | 0x0005_0000)
    },
    Slip("an unknown action beside ALLOW as ALLOW") { instruction in
      guard instruction.opcode == .returnK, [0x7ffd_0000, 0x7ffe_0000].contains(instruction.k & 0xffff_0000)
      else { return instruction }
      return .return(.allow)
    },
    Slip("jt and jf of JEQ X exchanged") { instruction in
      guard instruction.opcode == .jumpEqualX else { return instruction }
      return Instruction(
        .jumpEqualX, jumpTrue: instruction.jumpFalse, jumpFalse: instruction.jumpTrue, k: instruction.k)
    },
    Slip("the high half of argument 0 for its low half") { instruction in
      guard instruction.opcode == .loadAbsolute, instruction.k == 16 else { return instruction }
      return .load(.high(argument: 0))
    },
  ]

  private static func workbench(_ fault: PlantedFault?) throws -> Workbench {
    var options = Workbench.Options()
    options.libraries = []
    options.fault = fault
    return try Workbench(options, features: try FeatureProbe.detect())
  }

  /// The first difference of a kind that the cases of seed 1 show.
  private static func first(_ kind: FindingKind, on workbench: Workbench, cases: UInt64) throws -> Difference?
  {
    let generator = RawFilterGenerator(seed: 1)
    for number in 0..<cases {
      let result = try workbench.run(
        generator.makeCase(number: number), random: generator.callSource(number: number),
        effort: FilterEffort())
      if let difference = result.differences.first(where: { $0.kind == kind }) { return difference }
    }
    return nil
  }

  @Test("a kernel that runs one operation wrongly is found out, in a few instructions", arguments: slips)
  func slip(_ slip: Slip) throws {
    let bench = try Self.workbench(slip.fault)
    let difference = try #require(try Self.first(.filterKernel, on: bench, cases: 3000))
    let investigation = Investigation(
      workbench: bench, environment: RunEnvironment.detect(bench), patience: 600_000_000_000)
    let found = try #require(try investigation.finding(of: difference, in: [], origin: nil))
    let small = found.minimized
    let program = small.filters.map { Disassembler($0).text }.joined(separator: "under it\n")
    #expect(
      small.filters.count == 1 && small.filters[0].count <= 7,
      "\(small.answers.predicted as Any), seen \(small.answers.kernel as Any), steady \(small.isSteady), of\n\(program)"
    )
    #expect(small.answers.predicted != small.answers.kernel)

    // It reads back, shows again under the fault, and is gone without it.
    let reread = try SavedCase(json: small.json())
    #expect(reread == small)
    var options = bench.options
    #expect(try Replay.run(reread, workbench: options).reproduced)
    options.fault = nil
    #expect(try !Replay.run(reread, workbench: options).reproduced)
  }

  @Test("a checker that misses one reason to refuse is found out", arguments: FilterRejection.Reason.names)
  func missedRefusal(_ reason: String) throws {
    var fault = PlantedFault()
    fault.accepts = { filter in
      do throws(FilterRejection) {
        try filter.check()
        return nil
      } catch {
        return error.reason.name == reason ? true : nil
      }
    }
    let bench = try Self.workbench(fault)
    let difference = try #require(try Self.first(.kernelInstall, on: bench, cases: 600))
    // A program of 4097 instructions has no smaller one, but many to ask about.
    let investigation = Investigation(
      workbench: bench, environment: RunEnvironment.detect(bench), attempts: 60)
    let small = try #require(try investigation.finding(of: difference, in: [], origin: nil)).minimized
    #expect(
      small.fingerprint.signature == "kernel-install/return expected, errno seen/one filter/64-bit/\(reason)")
    #expect(small.filters.count == 1)
    if reason != "too many instructions" { #expect(small.filters[0].count <= 3) }
    #expect(small.answers.predicted == .returned(0) && small.answers.kernel == .returned(-22))
    #expect(try Replay.run(small, workbench: bench.options).reproduced)
  }

  @Test("a checker that refuses what it should take is found out")
  func wrongRefusal() throws {
    var fault = PlantedFault()
    fault.accepts = { $0.instructions.contains { $0.opcode == .shiftLeftK && $0.k == 31 } ? false : nil }
    let bench = try Self.workbench(fault)
    let difference = try #require(try Self.first(.kernelInstall, on: bench, cases: 600))
    let investigation = Investigation(workbench: bench, environment: RunEnvironment.detect(bench))
    let small = try #require(try investigation.finding(of: difference, in: [], origin: nil)).minimized
    #expect(small.filters == [Filter([.operation(.shiftLeftK, 31), .return(.errno(1))])])
  }

  @Test("a kernel that counts the filters of a stack otherwise is found out")
  func chainLimit() throws {
    var fault = PlantedFault()
    // Each filter grows by an instruction that does nothing.
    fault.installed = { Filter([.load(immediate: 0)] + $0.instructions) }
    let bench = try Self.workbench(fault)
    let generator = RawFilterGenerator(seed: 1)
    var found = false
    for number in stride(from: UInt64(260), to: 260 + 512 * 16, by: 512) where !found {
      let generated = generator.makeCase(number: number)
      let difference = try bench.loadingDifference(generated.stack)
      found = difference?.observed == .returned(-12) && difference?.predicted == .returned(0)
    }
    #expect(found)
  }
}
