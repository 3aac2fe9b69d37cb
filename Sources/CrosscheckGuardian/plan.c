#define _GNU_SOURCE
#include "plan.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

const struct clinux_guardian_plan *plan;

static struct item *items;

// The item at `offset`; the offset of the next, or 0 when it does not lie in the plan.
static uint64_t read_item(uint64_t offset, struct item *item) {
  uint64_t rest = plan->size - offset;
  if (rest < sizeof(struct clinux_guardian_item)) return 0;
  const struct clinux_guardian_item *head = (const void *)((const char *)plan + offset);
  rest -= sizeof *head;
  uint64_t bytes = (uint64_t)head->name_bytes + 1 + head->data_bytes;
  uint64_t padded = (bytes + 7) & ~7ull;
  if (padded > rest) return 0;
  const char *name = (const char *)(head + 1);
  const char *data = name + head->name_bytes + 1;
  if (strnlen(name, (size_t)head->name_bytes + 1) != head->name_bytes) return 0;
  int has_words = head->kind >= CLINUX_GUARDIAN_BACKGROUND && head->kind <= CLINUX_GUARDIAN_CLEAN_UP;
  if (has_words && (!head->data_bytes || data[head->data_bytes - 1])) return 0;
  *item = (struct item){head->kind, head->number, name, data, head->data_bytes};
  return offset + sizeof *head + padded;
}

int open_plan(void) {
  struct stat file;
  if (fstat(CLINUX_GUARDIAN_PLAN_FD, &file) < 0) return -errno;
  if (file.st_size < (off_t)sizeof *plan) return -EPROTO;
  void *memory = mmap(NULL, (size_t)file.st_size, PROT_READ, MAP_PRIVATE, CLINUX_GUARDIAN_PLAN_FD, 0);
  if (memory == MAP_FAILED) return -errno;
  plan = memory;
  if (plan->magic != CLINUX_GUARDIAN_MAGIC || plan->size > (uint64_t)file.st_size) return -EPROTO;
  items = calloc(plan->item_count ? plan->item_count : 1, sizeof *items);
  if (!items) return -ENOMEM;
  uint64_t offset = sizeof *plan;
  for (uint32_t i = 0; i < plan->item_count; i++) {
    offset = read_item(offset, &items[i]);
    if (!offset) return -EPROTO;
  }
  return 0;
}

const struct item *plan_item(uint32_t index) { return &items[index]; }

const struct item *plan_find(uint32_t kind) {
  for (uint32_t i = 0; i < plan->item_count; i++)
    if (items[i].kind == kind) return &items[i];
  return NULL;
}

char **item_words(const struct item *item) {
  size_t count = 0;
  for (uint32_t i = 0; i < item->data_bytes; i++) count += !item->data[i];
  char **words = calloc(count + 1, sizeof *words);
  if (!words) return NULL;
  const char *word = item->data;
  for (size_t i = 0; i < count; i++) {
    words[i] = (char *)word;
    word += strlen(word) + 1;
  }
  return words;
}

char **plan_names(uint32_t kind) {
  char **words = calloc((size_t)plan->item_count + 1, sizeof *words);
  if (!words) return NULL;
  size_t count = 0;
  for (uint32_t i = 0; i < plan->item_count; i++)
    if (items[i].kind == kind) words[count++] = (char *)items[i].name;
  return words;
}
