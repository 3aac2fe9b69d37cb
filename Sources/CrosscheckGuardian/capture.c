#define _GNU_SOURCE
#include "capture.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "clinux_ptrace.h"
#include "clinux_spawn.h"
#include "plan.h"
#include "report.h"
#include "trace.h"

// linux/ptrace.h, which cannot be included beside sys/ptrace.h.
#ifndef PTRACE_O_SUSPEND_SECCOMP
#define PTRACE_O_SUSPEND_SECCOMP (1 << 21)
#endif

// The ways into the kernel: the two calls' numbers, and whether struct sock_fprog is the 32-bit one.
static const struct entry {
  uint32_t architecture;
  uint64_t seccomp, prctl;
  int is_narrow;
} entries[] = {
#if defined(__x86_64__)
    {AUDIT_ARCH_X86_64, 317, 157, 0},
    {AUDIT_ARCH_X86_64, 0x40000000 | 317, 0x40000000 | 157, 1}, // x32
    {AUDIT_ARCH_I386, 354, 172, 1},
#else
#error "the numbers of seccomp(2) and prctl(2) on this architecture are to be written here"
#endif
};

static dev_t payload_device;
static ino_t payload_inode;
static int64_t last_installation;

int64_t last_installation_time(void) { return last_installation; }

int know_payload(void) {
  const struct item *payload = plan_find(CLINUX_GUARDIAN_PAYLOAD);
  struct stat file;
  if (!payload || stat(payload->name, &file) < 0) {
    report_failure(payload ? errno : 0, "look at the payload %s", payload ? payload->name : "(none is named)");
    return -1;
  }
  payload_device = file.st_dev;
  payload_inode = file.st_ino;
  return 0;
}

// 0, or errno.
static int read_memory(pid_t task, uint64_t address, void *buffer, size_t size) {
  struct iovec here = {buffer, size}, there = {(void *)(uintptr_t)address, size};
  ssize_t count = process_vm_readv(task, &here, 1, &there, 1, 0);
  if (count < 0) return errno;
  return (size_t)count == size ? 0 : EFAULT;
}

// struct sock_fprog, of either width.
static int read_head(pid_t task, uint64_t address, int is_narrow, uint16_t *length, uint64_t *program) {
  if (is_narrow) {
    struct {
      uint16_t len;
      uint32_t filter;
    } narrow;
    int error = read_memory(task, (uint32_t)address, &narrow, sizeof narrow);
    *length = narrow.len;
    *program = narrow.filter;
    return error;
  }
  struct sock_fprog wide;
  int error = read_memory(task, address, &wide, sizeof wide);
  *length = wide.len;
  *program = (uintptr_t)wide.filter;
  return error;
}

// Copy the program before the kernel has it: afterwards the task may change its memory, or be gone.
static void begin_installation(struct task *task, const struct entry *entry, uint32_t route, uint64_t number,
                               uint32_t flags, uint64_t address) {
  // With no program at all a caller asks whether the kernel knows the flags: libseccomp does, several times.
  if (!address) return;
  uint16_t length = 0;
  uint64_t program = 0;
  int error = read_head(task->id, address, entry->is_narrow, &length, &program);
  if (error) length = 0;
  struct clinux_guardian_installation *installation = report_installation(length);
  if (!installation) return;
  if (!error && length) error = read_memory(task->id, program, installation + 1, 8ul * length);
  *installation = (struct clinux_guardian_installation){
      .process = task->id,
      .route = route,
      .flags = flags,
      .result = CLINUX_GUARDIAN_NO_RESULT,
      .instruction_count = length,
      .read_error = error,
  };
  task->pending = installation;
  task->pending_number = number;
}

