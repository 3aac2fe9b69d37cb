// The plan, as the driver wrote it.
#pragma once

#include "clinux_guardian.h"

struct item {
  uint32_t kind; // enum clinux_guardian_item_kind
  uint32_t number;
  const char *name;
  const char *data;
  uint32_t data_bytes;
};

extern const struct clinux_guardian_plan *plan;

// Map it and check that everything in it lies in it. 0, or -errno; -EPROTO when it is no plan.
int open_plan(void);

// `index` is below plan->item_count.
const struct item *plan_item(uint32_t index);

// The first item of a kind, or NULL.
const struct item *plan_find(uint32_t kind);

// The words of `data`, each of which ends with a NUL, with a NULL behind the last. To be freed; NULL: no memory.
char **item_words(const struct item *item);

// All items of a kind, their names as words.
char **plan_names(uint32_t kind);
