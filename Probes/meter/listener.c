/* Who answers notifications: a second process, unfiltered, in the meter's address space and with its descriptors. */

#include "meter/meter.h"

enum {
  NR_ioctl = 16,
  EINTR = 4,
  /* linux/seccomp.h */
  SECCOMP_IOCTL_NOTIF_RECV = (int)0xc0502100,
  SECCOMP_IOCTL_NOTIF_SEND = (int)0xc0182101,
  SECCOMP_IOCTL_NOTIF_SET_FLAGS = 0x40082104,
  SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP = 1,
};

struct notification {
  uint64_t id;
  uint32_t pid, flags;
  uint8_t data[64];
};

struct response {
  uint64_t id;
  int64_t value;
  int32_t error;
  uint32_t flags;
};

/* 0: not yet; else the descriptor and 1. */
static volatile uint32_t listened;

static void answer(void) {
  long result = stay_on(meter()->answer_processor);
  if (is_error(result)) leave(1);
  while (!__atomic_load_n(&listened, __ATOMIC_ACQUIRE))
    system_call(NR_futex, (long)&listened, FUTEX_WAIT, 0, 0, 0, 0);
  long descriptor = (long)listened - 1;
  for (;;) {
    struct notification asked = {0};
    result = system_call(NR_ioctl, descriptor, SECCOMP_IOCTL_NOTIF_RECV, (long)&asked, 0, 0, 0);
    if (result == -EINTR) continue;
    if (is_error(result)) leave(0); /* the filter's last user has ended */
    struct response response = {asked.id, 0, 0, 0};
    result = system_call(NR_ioctl, descriptor, SECCOMP_IOCTL_NOTIF_SEND, (long)&response, 0, 0, 0);
    if (!is_error(result)) meter()->answers++;
  }
}

void start_listener(void) {
  char *stack = new_stack();
  if (!stack) fail(METER_STAGE_LISTENER, -12 /* ENOMEM */);
  long child = clone_onto(CLONE_VM | CLONE_FILES | CLONE_FS, stack, answer);
  if (is_error(child)) fail(METER_STAGE_LISTENER, child);
}

void begin_to_listen(long descriptor) {
  if (meter()->listener == METER_LISTENER_SYNC) {
    long result = system_call(NR_ioctl, descriptor, SECCOMP_IOCTL_NOTIF_SET_FLAGS,
                              SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP, 0, 0, 0);
    if (is_error(result)) fail(METER_STAGE_LISTENER, result);
  }
  __atomic_store_n(&listened, (uint32_t)descriptor + 1, __ATOMIC_RELEASE);
  system_call(NR_futex, (long)&listened, FUTEX_WAKE, 1, 0, 0, 0);
}
