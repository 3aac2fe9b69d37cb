// Hand-over words in memory that two processes share: futex(2) wait and wake, and the loads and stores
// that order the data around them. Swift cannot call syscall(2), which is variadic.
#pragma once

#include <stdint.h>

// Sleep until `word` is woken, while it holds `expected`. The timeout is in nanoseconds, relative; a
// negative one means none.
// 0 when woken (perhaps for no reason: look at the word again); -EAGAIN when the word held another value;
// -ETIMEDOUT; -EINTR when a signal handler ran.
int clinux_futex_wait(const uint32_t *word, uint32_t expected, int64_t timeout_ns);

// Wake at most `count` waiters of `word`, in this process and any other that maps it.
// The number woken, or -errno.
int clinux_futex_wake(const uint32_t *word, int count);

static inline uint32_t clinux_load_acquire(const uint32_t *word) {
  return __atomic_load_n(word, __ATOMIC_ACQUIRE);
}

static inline void clinux_store_release(uint32_t *word, uint32_t value) {
  __atomic_store_n(word, value, __ATOMIC_RELEASE);
}

// The value before.
static inline uint32_t clinux_exchange(uint32_t *word, uint32_t value) {
  return __atomic_exchange_n(word, value, __ATOMIC_ACQ_REL);
}

// The value before.
static inline uint32_t clinux_fetch_add(uint32_t *word, uint32_t value) {
  return __atomic_fetch_add(word, value, __ATOMIC_ACQ_REL);
}
