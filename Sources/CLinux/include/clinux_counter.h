// The memory that a driver shares with crosscheck-counter, which runs a command under ptrace(2) and counts its system
// calls: a memory file that both map whole. The driver writes the request, starts the counter and reads what it left
// when it has ended. Pages that are not used are never allocated.
//
//   0                       struct clinux_counter_header
//   CLINUX_COUNTER_ENTRIES  `entry_count` of struct clinux_counter_entry
//
// A *row* stands for one number of one ABI: x86_64, i386 (`int $0x80` and 32-bit code), x32. The last row of each ABI
// is for all numbers from CLINUX_COUNTER_NUMBERS on, which no kernel has.
#pragma once

#include <stdint.h>

// "xck2": changes with the layout, so that a counter of another build is refused.
#define CLINUX_COUNTER_MAGIC 0x326b6378u

#define CLINUX_COUNTER_NUMBERS 1024
#define CLINUX_COUNTER_ROWS 3075
// So many combinations of arguments a row may have, at most: then all entries have room.
#define CLINUX_COUNTER_MAX_COMBINATIONS 64
#define CLINUX_COUNTER_ENTRIES (64 << 10)
#define CLINUX_COUNTER_SIZE (16 << 20)
#define CLINUX_COUNTER_MESSAGE_SIZE 512

// The counter's words are its own path, the command's path, and the command's words. It is started with the descriptors
// that the command gets as 0, 1 and 2, and these.
#define CLINUX_COUNTER_MEMORY_FD 3
// The read end of a pipe: when the driver's end is closed, everything is ended.
#define CLINUX_COUNTER_LIFELINE_FD 4
#define CLINUX_COUNTER_FD_COUNT 5

// How the command came to its end.
enum clinux_counter_ending {
  CLINUX_COUNTER_NOT_ENDED = 0,
  CLINUX_COUNTER_EXITED = 1,      // `ending_value` is the exit status
  CLINUX_COUNTER_SIGNALLED = 2,   // `ending_value` is the signal
  CLINUX_COUNTER_NOT_STARTED = 3, // `ending_value` is the errno of execve(2)
};

// Why not everything was followed to its own end.
enum clinux_counter_cut {
  CLINUX_COUNTER_WHOLE = 0,
  CLINUX_COUNTER_LIMIT = 1,       // the time was up
  CLINUX_COUNTER_INTERRUPTED = 2, // a signal came to the counter when the command had ended and others had not
};

struct clinux_counter_header {
  uint32_t magic; // written by the driver
  uint32_t combinations; // of arguments for each row, 1 to CLINUX_COUNTER_MAX_COMBINATIONS
  int64_t limit_ns; // then everything gets SIGTERM
  int64_t grace_ns; // and after that SIGKILL

  // Written by the counter.
  uint32_t is_complete; // written last
  uint32_t ending;      // enum clinux_counter_ending
  int32_t ending_value;
  uint32_t cut; // enum clinux_counter_cut
  uint64_t tasks; // processes and threads
  uint32_t entry_count;
  // The counter itself failed: `message` says in what, and this is the errno (0: none applies).
  uint32_t has_failed;
  int32_t failure;
  char message[CLINUX_COUNTER_MESSAGE_SIZE];

  // By row. Which halves of the arguments are kept: bit 2i the low half of argument i, bit 2i+1 the high half; written
  // by the driver. The others count as 0.
  uint16_t masks[CLINUX_COUNTER_ROWS];
  // How many entries a row has, and how many of its calls had yet another combination of arguments.
  uint16_t entries[CLINUX_COUNTER_ROWS];
  uint64_t overflow[CLINUX_COUNTER_ROWS];
};

struct clinux_counter_entry {
  uint32_t architecture; // AUDIT_ARCH_*
  uint32_t number;       // as a filter sees it
  uint64_t arguments[6];
  uint64_t count;
};

_Static_assert(sizeof(struct clinux_counter_header) <= CLINUX_COUNTER_ENTRIES, "the header overlaps");
_Static_assert(CLINUX_COUNTER_ROWS == 3 * (CLINUX_COUNTER_NUMBERS + 1), "three ABIs");
_Static_assert(sizeof(struct clinux_counter_entry) * CLINUX_COUNTER_ROWS * CLINUX_COUNTER_MAX_COMBINATIONS <=
                   CLINUX_COUNTER_SIZE - CLINUX_COUNTER_ENTRIES,
               "the entries may not have room");

#pragma clang assume_nonnull begin

// The row of number `index` (without the x32 bit) of an ABI: 0 x86_64, 1 i386, 2 x32.
static inline uint32_t clinux_counter_row(uint32_t abi, uint32_t index) {
  uint32_t column = index < CLINUX_COUNTER_NUMBERS ? index : CLINUX_COUNTER_NUMBERS;
  return abi * (CLINUX_COUNTER_NUMBERS + 1) + column;
}

// Swift sees a C array as a tuple and has no address of a field; these give both. None returns NULL.
static inline uint16_t *clinux_counter_masks(struct clinux_counter_header *header) { return header->masks; }

static inline uint64_t *clinux_counter_overflow(struct clinux_counter_header *header) { return header->overflow; }

static inline const char *clinux_counter_message(const struct clinux_counter_header *header) {
  return header->message;
}

#pragma clang assume_nonnull end
