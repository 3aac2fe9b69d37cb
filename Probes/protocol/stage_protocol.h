/* The memory that a driver, one stage and all its actors share: one layout for C and Swift, and for 64-bit and 32-bit
 * programs. Every field stands at a multiple of its size, and there is no pointer in it.
 *
 * It is mapped at the same address everywhere in the probe, below 2^32, so that the driver can write addresses into
 * arguments and `struct sock_fprog`s before anybody runs. */
#pragma once

#include <stdint.h>

enum {
  STAGE_PROTOCOL_VERSION = 1,

  /* Descriptors that the driver hands over; actors have only the first. */
  STAGE_MEMORY_FD = 3,
  STAGE_LIFELINE_FD = 4,

  STAGE_MAX_ACTORS = 24,
  STAGE_MAX_STEPS = 256,
  STAGE_MAX_PROGRAMS = 64,
  STAGE_MAX_INSTRUCTIONS = 16384,
  STAGE_MAX_WORDS = 8,
  STAGE_PATH_SIZE = 512,
};

/* Where the areas stand. */
enum {
  STAGE_BASE = 0x20000000,
  STAGE_OFFSET_ACTORS = 0x1000,  /* struct stage_actor[STAGE_MAX_ACTORS] */
  STAGE_OFFSET_STEPS = 0x2000,   /* struct stage_step[STAGE_MAX_STEPS] */
  STAGE_OFFSET_RESULTS = 0x10000, /* struct stage_result[STAGE_MAX_STEPS + 1]; the last is nobody's */
  STAGE_OFFSET_SCRATCH = 0x80000,
  STAGE_SCRATCH_SIZE = 0x10000,
  STAGE_OFFSET_PROGRAMS = 0x90000,   /* struct sock_fprog as 64-bit callers lay it out, 16 bytes each */
  STAGE_OFFSET_PROGRAMS32 = 0x91000, /* struct compat_sock_fprog, 8 bytes each */
  STAGE_OFFSET_INSTRUCTIONS = 0x92000,
  STAGE_MEMORY_SIZE = 0xc0000,
};

/* What a step does; enum StepAction in Sources/Scripts says more. */
enum {
  STAGE_STEP_CALL = 1,
  STAGE_STEP_BEGIN = 2,
  STAGE_STEP_FINISH = 3,
  STAGE_STEP_SPAWN_PROCESS = 4, /* target: actor; flags: CLONE_NEW* */
  STAGE_STEP_SPAWN_THREAD = 5,  /* target: actor */
  STAGE_STEP_EXECUTE = 6,       /* target: STAGE_BUILD_* */
  STAGE_STEP_HANDLE = 7,        /* target: signal; disposition; flags: SA_* */
  STAGE_STEP_MASK = 8,          /* target: signal; disposition: 1 blocks */
  STAGE_STEP_STATUS = 9,
  STAGE_STEP_END = 10,
  STAGE_STEP_SPIN = 11,
  STAGE_STEP_RDTSC = 12,
};

enum {
  STAGE_ENTRY_SYSCALL = 0,
  STAGE_ENTRY_INT80 = 1,
  STAGE_ENTRY_SYSENTER = 2,
  STAGE_ENTRY_VSYSCALL = 3,
};

enum {
  STAGE_BUILD_X86_64 = 0,
  STAGE_BUILD_I386 = 1,
};

enum {
  STAGE_DISPOSITION_DEFAULT = 0,
  STAGE_DISPOSITION_IGNORE = 1,
  STAGE_DISPOSITION_RECORD = 2,
  STAGE_DISPOSITION_ESCAPE = 3,
};

/* What an argument's value means. */
enum {
  STAGE_ARGUMENT_VALUE = 0,
  STAGE_ARGUMENT_THREAD = 1, /* the thread id of this actor */
  STAGE_ARGUMENT_RESULT = 2, /* what this step returned */
  STAGE_ARGUMENT_WORD = 3,   /* the word at this offset of the scratch memory */
};

