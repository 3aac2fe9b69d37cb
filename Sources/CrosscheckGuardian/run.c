#define _GNU_SOURCE
#include "run.h"

#include <sys/wait.h>
#include <unistd.h>

#include "capture.h"
#include "clinux_spawn.h"
#include "command.h"
#include "events.h"
#include "plan.h"
#include "report.h"
#include "trace.h"

// Changes that are served before the clock and the driver are looked at again.
enum { BATCH = 64 };

static const int64_t millisecond = 1000000;
static int64_t deadline;

static int64_t grace_end(void) {
  int64_t installed = last_installation_time();
  return !installed || report->payload ? INT64_MAX : installed + plan->grace_ns;
}

// Note that a command's end is the end of all.
static void end_with(uint32_t item, int status) {
  report->ended_item = item;
  report->ending = WIFEXITED(status) ? CLINUX_GUARDIAN_EXITED : CLINUX_GUARDIAN_SIGNALLED;
  report->ending_value = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
}

// Whether the end has come for another reason.
static int is_over(void) {
  int64_t now = clinux_monotonic_time();
  if (report->has_failed || driver_is_done()) report->ending = CLINUX_GUARDIAN_STOPPED;
  else if (now >= deadline) report->ending = CLINUX_GUARDIAN_DEADLINE;
  else if (now >= grace_end()) report->ending = CLINUX_GUARDIAN_GRACE;
  return report->ending != CLINUX_GUARDIAN_NOT_ENDED;
}

// Whether the command has come to where the next one may start. The run's end is noted where it has come, too.
static int has_come(uint32_t index, const struct item *item) {
  int status;
  int has_ended = watched_has_ended(&status);
  if (has_ended && was_not_executed()) return 1;
  switch (item->kind) {
  case CLINUX_GUARDIAN_BACKGROUND:
    if (has_ended) end_with(index, status);
    return has_ended || !item->name[0] || access(item->name, F_OK) == 0;
  case CLINUX_GUARDIAN_PREPARE:
    if (has_ended && status) end_with(index, status);
    return has_ended;
  default:
    // A runtime may end and leave the container running.
    if (!has_ended || payload_is_running()) return 0;
    end_with(index, status);
    return 1;
  }
}

static void run_command(uint32_t index, const struct item *item) {
  report->ended_item = index;
  if (start_command(item) < 0) return;
  for (;;) {
    int served = serve_changes(BATCH);
    if (has_come(index, item) || is_over()) return;
    int64_t until = deadline < grace_end() ? deadline : grace_end();
    // Nobody tells when a path appears.
    int64_t soon = clinux_monotonic_time() + 10 * millisecond;
    if (item->kind == CLINUX_GUARDIAN_BACKGROUND && until > soon) until = soon;
    await_event(served == BATCH ? 0 : until);
  }
}

void run(void) {
  deadline = clinux_monotonic_time() + plan->deadline_ns;
  set_trace_mode(TRACE_CAPTURE);
  for (uint32_t i = 0; i < plan->item_count; i++) {
    const struct item *item = plan_item(i);
    if (item->kind < CLINUX_GUARDIAN_BACKGROUND || item->kind > CLINUX_GUARDIAN_RUNTIME) continue;
    run_command(i, item);
    if (report->has_failed || report->ending) return;
  }
}
