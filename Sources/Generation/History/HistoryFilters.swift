import ClassicBPF
import SeccompModel

/// Harmless calls that histories make and their filters speak of, by x86_64 and i386 number (asm/unistd).
struct HarmlessCall: Hashable, Sendable {
  var x86_64: UInt32
  var i386: UInt32

  /// getpid, getppid, getuid, gettid, getpgrp, getgid, sched_get_priority_max, geteuid.
  static let all: [HarmlessCall] = [
    .init(x86_64: 39, i386: 20), .init(x86_64: 110, i386: 64), .init(x86_64: 102, i386: 199),
    .init(x86_64: 186, i386: 224), .init(x86_64: 111, i386: 65), .init(x86_64: 104, i386: 200),
    .init(x86_64: 146, i386: 159), .init(x86_64: 107, i386: 201),
  ]

  /// Those of the vsyscall page: gettimeofday, time, getcpu.
  static let vsyscalls: [UInt32] = [96, 201, 309]

  /// Numbers without a call, and what looks like one.
  static let odd: [UInt32] = [
    0xffff_ffff, 0x4000_0027, 600, 1100, 0x8000_0027, 0x7fff_ffff, 0xffff_fe00, 335, 336,
  ]
}

/// What one history is mostly about: few calls, so that filters and calls meet.
struct HistoryFocus: Hashable, Sendable {
  var calls: [HarmlessCall]
  var vsyscall: UInt32
  var odd: UInt32

  init(using random: inout RandomSource) {
    let any = HarmlessCall(x86_64: 39, i386: 20)
    calls = (0..<2).map { _ in random.pick(HarmlessCall.all, else: any) }
    vsyscall = random.pick(HarmlessCall.vsyscalls, else: 96)
    odd = random.pick(HarmlessCall.odd, else: 600)
  }

  /// For a filter to look for.
  func filterNumber(using random: inout RandomSource) -> UInt32 {
    let call = calls[random.below(calls.count)]
    switch random.below(20) {
    case 0...8: return call.x86_64
    case 9...14: return call.i386
    case 15...16: return vsyscall
    case 17...18: return odd
    default: return random.pick(HarmlessCall.odd, else: 600)
    }
  }

  /// For a call to make.
  func callNumber(isCompat: Bool, using random: inout RandomSource) -> UInt32 {
    if random.chance(1, of: 8) {
      return random.chance(3, of: 4) ? odd : random.pick(HarmlessCall.odd, else: 600)
    }
    let call =
      random.chance(1, of: 8)
      ? HarmlessCall.all[random.below(HarmlessCall.all.count)] : calls[random.below(calls.count)]
    return isCompat ? call.i386 : call.x86_64
  }
}

/// The small filters that histories install. None of them touches what actors need for themselves.
struct HistoryFilters {
  let focus: HistoryFocus

  func random(using random: inout RandomSource) -> Filter {
    switch random.index(weighted: [30, 8, 8, 6, 8, 4, 3, 4, 5]) {
    case 0: one(using: &random)
    case 1: byArchitecture(using: &random)
    case 2: byArgument(using: &random)
    case 3: two(using: &random)
    case 4: byHighHalf(using: &random)
    case 5: everything(.allow)
    case 6: divided(using: &random)
    case 7: denyRest(using: &random)
    default: broken(using: &random)
    }
  }

  /// One that notifies.
  func notifying(using random: inout RandomSource) -> Filter {
    only(number(using: &random), .notify)
  }

  /// One that asks the tracer.
  func tracing(using random: inout RandomSource) -> Filter {
    only(number(using: &random), .trace(ActionPalette.traceData(using: &random)))
  }

  func only(_ number: UInt32, _ action: Action) -> Filter {
    Filter([
      .load(.number), .jump(equal: number, then: 0, otherwise: 1), .return(action), .return(.allow),
    ])
  }

  private func everything(_ action: Action) -> Filter { Filter([.return(action)]) }

  private func number(using random: inout RandomSource) -> UInt32 { focus.filterNumber(using: &random) }

