// What a driver and its guardian (crosscheck-guardian) tell each other: a plan, written before the guardian is
// started, and a report, written by it. Both are memory files that are mapped whole.
//
// The plan is one struct clinux_guardian_plan and `item_count` items, each a struct clinux_guardian_item, its
// name with a NUL, and its data, padded to a multiple of 8. All paths are absolute.
//
// The report:
//   0                                  struct clinux_guardian_report
//   CLINUX_GUARDIAN_OUTPUT             what the runtime wrote to its standard output, the beginning
//   CLINUX_GUARDIAN_ERRORS             and to its standard error
//   CLINUX_GUARDIAN_PAYLOAD_CHAIN      the filters that bind the payload, as it was exec'd
//   CLINUX_GUARDIAN_LAST_CHAIN         the filters of the task that installed one last
//   CLINUX_GUARDIAN_INSTALLATIONS      every installation, in order
//
// An installation is a struct clinux_guardian_installation and its instructions (struct sock_filter, 8 bytes
// each); a chain is for each filter, oldest first, a struct clinux_guardian_filter and its instructions.
#pragma once

#include <stdint.h>

// "xcg1": changes with the layout, so that a guardian of another build is refused.
#define CLINUX_GUARDIAN_MAGIC 0x31676378u

#define CLINUX_GUARDIAN_TEXT_SIZE (64 << 10)
// A task's filters have at most 32768 instructions together, each filter counted with four more
// (kernel/seccomp.c, MAX_INSNS_PER_PATH): 256 KiB, and as much again for heads would be more than enough.
#define CLINUX_GUARDIAN_CHAIN_SIZE (512 << 10)

#define CLINUX_GUARDIAN_OUTPUT (64 << 10)
#define CLINUX_GUARDIAN_ERRORS (CLINUX_GUARDIAN_OUTPUT + CLINUX_GUARDIAN_TEXT_SIZE)
#define CLINUX_GUARDIAN_PAYLOAD_CHAIN (CLINUX_GUARDIAN_ERRORS + CLINUX_GUARDIAN_TEXT_SIZE)
#define CLINUX_GUARDIAN_LAST_CHAIN (CLINUX_GUARDIAN_PAYLOAD_CHAIN + CLINUX_GUARDIAN_CHAIN_SIZE)
#define CLINUX_GUARDIAN_INSTALLATIONS (CLINUX_GUARDIAN_LAST_CHAIN + CLINUX_GUARDIAN_CHAIN_SIZE)
#define CLINUX_GUARDIAN_REPORT_SIZE (64 << 20)

// The descriptors that the guardian is started with; 0 and 1 are /dev/null, 2 is the driver's.
#define CLINUX_GUARDIAN_PLAN_FD 3
#define CLINUX_GUARDIAN_REPORT_FD 4
// The read end of a pipe: when the driver's end is closed, everything is ended.
#define CLINUX_GUARDIAN_LIFELINE_FD 5
// The write end of a pipe: one byte when the payload has started, closed when the report is complete.
#define CLINUX_GUARDIAN_NEWS_FD 6
// The scratch directory with the driver's flock(2), which so lasts as long as either of us.
#define CLINUX_GUARDIAN_SCRATCH_FD 7
// What the payload gets as a descriptor of its own; /dev/null when there is nothing.
#define CLINUX_GUARDIAN_PAYLOAD_FD 8
#define CLINUX_GUARDIAN_FD_COUNT 9

enum clinux_guardian_item_kind {
  // An empty directory that a tmpfs is mounted on; removed at the end.
  CLINUX_GUARDIAN_SCRATCH = 1,
  // A directory that a tmpfs hides from the runtime, if it exists.
  CLINUX_GUARDIAN_PRIVATE = 2,
  // A file or directory in one that is hidden, which stays to be seen, if it exists.
  CLINUX_GUARDIAN_SHOW = 3,
  // `number` is the mode, here and for files.
  CLINUX_GUARDIAN_DIRECTORY = 4,
  CLINUX_GUARDIAN_FILE = 5,
  // The file whose exec is the payload's start.
  CLINUX_GUARDIAN_PAYLOAD = 6,
  // Descriptor `number` of every command: the file `name`, or CLINUX_GUARDIAN_PAYLOAD_FD when that is empty.
  CLINUX_GUARDIAN_DESCRIPTOR = 7,
  // A word NAME=VALUE of every command's environment, which has no other.
  CLINUX_GUARDIAN_ENVIRONMENT = 8,
  // Commands: `data` is their words, each with a NUL; the first is the program's path.
  // One that runs until the end; the next starts when the path `name` exists, or at once when that is empty.
  CLINUX_GUARDIAN_BACKGROUND = 9,
  // One that must exit with 0 before the next starts.
  CLINUX_GUARDIAN_PREPARE = 10,
  // The runtime. Without one, the guardian only cleans up.
  CLINUX_GUARDIAN_RUNTIME = 11,
  // One to run at the end, if the path `name` exists or is empty.
  CLINUX_GUARDIAN_CLEAN_UP = 12,
  // A control group, from the root of its hierarchy, that is removed at the end with everything below it.
  CLINUX_GUARDIAN_CGROUP = 13,
  // A task that has installed a filter is exempt from it and from all others (PTRACE_O_SUSPEND_SECCOMP), and so are
  // its children, up to the payload: so that a payload starts whatever the filters deny.
  CLINUX_GUARDIAN_EXEMPT = 14,
};

