#define _GNU_SOURCE
#include "signals.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <sys/time.h>

static struct sigaction original[NSIG];
static volatile sig_atomic_t receiver, interrupted, ticked;

// The others are about the counter itself (a fault, a stop), or nothing by default.
static int is_handed_on(int number) {
  switch (number) {
  case SIGHUP: case SIGINT: case SIGQUIT: case SIGTERM: case SIGUSR1: case SIGUSR2: case SIGALRM: return 1;
  default: return number >= SIGRTMIN && number <= SIGRTMAX;
  }
}

// What we change: also what waitpid(2) needs.
static int is_ours(int number) { return is_handed_on(number) || number == SIGCHLD; }

static void hand_on(int number, siginfo_t *info, void *context) {
  (void)context;
  int error = errno;
  // Our own timer's signal comes from the kernel; whoever else sends one is somebody.
  if (number == SIGALRM && info->si_code == SI_KERNEL) ticked = 1;
  else if (!receiver) interrupted = 1;
  else if (info->si_code == SI_QUEUE) sigqueue(receiver, number, info->si_value);
  // What the terminal sends it sends to all of its foreground, so the command has it already.
  else if (info->si_code != SI_KERNEL) kill(receiver, number);
  errno = error;
}

int catch_signals(void) {
  // Without SA_RESTART: they end a wait.
  struct sigaction on_signal = {.sa_sigaction = hand_on, .sa_flags = SA_SIGINFO};
  struct sigaction by_default = {.sa_handler = SIG_DFL};
  for (int i = 1; i < NSIG; i++) {
    if (!is_ours(i)) continue;
    if (sigaction(i, NULL, &original[i]) < 0) return -1;
    // Ignored, SIGCHLD would let children vanish without a status; and the clock is needed whoever ignored it.
    if (original[i].sa_handler == SIG_IGN && i != SIGCHLD && i != SIGALRM) continue;
    if (sigaction(i, i == SIGCHLD ? &by_default : &on_signal, NULL) < 0) return -1;
  }
  // Again and again: one that comes just before a wait begins is not lost for long.
  struct itimerval often = {{0, 100000}, {0, 100000}};
  return setitimer(ITIMER_REAL, &often, NULL);
}

void restore_signals(void) {
  for (int i = 1; i < NSIG; i++)
    if (is_ours(i)) sigaction(i, &original[i], NULL);
}

void hand_on_to(pid_t process) { receiver = process; }

int is_interrupted(void) { return interrupted; }

int has_ticked(void) {
  int result = ticked;
  ticked = 0;
  return result;
}