  static func action(using random: inout RandomSource) -> Action {
    switch random.index(weighted: [30, 16, 7, 7, 10, 10, 4, 6, 10]) {
    case 0: .errno(errno(using: &random))
    case 1: .trap(UInt16(truncatingIfNeeded: random.next()))
    case 2: .killThread
    case 3: .killProcess
    case 4: .trace(ActionPalette.traceData(using: &random))
    case 5: .notify
    case 6: .log
    case 7:
      .unknown(
        random.pick(
          [
            0x1000_0000, 0x9000_0000, 0x8001_0000, 0x0004_0000, 0x7ffd_0000, 0xffff_0000, 0x0000_1234,
            0x7fff_0001,
          ], else: 0x1000_0000))
    default: .allow
    }
  }

  private static func errno(using random: inout RandomSource) -> UInt16 {
    random.chance(1, of: 3)
      ? random.pick([0, 0, 0, 1, 511, 512, 513, 514, 516, 4095, 4096, 0xffff], else: 0)
      : UInt16(random.within(2000...4000))
  }

  private func one(using random: inout RandomSource) -> Filter {
    only(number(using: &random), Self.action(using: &random))
  }

  /// The same number means another call by another entry.
  private func byArchitecture(using random: inout RandomSource) -> Filter {
    let token = random.chance(1, of: 2) ? AuditToken.x86_64 : AuditToken.i386
    return Filter([
      .load(.architecture), .jump(equal: token, then: 0, otherwise: 3), .load(.number),
      .jump(equal: number(using: &random), then: 0, otherwise: 1), .return(Self.action(using: &random)),
      .return(.allow),
    ])
  }

  private func byArgument(using random: inout RandomSource) -> Filter {
    Filter([
      .load(.number), .jump(equal: number(using: &random), then: 0, otherwise: 4),
      .load(.low(argument: random.below(6))), .jump(equal: UInt32(random.below(3)), then: 1, otherwise: 0),
      .return(Self.action(using: &random)), .return(Self.action(using: &random)), .return(.allow),
    ])
  }

  /// The upper halves that `int $0x80` shows to filters and not to calls.
  private func byHighHalf(using random: inout RandomSource) -> Filter {
    Filter([
      .load(.number), .jump(equal: number(using: &random), then: 0, otherwise: 3),
      .load(.high(argument: random.below(6))), .jump(equal: 0, then: 1, otherwise: 0),
      .return(Self.action(using: &random)), .return(.allow),
    ])
  }

  private func two(using random: inout RandomSource) -> Filter {
    Filter([
      .load(.number), .jump(equal: number(using: &random), then: 1, otherwise: 0),
      .jump(equal: number(using: &random), then: 1, otherwise: 2), .return(Self.action(using: &random)),
      .return(Self.action(using: &random)), .return(.allow),
    ])
  }

  /// A division by zero ends the filter, which is KILL_THREAD.
  private func divided(using random: inout RandomSource) -> Filter {
    Filter([
      .load(.number), .jump(equal: number(using: &random), then: 0, otherwise: 1), .operation(.divideX),
      .return(.allow),
    ])
  }

  /// The harmless calls denied at one go, by their numbers' parity.
  private func denyRest(using random: inout RandomSource) -> Filter {
    Filter([
      .load(.number), .jump(greaterOrEqual: 102, then: 0, otherwise: 2),
      .jump(greaterOrEqual: 112, then: 1, otherwise: 0), .return(Self.action(using: &random)),
      .return(.allow),
    ])
  }

  /// What the kernel refuses to load.
  func broken(using random: inout RandomSource) -> Filter {
    switch random.below(6) {
    case 0: Filter([])
    case 1: Filter([.load(.number)])
    case 2: Filter([.load(absolute: 64), .return(.allow)])
    case 3: Filter([.load(absolute: 2), .return(.allow)])
    case 4: Filter([.load(memory: 0), .return(.allow)])
    default: Filter([.jump(5), .return(.allow)])
    }
  }
}

extension Array {
  /// One element; nil when there is none.
  func randomElement(using random: inout RandomSource) -> Element? {
    isEmpty ? nil : self[random.below(count)]
  }
}
