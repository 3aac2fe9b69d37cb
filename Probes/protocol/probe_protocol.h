/* The memory that a driver and one probe share: one layout, read by the probe's C and by Swift.
 *
 * The driver owns everything until it raises a command word, the probe until it raises `done`. A word is raised
 * by storing the next sequence number and waking its futex. The memory outlives the probe, so what a dying
 * probe had written stays readable. */
#pragma once

#include <stdint.h>

enum {
  PROBE_PROTOCOL_VERSION = 1,

  /* Descriptors that the driver hands over. */
  PROBE_MEMORY_FD = 3,   /* the shared memory */
  PROBE_LIFELINE_FD = 4, /* read end of a pipe whose write end only the driver holds */
  PROBE_ROOT_FD = 5,     /* live mode: an empty, removed directory to be locked into */

  PROBE_MAX_CALLS = 16384,        /* calls in one batch */
  PROBE_MAX_FILTERS = 64,         /* filters in one stack */
  PROBE_MAX_INSTRUCTIONS = 32768, /* instructions in one stack, all filters together */
};

/* Where the areas stand, in bytes from the start. */
enum {
  PROBE_OFFSET_FILTERS = 2048, /* struct probe_filter[PROBE_MAX_FILTERS], oldest first */
  PROBE_OFFSET_INSTRUCTIONS = 4096,
  PROBE_OFFSET_CALLS = PROBE_OFFSET_INSTRUCTIONS + PROBE_MAX_INSTRUCTIONS * 8,
  PROBE_OFFSET_RESULTS = PROBE_OFFSET_CALLS + PROBE_MAX_CALLS * 64,
  PROBE_OFFSET_TRAPS = PROBE_OFFSET_RESULTS + PROBE_MAX_CALLS * 16,
  PROBE_MEMORY_SIZE = PROBE_OFFSET_TRAPS + PROBE_MAX_CALLS * 32,
};

/* What the monitor is asked to do. */
enum {
  PROBE_COMMAND_INSTALL = 1, /* replace the zygote by one under the stack described; run the batch if there is one */
  PROBE_COMMAND_QUIT = 2,
};

/* How the call entered the kernel. */
enum {
  PROBE_ENTRY_SYSCALL = 0,
  PROBE_ENTRY_INT80 = 1,
};

/* What stands under the tested filters. */
enum {
  PROBE_SHIELD_NONE = 0,
  PROBE_SHIELD_ERRNO = 1, /* an older filter that answers ERRNO|marker to everything */
  PROBE_SHIELD_TRACE = 2, /* an older filter that answers TRACE|marker; the monitor skips each such call */
};

/* Options of one probe, set before it starts. */
enum {
  PROBE_OPTION_LIVE = 1 << 0,        /* own namespaces, an empty root, nobody's ids: calls may be executed */
  PROBE_OPTION_NO_SUSPEND = 1 << 1,  /* use the unprivileged fallback even where SUSPEND_SECCOMP works */
  PROBE_OPTION_CONTAINED = 1 << 2,   /* the payload of a container, under filters that somebody else put on; whoever
                                        traces it has set SUSPEND_SECCOMP. Only the memory is handed over */
};

/* What became of one call. */
enum {
  PROBE_STATE_NOT_RUN = 0,
  PROBE_STATE_RETURNED = 1, /* value: rax */
  PROBE_STATE_TRAPPED = 2,  /* value: rax in the signal context; the rest in the trap area */
  PROBE_STATE_DIED = 3,     /* value: the wait status */
  PROBE_STATE_HUNG = 4,     /* written by the driver: the batch's deadline passed in this call */
  PROBE_STATE_LOST = 5,     /* written by the driver: the probe itself died in this call */
};

/* Where an installation failed. */
enum {
  PROBE_STAGE_NONE = 0,
  PROBE_STAGE_START = 1,   /* setting the probe up */
  PROBE_STAGE_CLONE = 2,   /* cloning the zygote or a kid */
  PROBE_STAGE_SEIZE = 3,   /* PTRACE_SEIZE of the zygote, for another reason than missing privilege */
  PROBE_STAGE_SHIELD = 4,  /* installing the shield */
  PROBE_STAGE_FILTER = 5,  /* installing filter number `failed_filter` */
  PROBE_STAGE_LIVE = 6,    /* entering the namespaces of live mode */
};

struct probe_instruction {
  uint16_t code;
  uint8_t jt;
  uint8_t jf;
  uint32_t k;
};

struct probe_call {
  uint32_t entry;
  uint32_t reserved;
  uint64_t rax;
  uint64_t args[6];
};

struct probe_result {
  uint32_t state;
  uint32_t reserved;
  uint64_t value;
};

/* PTRACE_EVENT_SECCOMP happened: this bit and the event message in `traced`. */
#define PROBE_TRACED_BIT (1ull << 32)

/* What SIGSYS said (the fields of siginfo_t for SYS_SECCOMP), or the tracer. */
struct probe_trap {
  int32_t si_errno;
  int32_t si_code;
  int32_t si_syscall;
  uint32_t si_arch;
  uint64_t si_call_addr;
  uint64_t traced; /* under the TRACE shield only; the driver clears it before a batch */
};

struct probe_filter {
  uint32_t first;  /* index of its first instruction in the instruction area */
  uint32_t length; /* instructions */
  uint32_t flags;  /* SECCOMP_FILTER_FLAG_* */
  uint32_t reserved;
};

struct probe_header {
  /* Set by the driver before the probe starts. */
  uint32_t version;
  uint32_t options;
  uint32_t line0[14];

  /* The futex words, each on a cache line of its own. */
  uint32_t monitor_command; /* driver -> monitor */
  uint32_t line1[15];
  uint32_t zygote_command; /* driver -> zygote: run the batch under the installed stack */
  uint32_t line2[15];
  uint32_t done; /* probe -> driver */
  uint32_t line3[15];

  /* The task, written by the driver. */
  uint32_t operation;
  uint32_t shield;
  uint32_t shield_marker; /* 16 bits */
  uint32_t filter_count;
  uint32_t call_count;
  uint32_t line4[11];

  /* What is known, written by the probe. */
  uint32_t cursor; /* the call being made, all before it have results; the driver sets where to begin */
  uint32_t kills;  /* kids that died in a call, over this batch */
  uint32_t stage;  /* PROBE_STAGE_* of a failure, else 0 */
  int32_t error;   /* the failure's errno */
  uint32_t failed_filter;
  uint32_t suspended;    /* 1: the zygote runs with PTRACE_O_SUSPEND_SECCOMP; 0: kids install for themselves */
  int32_t suspend_error; /* why not, as an errno */
  uint32_t kid_started;
  uint64_t syscall_ip; /* address after the `syscall` instruction of tested calls */
  uint64_t int80_ip;   /* address after their `int $0x80` */
  int32_t zygote_pid;
  uint32_t trace_active; /* the batch runs under the TRACE shield */
};

_Static_assert(sizeof(struct probe_header) <= PROBE_OFFSET_FILTERS, "the header fits its page");
_Static_assert(sizeof(struct probe_call) == 64, "struct Call has this layout");
_Static_assert(sizeof(struct probe_result) == 16, "results are dense");
_Static_assert(sizeof(struct probe_trap) == 32, "traps are dense");
