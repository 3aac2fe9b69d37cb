#define _GNU_SOURCE
#include "clinux_interrupts.h"

#include <pthread.h>
#include <signal.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int holders;
static struct sigaction interrupt, quit;

void clinux_hold_interrupts(void) {
  struct sigaction ignore = {.sa_handler = SIG_IGN};
  pthread_mutex_lock(&lock);
  if (holders++ == 0) {
    sigaction(SIGINT, &ignore, &interrupt);
    sigaction(SIGQUIT, &ignore, &quit);
  }
  pthread_mutex_unlock(&lock);
}

void clinux_release_interrupts(void) {
  pthread_mutex_lock(&lock);
  if (--holders == 0) {
    sigaction(SIGINT, &interrupt, NULL);
    sigaction(SIGQUIT, &quit, NULL);
  }
  pthread_mutex_unlock(&lock);
}

void clinux_released_interrupts(sigset_t *signals) {
  pthread_mutex_lock(&lock);
  if (holders && interrupt.sa_handler != SIG_IGN) sigaddset(signals, SIGINT);
  if (holders && quit.sa_handler != SIG_IGN) sigaddset(signals, SIGQUIT);
  pthread_mutex_unlock(&lock);
}
