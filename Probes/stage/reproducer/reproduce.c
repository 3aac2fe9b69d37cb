/* Plays the one script that stands in the tables below, and says what became of each step. */

#include "lifeline.h"
#include "stage/memory.h"

/* A 64-bit word of the stage's memory that is not 0. */
struct image_word {
  uint32_t offset;
  uint64_t value;
};

/* A step in words; what is expected of it, and whether the next four fields say it exactly. */
struct told_step {
  const char *step;
  const char *expected;
  int is_exact;
  uint32_t state;
  uint32_t is_trapped;
  int64_t value;
  int32_t wait_status;
};

extern const struct image_word image[];
extern const uint32_t image_words;
extern const struct told_step told[];

enum { NR_write = 1, NR_dup2 = 33, NR_readlink = 89, NR_memfd_create = 319, NR_ftruncate = 77 };

static void say(const char *text) {
  long length = 0;
  while (text[length]) length++;
  system_call(NR_write, 1, (long)text, length, 0, 0, 0);
}

static void say_number(int64_t value) {
  char digits[24], *at = digits + sizeof digits - 1;
  uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
  *at = 0;
  do *--at = (char)('0' + rest % 10);
  while (rest /= 10);
  if (value < 0) *--at = '-';
  say(at);
}

static const char *const states[] = {
    "was not taken", "returned ", "trapped, the handler left", "waits in the kernel",
    "is stopped for its tracer", "ended: wait status ", "status", "did not come to an end in time",
};

static int say_step(uint32_t at) {
  const struct told_step *it = &told[at];
  volatile struct stage_result *found = result(at);
  int differs = it->is_exact && (found->state != it->state || (found->trapped != 0) != it->is_trapped);
  if (it->is_exact && it->state == STAGE_STATE_RETURNED) differs |= found->value != it->value;
  if (it->is_exact && it->state == STAGE_STATE_ENDED)
    differs |= found->value != it->value || found->wait_status != it->wait_status;
  say_number(at);
  say(differs ? "  DIFFERS  " : "           ");
  say(it->step);
  say(": ");
  say(states[found->state & 7]);
  if (found->state == STAGE_STATE_RETURNED) say_number(found->value);
  if (found->state == STAGE_STATE_ENDED) say_number(found->wait_status);
  if (found->trapped) say(" (SIGSYS reached the handler)");
  if (differs) {
    say("; expected: ");
    say(it->expected);
  }
  say("\n");
  return differs;
}

static long make_memory(void) {
  long file = system_call(NR_memfd_create, (long)"stage", 0, 0, 0, 0, 0);
  if (file < 0) return file;
  long error = system_call(NR_ftruncate, file, STAGE_MEMORY_SIZE, 0, 0, 0, 0);
  if (!error && file != STAGE_MEMORY_FD) error = system_call(NR_dup2, file, STAGE_MEMORY_FD, 0, 0, 0, 0);
  return error < 0 ? error : map_memory();
}

static _Noreturn void reproduce(void) {
  if (make_memory()) leave(2);
  for (uint32_t i = 0; i < image_words; i++)
    *(volatile uint64_t *)(uintptr_t)(STAGE_BASE + image[i].offset) = image[i].value;
  /* This program is both builds, as far as it was compiled for them: see the first lines. */
  system_call(
      NR_readlink, (long)"/proc/self/exe", (long)header()->paths[0], STAGE_PATH_SIZE - 1, 0, 0, 0);
  const char *other = "./repro32";
  for (int i = 0; other[i]; i++) header()->paths[1][i] = other[i];
  stay_on_processor();
  set_action(SIGCHLD, (void *)on_child, SA_SIGINFO);
  play();
  int differs = 0;
  for (uint32_t i = 0; i < header()->step_count; i++) differs |= say_step(i);
  say(differs ? "DIFFERS\n" : "AS EXPECTED\n");
  leave(differs);
}
