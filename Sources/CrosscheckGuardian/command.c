#define _GNU_SOURCE
#include "command.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "events.h"
#include "report.h"
#include "trace.h"

// Above every number that a command may get.
enum { HIGH = 64 };

static int failure_end = -1;
static const char *program = "";

static int raised(int descriptor) { return fcntl(descriptor, F_DUPFD_CLOEXEC, HIGH); }

// The descriptors of the plan; every other one of ours closes in exec. 0, or errno.
static int hand_over_descriptors(void) {
  // No memory is allocated behind fork: a recipe has a few.
  int sources[16], targets[16], count = 0;
  for (uint32_t i = 0; i < plan->item_count; i++) {
    const struct item *item = plan_item(i);
    if (item->kind != CLINUX_GUARDIAN_DESCRIPTOR) continue;
    if (count == 16 || item->number < 3 || item->number >= HIGH) return EINVAL;
    int source = item->name[0] ? open(item->name, O_RDONLY | O_CLOEXEC) : CLINUX_GUARDIAN_PAYLOAD_FD;
    targets[count] = (int)item->number;
    sources[count] = source < 0 ? -1 : raised(source);
    if (sources[count] < 0) return errno;
    if (item->name[0]) close(source);
    count++;
  }
  int output = raised(output_end), errors = raised(errors_end);
  int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (output < 0 || errors < 0 || nothing < 0) return errno;
  if (dup2(nothing, 0) < 0 || dup2(output, 1) < 0 || dup2(errors, 2) < 0) return errno;
  for (int i = 0; i < count; i++)
    if (dup2(sources[i], targets[i]) < 0) return errno;
  return 0;
}

// In the child. `start_end` gives a byte when it is traced, and nothing when the guardian is gone.
static _Noreturn void become(char *const words[], char *const environment[], int start_end, int failed_end) {
  char byte;
  if (read(start_end, &byte, 1) != 1) _exit(127);
  setsid();
  int error = hand_over_descriptors();
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  if (!error) {
    execve(words[0], words, environment);
    error = errno;
  }
  ssize_t written = write(failed_end, &error, sizeof error);
  (void)written;
  _exit(127);
}

// Both ends of a pipe, out of the way of a command's descriptors. 0, or -1 with errno.
static int high_pipe(int ends[2]) {
  int low[2];
  if (pipe2(low, O_CLOEXEC) < 0) return -1;
  ends[0] = raised(low[0]);
  ends[1] = raised(low[1]);
  int error = errno;
  close(low[0]);
  close(low[1]);
  errno = error;
  return ends[0] < 0 || ends[1] < 0 ? -1 : 0;
}

static pid_t start(char **words, char **environment) {
  int start_ends[2], failure_ends[2];
  if (high_pipe(start_ends) < 0 || high_pipe(failure_ends) < 0) {
    report_failure(errno, "make a pipe");
    return -1;
  }
  pid_t process = fork();
  if (process == 0) {
    close(start_ends[1]);
    become(words, environment, start_ends[0], failure_ends[1]);
  }
  if (process < 0) report_failure(errno, "make a process");
  close(start_ends[0]);
  close(failure_ends[1]);
  if (failure_end >= 0) close(failure_end);
  failure_end = failure_ends[0];
  fcntl(failure_end, F_SETFL, O_NONBLOCK);
  if (process > 0) {
    watch(process);
    // Untraced it does not get its byte, and ends.
    if (trace_child(process) < 0 || write(start_ends[1], "s", 1) != 1) process = -1;
  }
  close(start_ends[1]);
  return process;
}

pid_t start_command(const struct item *item) {
  char **words = item_words(item), **environment = plan_names(CLINUX_GUARDIAN_ENVIRONMENT);
  pid_t process = -1;
  if (words && environment) {
    program = item->data;
    process = start(words, environment);
  } else {
    report_failure(ENOMEM, "read the plan");
  }
  free(words);
  free(environment);
  return process;
}

int was_not_executed(void) {
  int error;
  if (read(failure_end, &error, sizeof error) != sizeof error) return 0;
  report_failure(error, "execute %s", program);
  return 1;
}
