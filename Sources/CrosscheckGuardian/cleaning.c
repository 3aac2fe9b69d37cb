#define _GNU_SOURCE
#include "cleaning.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cgroups.h"
#include "clinux_spawn.h"
#include "command.h"
#include "events.h"
#include "place.h"
#include "plan.h"
#include "report.h"
#include "tasks.h"
#include "trace.h"

// A task dies of SIGKILL at once, unless the kernel itself holds it.
static const int64_t patience = 5000000000, millisecond = 1000000;

// Our children that nobody traces: orphans of the runtime, which are ours as their subreaper.
static void kill_children(void) {
  char path[64];
  snprintf(path, sizeof path, "/proc/self/task/%d/children", getpid());
  FILE *file = fopen(path, "re");
  if (!file) return;
  // Nobody but us waits for them, so that each number is still its own.
  for (int child; fscanf(file, "%d", &child) == 1;) kill(child, SIGKILL);
  fclose(file);
}

// Until there is neither child nor tracee: who is killed leaves children of its own to us.
static void end_everybody(void) {
  set_trace_mode(TRACE_END);
  int64_t limit = clinux_monotonic_time() + patience;
  for (;;) {
    kill_tasks();
    kill_children();
    int served = serve_changes(1000);
    if (served < 0) return;
    int64_t now = clinux_monotonic_time();
    if (now >= limit) {
      report_leftover("a process of the runtime that SIGKILL does not end");
      return;
    }
    if (!served) await_event(now + 10 * millisecond);
  }
}

static void run_clean_up(const struct item *item) {
  if (item->name[0] && access(item->name, F_OK) < 0) return;
  set_trace_mode(TRACE_FOLLOW);
  if (start_command(item) > 0) {
    int64_t limit = clinux_monotonic_time() + plan->clean_up_ns;
    int status;
    while (!watched_has_ended(&status) && clinux_monotonic_time() < limit) {
      int served = serve_changes(1000);
      if (served > 0) continue;
      await_event(limit);
    }
  }
  end_everybody();
}

// What the pipes still hold.
static void take_last_output(void) { await_event(0); }

void clean_up(void) {
  end_everybody();
  take_last_output();
  for (uint32_t i = 0; i < plan->item_count; i++)
    if (plan_item(i)->kind == CLINUX_GUARDIAN_CLEAN_UP) run_clean_up(plan_item(i));
  remove_cgroups();
  remove_scratch();
}
