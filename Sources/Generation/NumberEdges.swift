import SeccompModel

/// Numbers at which a table, an ABI or a sign begins or ends.
package enum NumberEdges {
  /// The edges of `syscall` and `int $0x80` alike: the ends of the tables and of x32's own numbers (512 to 547,
  /// `asm/unistd_x32.h`), powers of two, the x32 bit, negative numbers and the kernel's restart codes.
  package static let all: [UInt32] = [
    0, 1, 333, 334, 335, 336, 337, 386, 387, 402, 403, 423, 424, 470, 471, 472, 473,
    510, 511, 512, 513, 546, 547, 548, 549, 1023, 1024, 4095, 4096, 0x7fff, 0x8000, 0xffff, 0x1_0000,
    x32SyscallBit - 1, x32SyscallBit, x32SyscallBit + 1, x32SyscallBit | 39, x32SyscallBit | 470,
    x32SyscallBit | 511, x32SyscallBit | 512, x32SyscallBit | 547, x32SyscallBit | 548, x32SyscallBit | 1023,
    0x4000_ffff, 0x7fff_fffe, 0x7fff_ffff, 0x8000_0000, 0x8000_0001, 0x8000_0027, 0xbfff_ffff, 0xc000_0000,
    0xc000_0027, 0xffff_efff, 0xffff_f000, 0xffff_fdfb, 0xffff_fdfc, 0xffff_fdfd, 0xffff_fdfe, 0xffff_fdff,
    0xffff_fe00, 0xffff_fe01, 0xffff_ff9b, 0xffff_fffe, 0xffff_ffff,
  ]

  /// Upper halves of the number register, which the kernel ignores: garbage, sign extension, single bits.
  static let upperHalves: [UInt64] = [
    0xdead_beef_0000_0000, 0xffff_ffff_0000_0000, 0x1_0000_0000, 0x8000_0000_0000_0000, 0x7fff_ffff_0000_0000,
    0x4000_0000_0000_0000, 0x5555_5555_0000_0000, 0x4000_0003_0000_0000,
  ]
}