// The filters that bind a stopped task, oldest first, into `area` of the report.
static void read_chain(pid_t task, struct clinux_guardian_chain *chain, uint32_t area) {
  *chain = (struct clinux_guardian_chain){.process = task};
  for (;;) {
    long count = clinux_seccomp_filter(task, chain->filter_count, NULL);
    if (count == -ENOENT || (count == -EINVAL && !chain->filter_count)) return; // no more; none at all
    struct clinux_guardian_filter *filter = (void *)(report_area(area) + chain->bytes);
    size_t bytes = sizeof *filter + 8 * (size_t)(count < 0 ? 0 : count);
    if (count >= 0 && bytes > CLINUX_GUARDIAN_CHAIN_SIZE - chain->bytes) count = -ENOSPC;
    if (count >= 0) count = clinux_seccomp_filter(task, chain->filter_count, filter + 1);
    if (count < 0) {
      chain->error = (int)-count;
      return;
    }
    uint64_t flags = 0;
    int is_told = clinux_seccomp_filter_flags(task, chain->filter_count, &flags) == 0;
    *filter = (struct clinux_guardian_filter){(uint32_t)count, (uint32_t)is_told, flags};
    chain->filter_count++;
    chain->bytes += (uint32_t)bytes;
  }
}

static void end_installation(struct task *task, int64_t result) {
  struct clinux_guardian_installation *installation = task->pending;
  task->pending = NULL;
  // When an older filter kills or traps, the kernel puts the call's number back where the result would stand
  // (syscall_rollback): the call was not made. A descriptor or a thread of just that number is not to be expected.
  if (result >= 0 && (uint64_t)result == task->pending_number) result = CLINUX_GUARDIAN_NO_RESULT;
  installation->result = result;
  last_installation = clinux_monotonic_time();
  // Of a successful one. With TSYNC a positive result names the thread that was in the way.
  int is_listener = installation->flags & SECCOMP_FILTER_FLAG_NEW_LISTENER;
  if (result < 0 || (result > 0 && !is_listener)) return;
  read_chain(task->id, &report->last_chain, CLINUX_GUARDIAN_LAST_CHAIN);
  // Where that is refused the task stays bound, and the payload's own exemption will tell why.
  if (plan_find(CLINUX_GUARDIAN_EXEMPT))
    ptrace(PTRACE_SETOPTIONS, task->id, 0, trace_options() | PTRACE_O_SUSPEND_SECCOMP);
}

void look_at_call(struct task *task) {
  struct __ptrace_syscall_info info;
  // The task may have been killed since it stopped; the kernel before 5.3 does not know this request.
  if (ptrace(PTRACE_GET_SYSCALL_INFO, task->id, sizeof info, &info) < 0) {
    if (errno != ESRCH) report_failure(errno, "read a system call (PTRACE_GET_SYSCALL_INFO, Linux 5.3)");
    return;
  }
  if (info.op == PTRACE_SYSCALL_INFO_EXIT) {
    if (task->pending) end_installation(task, info.exit.rval);
    return;
  }
  if (info.op != PTRACE_SYSCALL_INFO_ENTRY) return;
  for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
    const struct entry *entry = &entries[i];
    if (info.arch != entry->architecture) continue;
    const uint64_t *arguments = (const uint64_t *)info.entry.args;
    // Both calls take their first argument as an int, and seccomp(2) its flags too.
    if (info.entry.nr == entry->seccomp && (uint32_t)arguments[0] == SECCOMP_SET_MODE_FILTER)
      begin_installation(task, entry, CLINUX_GUARDIAN_SECCOMP, info.entry.nr, (uint32_t)arguments[1],
                         arguments[2]);
    if (info.entry.nr == entry->prctl && (uint32_t)arguments[0] == PR_SET_SECCOMP &&
        arguments[1] == SECCOMP_MODE_FILTER)
      begin_installation(task, entry, CLINUX_GUARDIAN_PRCTL, info.entry.nr, 0, arguments[2]);
  }
}

static int is_payload(pid_t task) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/exe", task);
  struct stat file;
  return stat(path, &file) == 0 && file.st_dev == payload_device && file.st_ino == payload_inode;
}

int look_at_exec(struct task *task) {
  if (report->payload || !is_payload(task->id)) return 0;
  read_chain(task->id, &report->payload_chain, CLINUX_GUARDIAN_PAYLOAD_CHAIN);
  // Without the options for its children: they are not traced. Filters bind them as they would anywhere.
  long options = PTRACE_O_EXITKILL;
  if (ptrace(PTRACE_SETOPTIONS, task->id, 0, options | PTRACE_O_SUSPEND_SECCOMP) < 0) {
    if (errno == ESRCH) return 0;
    report->suspend_error = errno;
    if (ptrace(PTRACE_SETOPTIONS, task->id, 0, options) < 0) return 0;
  }
  report->payload = task->id;
  task->is_released = 1;
  return 1;
}
