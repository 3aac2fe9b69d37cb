// crosscheck-guardian stands between crosscheck and a container runtime. It makes a place that vanishes with it,
// starts the runtime there under ptrace(2), reports every filter that a descendant installs and those that bind the
// payload, and ends and removes everything when the runtime ends, when the time is up, or when its driver is gone.
// crosscheck starts it by itself; clinux_guardian.h says what the two tell each other.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "capture.h"
#include "cgroups.h"
#include "cleaning.h"
#include "events.h"
#include "place.h"
#include "plan.h"
#include "report.h"
#include "run.h"

// What commands inherit: no core dumps, and us as the parent of their orphans.
static int become_guardian(void) {
  for (int i = CLINUX_GUARDIAN_PLAN_FD; i < CLINUX_GUARDIAN_FD_COUNT; i++)
    if (fcntl(i, F_SETFD, FD_CLOEXEC) < 0) return -1;
  // A limit of one byte, where none is left but for root to forbid it already: it keeps a program named in
  // core_pattern from being started too, which a limit of zero does not (fs/coredump.c).
  struct rlimit core;
  if (getrlimit(RLIMIT_CORE, &core) < 0) return -1;
  core.rlim_cur = core.rlim_max = core.rlim_max < 1 ? core.rlim_max : 1;
  if (setrlimit(RLIMIT_CORE, &core) < 0) return -1;
  return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
}

static void do_all(void) {
  int error = open_plan();
  if (error) {
    report_failure(-error, "read the plan");
  } else if (become_guardian() < 0) {
    report_failure(errno, "set the guardian up");
  } else if (!open_events()) {
    sweep_cgroups();
    if (plan_find(CLINUX_GUARDIAN_RUNTIME) && !make_place() && !know_payload()) run();
    clean_up();
  }
}

int main(void) {
  int error = open_report();
  if (error) {
    fprintf(stderr, "crosscheck-guardian: descriptor %d is no driver's report (%s); crosscheck starts this program by "
            "itself\n", CLINUX_GUARDIAN_REPORT_FD, strerror(-error));
    return 64;
  }
  do_all();
  complete_report();
  return 0;
}
