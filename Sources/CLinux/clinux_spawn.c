#define _GNU_SOURCE
#include "clinux_spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "clinux_interrupts.h"

extern char **environ;

int clinux_memfd(const char *name, size_t size) {
  int fd = memfd_create(name, MFD_CLOEXEC);
  if (fd < 0) return -errno;
  if (ftruncate(fd, (off_t)size) < 0) {
    int error = errno;
    close(fd);
    return -error;
  }
  return fd;
}

int clinux_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC) < 0 ? -errno : 0; }

// Copies of `descriptors` numbered `count` and up, so that no dup2 in the child overwrites the source of
// a later one. On failure the entries not made are -1.
static int raise_descriptors(const int descriptors[], size_t count, int raised[]) {
  int error = 0;
  for (size_t i = 0; i < count; i++) {
    raised[i] = -1;
    if (error) continue;
    raised[i] = descriptors[i] < 0 ? open("/dev/null", O_RDWR | O_CLOEXEC)
                                   : fcntl(descriptors[i], F_DUPFD_CLOEXEC, (int)count);
    if (raised[i] >= 0 && (size_t)raised[i] < count) {
      int low = raised[i];
      raised[i] = fcntl(low, F_DUPFD_CLOEXEC, (int)count);
      if (raised[i] < 0) error = errno;
      close(low);
    } else if (raised[i] < 0) {
      error = errno;
    }
  }
  return error;
}

// The posix_spawn functions return the error number and leave errno alone.
static int spawn_prepared(const char *path, char *const arguments[], char *const environment[],
                          const int raised[], size_t count, int is_beside, pid_t *pid) {
  posix_spawn_file_actions_t actions;
  int error = posix_spawn_file_actions_init(&actions);
  if (error) return error;
  for (size_t i = 0; i < count && !error; i++)
    error = posix_spawn_file_actions_adddup2(&actions, raised[i], (int)i);
  if (!error) error = posix_spawn_file_actions_addclosefrom_np(&actions, (int)count);

  posix_spawnattr_t attributes;
  if (!error) error = posix_spawnattr_init(&attributes);
  if (!error) {
    sigset_t none, by_default;
    sigemptyset(&none);
    if (is_beside) {
      sigemptyset(&by_default);
      clinux_released_interrupts(&by_default);
    } else {
      sigfillset(&by_default);
    }
    short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | (is_beside ? 0 : POSIX_SPAWN_SETPGROUP);
    error = posix_spawnattr_setflags(&attributes, flags);
    if (!error) error = posix_spawnattr_setpgroup(&attributes, 0);
    if (!error) error = posix_spawnattr_setsigmask(&attributes, &none);
    if (!error) error = posix_spawnattr_setsigdefault(&attributes, &by_default);
    if (!error)
      error = posix_spawn(pid, path, &actions, &attributes, arguments, environment ? environment : environ);
    posix_spawnattr_destroy(&attributes);
  }
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

static int spawn(const char *path, char *const arguments[], char *const environment[], const int descriptors[],
                 size_t count, int is_beside, pid_t *pid) {
  int *raised = calloc(count ? count : 1, sizeof *raised);
  if (!raised) return -ENOMEM;
  int error = raise_descriptors(descriptors, count, raised);
  if (!error) error = spawn_prepared(path, arguments, environment, raised, count, is_beside, pid);
  for (size_t i = 0; i < count; i++)
    if (raised[i] >= 0) close(raised[i]);
  free(raised);
  return -error;
}

int clinux_spawn(const char *path, char *const arguments[], char *const environment[],
                 const int descriptors[], size_t count, pid_t *pid) {
  return spawn(path, arguments, environment, descriptors, count, 0, pid);
}

int clinux_spawn_beside(const char *path, char *const arguments[], char *const environment[],
                        const int descriptors[], size_t count, pid_t *pid) {
  return spawn(path, arguments, environment, descriptors, count, 1, pid);
}

int clinux_lifeline(int read_end) {
  // fs/pipe.c, pipe_release: the last writer's close signals the readers' owner (F_SETOWN) with the
  // signal of F_SETSIG. A positive owner is the whole process, so no thread's end matters.
  if (fcntl(read_end, F_SETOWN, getpid()) < 0) return -errno;
  if (fcntl(read_end, F_SETSIG, SIGKILL) < 0) return -errno;
  int flags = fcntl(read_end, F_GETFL);
  if (flags < 0 || fcntl(read_end, F_SETFL, flags | O_ASYNC) < 0) return -errno;
  // The holder may have ended before the line above: then no signal comes any more.
  struct pollfd poll_set = {.fd = read_end, .events = POLLIN};
  int ready;
  while ((ready = poll(&poll_set, 1, 0)) < 0 && errno == EINTR) {
  }
  if (ready < 0) return -errno;
  return poll_set.revents & POLLHUP ? -EPIPE : 0;
}

int clinux_reap(pid_t pid, int nohang, int *status) {
  pid_t result;
  do {
    result = waitpid(pid, status, nohang ? WNOHANG : 0);
  } while (result < 0 && errno == EINTR);
  return result < 0 ? -errno : (int)result;
}

int clinux_await_end(pid_t pid, int timeout_ms, int *status) {
  int descriptor = (int)syscall(SYS_pidfd_open, pid, 0);
  if (descriptor < 0) return -errno;
  struct pollfd poll_set = {.fd = descriptor, .events = POLLIN};
  int64_t deadline = clinux_monotonic_time() + timeout_ms * INT64_C(1000000);
  int ready, left = timeout_ms;
  while ((ready = poll(&poll_set, 1, left)) < 0 && errno == EINTR) {
    int64_t now = clinux_monotonic_time();
    left = now < deadline ? (int)((deadline - now) / 1000000) : 0;
  }
  int error = ready < 0 ? errno : 0;
  close(descriptor);
  if (error) return -error;
  return ready ? clinux_reap(pid, 0, status) : 0;
}

int clinux_kill_and_reap(pid_t pid, int *status) {
  if (kill(pid, SIGKILL) < 0 && errno != ESRCH) return -errno;
  return clinux_reap(pid, 0, status);
}

int64_t clinux_cpu_time(pid_t pid) {
  clockid_t clock;
  int error = clock_getcpuclockid(pid, &clock);
  if (error) return -error;
  struct timespec time;
  if (clock_gettime(clock, &time) < 0) return -errno;
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

int64_t clinux_monotonic_time(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

int clinux_no_core(void) {
  struct rlimit none = {0, 0};
  if (setrlimit(RLIMIT_CORE, &none) < 0) return -errno;
  return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0 ? -errno : 0;
}

int clinux_may_run_on(int processor) {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) < 0) return -errno;
  return processor >= 0 && processor < CPU_SETSIZE && CPU_ISSET(processor, &set) ? 1 : 0;
}