struct clinux_guardian_plan {
  uint32_t magic;
  uint32_t item_count;
  uint64_t size;        // of the plan, this included
  int64_t deadline_ns;  // for everything but cleaning up
  int64_t grace_ns;     // from the last installation to the payload's start
  int64_t clean_up_ns;  // for each command of the end
};

struct clinux_guardian_item {
  uint32_t kind;
  uint32_t number;
  uint32_t name_bytes; // without the NUL
  uint32_t data_bytes;
};

// How the run came to its end.
enum clinux_guardian_ending {
  CLINUX_GUARDIAN_NOT_ENDED = 0,
  CLINUX_GUARDIAN_EXITED = 1,    // `ending_value` is the exit status
  CLINUX_GUARDIAN_SIGNALLED = 2, // `ending_value` is the signal
  CLINUX_GUARDIAN_STOPPED = 3,   // by the driver
  CLINUX_GUARDIAN_DEADLINE = 4,
  CLINUX_GUARDIAN_GRACE = 5, // no payload within `grace_ns`
};

// The system call by which a filter was installed.
enum clinux_guardian_route {
  CLINUX_GUARDIAN_SECCOMP = 1, // seccomp(2), SECCOMP_SET_MODE_FILTER
  CLINUX_GUARDIAN_PRCTL = 2,   // prctl(2), PR_SET_SECCOMP with SECCOMP_MODE_FILTER
};

#define CLINUX_GUARDIAN_MESSAGE_SIZE 1024

struct clinux_guardian_chain {
  int32_t process; // 0: none was read
  int32_t error;   // errno, when the kernel did not give it
  uint32_t filter_count;
  uint32_t bytes;
};

struct clinux_guardian_report {
  uint32_t magic;    // written last: with it the report is complete
  uint32_t ending;   // enum clinux_guardian_ending
  int32_t ending_value;
  // Which item of the plan the ending is that of, from 0: the runtime, or a command before it that failed.
  uint32_t ended_item;

  int32_t payload;         // process id; 0: it never started
  int32_t suspend_error;   // errno of PTRACE_O_SUSPEND_SECCOMP; 0: the payload is exempt from filters

  uint32_t output_bytes;
  uint32_t errors_bytes;
  uint32_t installation_count;
  uint32_t installation_bytes;
  uint32_t installations_lost; // that the report had no room for
  // The guardian itself failed: `message` says in what, and this is the errno (0: none applies).
  uint32_t has_failed;
  int32_t failure;
  // Something could not be removed: `leftover` says what.
  uint32_t has_left;
  struct clinux_guardian_chain payload_chain;
  struct clinux_guardian_chain last_chain;
  char message[CLINUX_GUARDIAN_MESSAGE_SIZE];
  char leftover[CLINUX_GUARDIAN_MESSAGE_SIZE];
};

// `result` of an installation that never returned: an older filter killed its task or trapped the call, or it was
// killed from outside.
static const int64_t CLINUX_GUARDIAN_NO_RESULT = INT64_MIN;

struct clinux_guardian_installation {
  int32_t process; // the task's id
  uint32_t route;  // enum clinux_guardian_route
  uint32_t flags;
  uint32_t instruction_count;
  int64_t result;     // of the call: -errno, or not negative
  int32_t read_error; // errno, when the program could not be read: the kernel could not either
  uint32_t reserved;
};

struct clinux_guardian_filter {
  uint32_t instruction_count;
  uint32_t has_flags;
  uint64_t flags; // SECCOMP_FILTER_FLAG_*, those that the kernel keeps
};

_Static_assert(sizeof(struct clinux_guardian_report) <= CLINUX_GUARDIAN_OUTPUT, "the head overlaps");
_Static_assert(sizeof(struct clinux_guardian_plan) % 8 == 0, "items are aligned");
_Static_assert(sizeof(struct clinux_guardian_installation) % 8 == 0, "instructions are aligned");

#pragma clang assume_nonnull begin

// Swift sees a C array as a tuple and has no address of a field. Neither returns NULL.
static inline const char *clinux_guardian_message(const struct clinux_guardian_report *report) {
  return report->message;
}

static inline const char *clinux_guardian_leftover(const struct clinux_guardian_report *report) {
  return report->leftover;
}

#pragma clang assume_nonnull end
