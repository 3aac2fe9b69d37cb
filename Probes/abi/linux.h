/* The kernel's numbers that the probe uses, under the names of its headers. */
#pragma once

enum {
  /* asm/unistd_64.h */
  NR_mmap = 9,
  NR_rt_sigaction = 13,
  NR_poll = 7,
  NR_setsid = 112,
  NR_getpid = 39,
  NR_getpgid = 121,
  NR_wait4 = 61,
  NR_kill = 62,
  NR_fcntl = 72,
  NR_fchdir = 81,
  NR_setpgid = 109,
  NR_ptrace = 101,
  NR_geteuid = 107,
  NR_setgroups = 116,
  NR_setresuid = 117,
  NR_setresgid = 119,
  NR_prctl = 157,
  NR_setrlimit = 160,
  NR_chroot = 161,
  NR_mount = 165,
  NR_futex = 202,
  NR_exit_group = 231,
  NR_unshare = 272,
  NR_close_range = 436,

  /* asm-generic/mman.h */
  PROT_READ_WRITE = 3,
  MAP_SHARED = 1,
  MAP_FIXED_NOREPLACE = 0x100000,
  MAP_PRIVATE_ANONYMOUS_POPULATE = 0x8022,

  /* asm-generic/fcntl.h */
  F_SETFL = 4,
  F_SETOWN = 8,
  F_SETSIG = 10,
  O_ASYNC = 020000,
  O_NONBLOCK = 04000,
  POLLHUP = 0x10,

  /* asm/signal.h */
  SIGSYS = 31,
  SIGKILL = 9,
  SIGTRAP = 5,
  SIGSTOP = 19,
  SA_SIGINFO = 0x4,
  SA_RESTORER = 0x04000000,
  SA_NODEFER = 0x40000000,

  /* linux/sched.h */
  CLONE_VM = 0x100,
  CLONE_FS = 0x200,
  CLONE_FILES = 0x400,
  CLONE_VFORK = 0x4000,
  CLONE_NEWNS = 0x20000,
  CLONE_SYSVSEM = 0x40000,
  CLONE_NEWUTS = 0x04000000,
  CLONE_NEWIPC = 0x08000000,
  CLONE_NEWPID = 0x20000000,
  CLONE_NEWNET = 0x40000000,

  /* linux/wait.h */
  WALL = 0x40000000,

  /* linux/futex.h */
  FUTEX_WAIT = 0,
  FUTEX_WAKE = 1,

  /* linux/prctl.h, linux/resource.h */
  PR_SET_DUMPABLE = 4,
  PR_SET_NO_NEW_PRIVS = 38,
  RLIMIT_CORE = 4,

  /* linux/ptrace.h */
  PTRACE_CONT = 7,
  PTRACE_POKEUSER = 6,
  PTRACE_SETOPTIONS = 0x4200,
  PTRACE_GETEVENTMSG = 0x4201,
  PTRACE_SEIZE = 0x4206,
  PTRACE_O_TRACEVFORK = 0x4,
  PTRACE_O_TRACECLONE = 0x8,
  PTRACE_O_TRACESECCOMP = 0x80,
  PTRACE_O_EXITKILL = 0x100000,
  PTRACE_O_SUSPEND_SECCOMP = 0x200000,
  PTRACE_EVENT_SECCOMP = 7,
  USER_ORIG_RAX = 15 * 8, /* offsetof(struct user_regs_struct, orig_rax), sys/user.h */

  /* linux/mount.h */
  MS_REC = 16384,
  MS_PRIVATE = 1 << 18,

  /* asm-generic/errno-base.h */
  EPERM = 1,

  /* linux/filter.h, linux/bpf_common.h: the four codes a shield is made of */
  BPF_LD_W_ABS = 0x20,
  BPF_JMP_JEQ_K = 0x15,
  BPF_RET_K = 0x06,
};

/* linux/seccomp.h */
#define SECCOMP_RET_ERRNO 0x00050000u
#define SECCOMP_RET_TRACE 0x7ff00000u
#define SECCOMP_RET_ALLOW 0x7fff0000u
