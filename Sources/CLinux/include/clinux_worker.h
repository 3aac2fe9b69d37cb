// The memory that a driver shares with its compile worker: a memory file that both map whole.
//
//   0                      struct clinux_worker_header
//   CLINUX_WORKER_RESULTS  int32_t for each rule
//   CLINUX_WORKER_FILTER   the exported program, struct sock_filter
//   CLINUX_WORKER_RULES    the rules, one struct clinux_worker_rule after another
//
// The driver writes a request, adds one to `request` and wakes it; the worker does the work, writes the
// results, copies `request` to `reply` and wakes that. Pages that are not used are never allocated.
#pragma once

#include <stdint.h>

// "xcc1": changes with the layout, so that a worker of another build is refused.
#define CLINUX_WORKER_MAGIC 0x31636378u

#define CLINUX_WORKER_MESSAGE_SIZE 512
#define CLINUX_WORKER_ARCHITECTURE_NAME_SIZE 28
#define CLINUX_WORKER_MAX_ATTRIBUTES 16
#define CLINUX_WORKER_MAX_ARCHITECTURES 64
#define CLINUX_WORKER_MAX_RULES (1 << 18)

#define CLINUX_WORKER_RESULTS (64 << 10)
#define CLINUX_WORKER_FILTER (2 << 20)
#define CLINUX_WORKER_RULES (4 << 20)
#define CLINUX_WORKER_SIZE (32 << 20)

// The descriptors that the worker is started with.
#define CLINUX_WORKER_MEMORY_FD 3
#define CLINUX_WORKER_LIFELINE_FD 4

// A rule's result when the library knows no such name. Any other value is the library's return value.
static const int32_t CLINUX_WORKER_UNKNOWN_NAME = INT32_MIN;

// What the worker is doing, in the upper half of `progress`; the lower half is an index where there are
// several. Written before the library is called, so it tells where a call did not come back.
enum clinux_worker_stage {
  CLINUX_WORKER_STARTING = 0,
  CLINUX_WORKER_WAITING = 1,
  CLINUX_WORKER_SET_API_LEVEL = 2,
  CLINUX_WORKER_INITIALISE = 3,
  CLINUX_WORKER_SET_ATTRIBUTE = 4,
  CLINUX_WORKER_REMOVE_NATIVE = 5,
  CLINUX_WORKER_ADD_ARCHITECTURE = 6,
  CLINUX_WORKER_RESOLVE_NAME = 7,
  CLINUX_WORKER_ADD_RULE = 8,
  CLINUX_WORKER_EXPORT = 9,
  CLINUX_WORKER_RELEASE = 10,
};

// How starting went.
enum clinux_worker_start {
  CLINUX_WORKER_NOT_STARTED = 0,
  CLINUX_WORKER_READY = 1,
  // `message` says why.
  CLINUX_WORKER_LIBRARY_UNUSABLE = 2,
};

struct clinux_worker_attribute {
  uint32_t attribute; // enum scmp_filter_attr
  uint32_t value;
  int32_t result;
};

struct clinux_worker_architecture {
  char name[CLINUX_WORKER_ARCHITECTURE_NAME_SIZE]; // as seccomp_arch_resolve_name(3) knows it, NUL-terminated
  int32_t result;
};

struct clinux_worker_header {
  uint32_t magic;
  uint32_t request; // futex word, written by the driver
  uint32_t reply;   // futex word, written by the worker
  uint32_t start;   // futex word, written by the worker once: enum clinux_worker_start
  uint64_t progress;

  // Written once, before `start`.
  uint32_t version[3];
  uint32_t api_level;
  char message[CLINUX_WORKER_MESSAGE_SIZE];

  // The request.
  uint32_t wanted_api_level; // 0: the level that the library found by itself
  uint32_t default_action;
  uint32_t attribute_count;
  uint32_t architecture_count; // 0: the native one only
  uint32_t rule_count;
  struct clinux_worker_attribute attributes[CLINUX_WORKER_MAX_ATTRIBUTES];
  struct clinux_worker_architecture architectures[CLINUX_WORKER_MAX_ARCHITECTURES];

  // The reply.
  uint32_t failed_stage; // 0: compiled
  int32_t failure;       // the library's return value in that stage
  int32_t api_level_result;
  int32_t native_removal_result;
  uint32_t filter_bytes;
};

// A rule is this, its name with a NUL, padded to a multiple of 8, and its conditions.
struct clinux_worker_rule {
  uint32_t action;
  uint32_t name_bytes; // padded
  uint32_t condition_count;
  uint32_t reserved;
};

// The layout of struct scmp_arg_cmp, so that the library reads it in place.
struct clinux_worker_condition {
  uint32_t index;
  uint32_t comparison; // enum scmp_compare
  uint64_t value;
  uint64_t value_two;
};

_Static_assert(sizeof(struct clinux_worker_header) <= CLINUX_WORKER_RESULTS, "the header overlaps");
_Static_assert(CLINUX_WORKER_RESULTS + 4 * CLINUX_WORKER_MAX_RULES <= CLINUX_WORKER_FILTER, "the results overlap");
_Static_assert(sizeof(struct clinux_worker_condition) == 24, "struct scmp_arg_cmp");

#pragma clang assume_nonnull begin

static inline void clinux_worker_set_progress(struct clinux_worker_header *header, uint32_t stage, uint32_t index) {
  __atomic_store_n(&header->progress, (uint64_t)stage << 32 | index, __ATOMIC_RELEASE);
}

static inline uint64_t clinux_worker_progress(const struct clinux_worker_header *header) {
  return __atomic_load_n(&header->progress, __ATOMIC_ACQUIRE);
}

// Swift sees a C array as a tuple and has no address of a field; these give both. None returns NULL.
static inline uint32_t *clinux_worker_request_word(struct clinux_worker_header *header) {
  return &header->request;
}

static inline uint32_t *clinux_worker_reply_word(struct clinux_worker_header *header) { return &header->reply; }

static inline uint32_t *clinux_worker_start_word(struct clinux_worker_header *header) { return &header->start; }

static inline struct clinux_worker_attribute *clinux_worker_attributes(struct clinux_worker_header *header) {
  return header->attributes;
}

static inline struct clinux_worker_architecture *clinux_worker_architectures(struct clinux_worker_header *header) {
  return header->architectures;
}

static inline char *clinux_worker_architecture_name(struct clinux_worker_architecture *architecture) {
  return architecture->name;
}

static inline char *clinux_worker_message(struct clinux_worker_header *header) { return header->message; }
// The path of the file that holds the code at `address` (the executable or a shared object), or NULL.
const char *_Nullable clinux_worker_image_path(const void *address);

// Bound what a runaway library can take: `bytes` of address space. 0, or -errno.
int clinux_worker_limit_memory(uint64_t bytes);

#pragma clang assume_nonnull end