/* How a step ended. */
enum {
  STAGE_STATE_NOT_TAKEN = 0,
  STAGE_STATE_RETURNED = 1,
  STAGE_STATE_TRAPPED = 2, /* and the handler left by a jump */
  STAGE_STATE_BLOCKED = 3,
  STAGE_STATE_STOPPED = 4,
  STAGE_STATE_ENDED = 5,   /* value: enum STAGE_ENDING_*; wait_status */
  STAGE_STATE_STATUS = 6,
  STAGE_STATE_HUNG = 7,
};

enum {
  STAGE_ENDING_PROCESS = 0, /* wait_status says how */
  STAGE_ENDING_THREAD = 1,
  STAGE_ENDING_UNKNOWN = 2, /* a tracer knows */
};

struct stage_step {
  uint32_t kind;
  uint32_t actor;
  uint32_t entry;
  uint32_t repetitions;
  uint64_t rax;
  uint64_t args[6];
  uint8_t arg_kinds[8];
  uint32_t reads_offset;
  uint32_t reads_count;
  uint32_t target;
  uint32_t flags;
  uint32_t disposition;
  uint32_t reserved[7];
};

struct stage_result {
  uint32_t state;
  uint32_t signals;   /* handlers of signals other than SIGSYS that ran since the actor's step before */
  int64_t value;      /* the last call's result */
  uint32_t successes; /* calls of a repeated one before the last */
  uint32_t trapped;   /* how often SIGSYS reached the handler; the last one's details follow */
  int32_t si_errno;
  int32_t si_code;
  int32_t si_syscall;
  uint32_t si_arch;
  uint64_t si_call_addr; /* 0: right after the instruction by which this actor's calls enter */
  uint64_t trap_rax;
  int32_t wait_status;
  int32_t seccomp_mode;
  int32_t seccomp_filters; /* -1: not told */
  int32_t no_new_privs;
  uint64_t words[STAGE_MAX_WORDS];
};

struct stage_actor {
  uint32_t limit;     /* futex word: the actor takes its steps below this one */
  uint32_t position;  /* the step that it takes or waits for; all of its steps below have results */
  uint32_t in_call;   /* it is about to enter the kernel for a step, or is there, or comes from there */
  uint32_t spins;
  int32_t tid;        /* 0: not made yet */
  int32_t pid;        /* its process */
  uint32_t signals;
  /* Kept by the director. */
  uint32_t is_over;
  uint32_t ending;
  int32_t wait_status;
  uint32_t pending;       /* 1 + the step in which it is blocked or stopped */
  uint32_t pending_state;
  uint32_t executes;      /* 1 + the step in which it becomes another program, until that has begun */
  uint32_t reserved[3];
};

struct stage_header {
  uint32_t version;
  uint32_t line0[15];
  uint32_t command; /* futex word, driver -> director: play the script */
  uint32_t line1[15];
  uint32_t done; /* futex word, director -> driver */
  uint32_t line2[15];
  uint32_t event; /* futex word, actors -> director: a step is over */
  uint32_t line3[15];
  uint32_t step_count;
  uint32_t quits;
  uint32_t patience_us; /* for one step */
  uint32_t current;     /* the step being taken */
  int32_t error;        /* errno of what the stage itself could not do */
  int32_t processor;    /* the one on which everybody runs; -1: that on which the director is started */
  uint32_t reserved[10];
  char paths[2][STAGE_PATH_SIZE]; /* of the builds, for execve */
};

_Static_assert(sizeof(struct stage_step) == 128, "steps are dense");
_Static_assert(sizeof(struct stage_result) == 136, "results are dense");
_Static_assert(sizeof(struct stage_actor) == 64, "an actor has its cache line");
_Static_assert(sizeof(struct stage_header) <= STAGE_OFFSET_ACTORS, "the header fits");
_Static_assert(STAGE_OFFSET_STEPS + STAGE_MAX_STEPS * 128 <= STAGE_OFFSET_RESULTS, "steps fit");
_Static_assert(STAGE_OFFSET_RESULTS + (STAGE_MAX_STEPS + 1) * 136 <= STAGE_OFFSET_SCRATCH, "results fit");
_Static_assert(
    STAGE_OFFSET_INSTRUCTIONS + STAGE_MAX_INSTRUCTIONS * 8 <= STAGE_MEMORY_SIZE, "programs fit");
