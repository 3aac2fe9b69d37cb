#define _GNU_SOURCE
#include "memory.h"

#include <errno.h>
#include <linux/audit.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#if !defined(__x86_64__)
#error "how calls of this architecture's ABIs are told apart is to be written here"
#endif

// __X32_SYSCALL_BIT of asm/unistd.h. A number with the sign bit too is a negative one, of no ABI's table.
enum { X32_BIT = 0x40000000 };

struct clinux_counter_header *header;
static struct clinux_counter_entry *entries;

// Where entries stand, by a hash of what they are: their number from 1, 0 for none. Never more than four fifths full.
enum { SLOTS = 1 << 18 };
static uint32_t slots[SLOTS];
_Static_assert(CLINUX_COUNTER_ROWS * CLINUX_COUNTER_MAX_COMBINATIONS < SLOTS / 5 * 4, "slots become scarce");

int open_memory(void) {
  struct stat file;
  if (fstat(CLINUX_COUNTER_MEMORY_FD, &file) < 0) return -errno;
  if (file.st_size != CLINUX_COUNTER_SIZE) return -EPROTO;
  void *memory =
      mmap(NULL, CLINUX_COUNTER_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, CLINUX_COUNTER_MEMORY_FD, 0);
  if (memory == MAP_FAILED) return -errno;
  header = memory;
  entries = (void *)((char *)memory + CLINUX_COUNTER_ENTRIES);
  int is_sound = header->magic == CLINUX_COUNTER_MAGIC && header->combinations &&
                 header->combinations <= CLINUX_COUNTER_MAX_COMBINATIONS;
  return is_sound ? 0 : -EPROTO;
}

void report_failure(int error, const char *what) {
  if (header->has_failed) return;
  header->has_failed = 1;
  header->failure = error;
  snprintf(header->message, sizeof header->message, "%s", what);
}

static uint32_t row_of(uint32_t architecture, uint32_t number) {
  if (architecture == AUDIT_ARCH_I386) return clinux_counter_row(1, number);
  if ((number & 0xc0000000u) == X32_BIT) return clinux_counter_row(2, number ^ X32_BIT);
  return clinux_counter_row(0, number);
}

static uint64_t kept_bits(uint32_t halves) {
  return (halves & 1 ? 0xffffffffull : 0) | (halves & 2 ? 0xffffffffull << 32 : 0);
}

// The finaliser of MurmurHash3 over all words of a key.
static uint32_t first_slot(const struct clinux_counter_entry *key) {
  uint64_t hash = (uint64_t)key->architecture << 32 | key->number;
  for (int i = 0; i < 6; i++) hash = (hash ^ key->arguments[i]) * 0xff51afd7ed558ccdull;
  hash = (hash ^ hash >> 33) * 0xc4ceb9fe1a85ec53ull;
  return (uint32_t)(hash >> 40) & (SLOTS - 1);
}

static int is_same(const struct clinux_counter_entry *one, const struct clinux_counter_entry *other) {
  return one->architecture == other->architecture && one->number == other->number &&
         memcmp(one->arguments, other->arguments, sizeof one->arguments) == 0;
}

void count_call(uint32_t architecture, uint32_t number, const uint64_t arguments[6]) {
  uint32_t row = row_of(architecture, number);
  struct clinux_counter_entry key = {.architecture = architecture, .number = number};
  uint32_t mask = header->masks[row];
  if (mask)
    for (int i = 0; i < 6; i++) key.arguments[i] = arguments[i] & kept_bits(mask >> 2 * i);
  uint32_t slot = first_slot(&key);
  while (slots[slot] && !is_same(&entries[slots[slot] - 1], &key)) slot = (slot + 1) & (SLOTS - 1);
  if (!slots[slot]) {
    if (header->entries[row] == header->combinations) {
      header->overflow[row]++;
      return;
    }
    header->entries[row]++;
    entries[header->entry_count] = key;
    slots[slot] = ++header->entry_count;
  }
  entries[slots[slot] - 1].count++;
}
