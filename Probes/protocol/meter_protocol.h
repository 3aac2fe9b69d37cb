/* The memory that a driver and one meter share: what to time, and the times. A meter is a process that times one thing
 * and ends. Times are ticks of the time stamp counter, as nothing else can be read under any filter. */
#pragma once

#include <stdint.h>

enum {
  METER_PROTOCOL_VERSION = 2,

  /* Descriptors that the driver hands over. */
  METER_MEMORY_FD = 3,
  METER_LIFELINE_FD = 4,

  METER_MAX_FILTERS = 1024,
  METER_MAX_INSTRUCTIONS = 65536,
  METER_MAX_BLOCKS = 1024,
  METER_MAX_LATENCIES = 1 << 17,
};

/* Where the areas stand. */
enum {
  METER_OFFSET_FILTERS = 0x1000,        /* struct meter_filter[METER_MAX_FILTERS] */
  METER_OFFSET_INSTALLATIONS = 0x8000,  /* uint64_t[METER_MAX_FILTERS]: ticks of each installation */
  METER_OFFSET_BLOCKS = 0xa000,         /* uint64_t[METER_MAX_BLOCKS]: ticks of each block */
  METER_OFFSET_LATENCIES = 0xc000,      /* uint32_t[METER_MAX_LATENCIES]: ticks of each call */
  METER_OFFSET_INSTRUCTIONS = 0x90000,  /* struct sock_filter, 8 bytes each */
  METER_OFFSET_PACES = 0x110000,        /* uint64_t[METER_MAX_BLOCKS + 1]: before each block, and after the last */
  METER_OFFSET_INSTALLATION_PACES = 0x113000, /* uint64_t[METER_MAX_FILTERS + 1]: the same for installations */
  METER_MEMORY_SIZE = 0x116000,
};

/* How fast the processor is just now: ticks of a loop of so many turns, which nothing but the processor decides. What shares
 * its core or takes its clock away makes that loop slower by half, and everything else by 15 to 50 %. */
enum { METER_PACE_TURNS = 2000 };

/* What is timed. */
enum {
  METER_KIND_CALLS = 1,     /* blocks of calls */
  METER_KIND_LATENCIES = 2, /* calls, each alone */
  METER_KIND_DEATHS = 3,    /* blocks of children, each from clone to wait4 */
  METER_KIND_HOLD = 4,      /* nothing but the installations; waits then for the driver */
};

/* What a child does at once (METER_KIND_DEATHS). */
enum {
  METER_DEATH_CALL = 0, /* the call */
  METER_DEATH_UD2 = 1,
  METER_DEATH_EXIT = 2,
};

/* How a call enters the kernel. */
enum {
  METER_ENTRY_SYSCALL = 0,
  METER_ENTRY_INT80 = 1,
  METER_ENTRY_NONE = 2, /* no call: what the loop and the clock cost by themselves */
};

/* Who answers the last filter's notifications. */
enum {
  METER_LISTENER_NONE = 0,
  METER_LISTENER_PLAIN = 1,
  METER_LISTENER_SYNC = 2, /* SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP */
};

/* What failed, with an errno in `error`. */
enum {
  METER_STAGE_NONE = 0,
  METER_STAGE_START = 1,
  METER_STAGE_PROCESSOR = 2,
  METER_STAGE_FILTER = 3, /* `installed` says which */
  METER_STAGE_LISTENER = 4,
  METER_STAGE_CHILD = 5,
};

struct meter_header {
  uint32_t version;
  uint32_t go;   /* futex word: a meter that `waits` goes on when it is not 0; one that holds ends at 2 */
  uint32_t done; /* 1 when the times are complete, or the filters are held */
  uint32_t stage;
  int32_t error;
  uint32_t installed;

  uint32_t kind;
  uint32_t waits;           /* before anything is set up */
  int32_t processor;        /* to run on */
  int32_t answer_processor; /* for the listener */
  uint32_t listener;
  uint32_t entry;
  uint32_t death;
  uint32_t filter_count;
  uint32_t block_count;
  uint32_t calls_per_block;
  uint32_t latency_count;
  uint32_t traps;   /* SIGSYS that came */
  uint32_t answers; /* notifications that were answered */
  uint32_t reserved;
  uint64_t rax;
  uint64_t args[6];
  uint64_t result;      /* what the first call came to; a wait status for a child */
  uint64_t last_result; /* and the last */
};

struct meter_filter {
  uint32_t first;
  uint32_t length;
  uint32_t flags;
  uint32_t reserved;
};

#ifdef __cplusplus
#define METER_ASSERT static_assert
#else
#define METER_ASSERT _Static_assert
#endif
METER_ASSERT(METER_OFFSET_FILTERS + METER_MAX_FILTERS * sizeof(struct meter_filter) <= METER_OFFSET_INSTALLATIONS, "overlap");
METER_ASSERT(METER_OFFSET_INSTALLATIONS + METER_MAX_FILTERS * 8 <= METER_OFFSET_BLOCKS, "overlap");
METER_ASSERT(METER_OFFSET_BLOCKS + METER_MAX_BLOCKS * 8 <= METER_OFFSET_LATENCIES, "overlap");
METER_ASSERT(METER_OFFSET_LATENCIES + METER_MAX_LATENCIES * 4 <= METER_OFFSET_INSTRUCTIONS, "overlap");
METER_ASSERT(METER_OFFSET_INSTRUCTIONS + METER_MAX_INSTRUCTIONS * 8 <= METER_OFFSET_PACES, "overlap");
METER_ASSERT(METER_OFFSET_PACES + (METER_MAX_BLOCKS + 1) * 8 <= METER_OFFSET_INSTALLATION_PACES, "overlap");
METER_ASSERT(METER_OFFSET_INSTALLATION_PACES + (METER_MAX_FILTERS + 1) * 8 <= METER_MEMORY_SIZE, "overlap");
#undef METER_ASSERT
