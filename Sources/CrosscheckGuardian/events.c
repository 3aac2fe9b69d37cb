#define _GNU_SOURCE
#include "events.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "clinux_spawn.h"
#include "report.h"

int output_end = -1, errors_end = -1;

static int signals = -1, output = -1, errors = -1;
static int is_done;

static int open_pipe(int *read_end, int *write_end) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) < 0 || fcntl(ends[0], F_SETFL, O_NONBLOCK) < 0) {
    report_failure(errno, "make a pipe");
    return -1;
  }
  *read_end = ends[0];
  *write_end = ends[1];
  return 0;
}

int open_events(void) {
  // Blocked, they are read from a descriptor, and none is lost between a look and a sleep.
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGCHLD);
  sigaddset(&set, SIGHUP);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGPIPE);
  sigprocmask(SIG_BLOCK, &set, NULL);
  signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
  if (signals < 0) {
    report_failure(errno, "make a signal descriptor");
    return -1;
  }
  return open_pipe(&output, &output_end) < 0 || open_pipe(&errors, &errors_end) < 0 ? -1 : 0;
}

static void take_signals(void) {
  // There are five kinds, and of each at most one waits.
  struct signalfd_siginfo info[5];
  ssize_t bytes = read(signals, info, sizeof info);
  for (ssize_t i = 0; i < bytes / (ssize_t)sizeof *info; i++) {
    uint32_t number = info[i].ssi_signo;
    is_done |= number == SIGHUP || number == SIGINT || number == SIGTERM;
  }
}

// A bounded amount: a runtime that never stops writing must not keep us here.
static void take_text(int end, void (*keep)(const char *text, uint32_t count)) {
  char text[16384];
  for (int i = 0; i < 8; i++) {
    ssize_t count = read(end, text, sizeof text);
    if (count <= 0) return;
    keep(text, (uint32_t)count);
  }
}

void await_event(int64_t until) {
  int64_t rest = until - clinux_monotonic_time();
  if (rest < 0) rest = 0;
  struct timespec timeout = {.tv_sec = rest / 1000000000, .tv_nsec = rest % 1000000000};
  struct pollfd polled[] = {
      {.fd = signals, .events = POLLIN},
      {.fd = output, .events = POLLIN},
      {.fd = errors, .events = POLLIN},
      // Once it has ended, its end would wake us for ever.
      {.fd = is_done ? -1 : CLINUX_GUARDIAN_LIFELINE_FD, .events = 0},
  };
  if (ppoll(polled, sizeof polled / sizeof *polled, &timeout, NULL) <= 0) return;
  if (polled[0].revents) take_signals();
  if (polled[1].revents) take_text(output, report_output);
  if (polled[2].revents) take_text(errors, report_errors);
  if (polled[3].revents) is_done = 1;
}

int driver_is_done(void) { return is_done; }
