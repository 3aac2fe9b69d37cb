#define _GNU_SOURCE
#include "signals.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <sys/time.h>

// The last two are ours, for the clock and for waitpid(2).
static const int numbers[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM, SIGCHLD};
enum { COUNT = sizeof numbers / sizeof *numbers };

static struct sigaction original[COUNT];
static volatile sig_atomic_t receiver, interrupted, ticked;

static void hand_on(int number, siginfo_t *info, void *context) {
  (void)context;
  int error = errno;
  // What the terminal sends it sends to all of its foreground, so the command has it already.
  if (!receiver) interrupted = 1;
  else if (info->si_code != SI_KERNEL) kill(receiver, number);
  errno = error;
}

static void tick(int number) {
  (void)number;
  ticked = 1;
}

int catch_signals(void) {
  // Without SA_RESTART: they end a wait.
  struct sigaction on_signal = {.sa_sigaction = hand_on, .sa_flags = SA_SIGINFO};
  struct sigaction on_tick = {.sa_handler = tick};
  struct sigaction by_default = {.sa_handler = SIG_DFL};
  for (int i = 0; i < COUNT; i++) {
    if (sigaction(numbers[i], NULL, &original[i]) < 0) return -1;
    const struct sigaction *action = &on_signal;
    if (numbers[i] == SIGALRM) action = &on_tick;
    // Ignored, it would let children vanish without a status.
    else if (numbers[i] == SIGCHLD) action = &by_default;
    else if (original[i].sa_handler == SIG_IGN) continue;
    if (sigaction(numbers[i], action, NULL) < 0) return -1;
  }
  // Again and again: one that comes just before a wait begins is not lost for long.
  struct itimerval often = {{0, 100000}, {0, 100000}};
  return setitimer(ITIMER_REAL, &often, NULL);
}

void restore_signals(void) {
  for (int i = 0; i < COUNT; i++) sigaction(numbers[i], &original[i], NULL);
}

void hand_on_to(pid_t process) { receiver = process; }

int is_interrupted(void) { return interrupted; }

int has_ticked(void) {
  int result = ticked;
  ticked = 0;
  return result;
}
