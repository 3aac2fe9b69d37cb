#include "memory.h" /* first: <signal.h> makes macros of siginfo's fields */

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bare_loop.h"

/* rbx and rbp belong to the caller, so this one cannot be inlined. */
long enter_int80(const struct probe_call *call);
__asm__(
    ".text\n"
    ".p2align 4\n"
    "enter_int80:\n"
    "  pushq %rbx\n"
    "  pushq %rbp\n"
    "  movq 8(%rdi), %rax\n"
    "  movq 16(%rdi), %rbx\n"
    "  movq 24(%rdi), %rcx\n"
    "  movq 32(%rdi), %rdx\n"
    "  movq 40(%rdi), %rsi\n"
    "  movq 56(%rdi), %rbp\n"
    "  movq 48(%rdi), %rdi\n"
    "  int $0x80\n"
    "  popq %rbp\n"
    "  popq %rbx\n"
    "  ret\n");

static inline long enter_syscall(const struct probe_call *call) {
  register uint64_t a3 __asm__("r10") = call->args[3];
  register uint64_t a4 __asm__("r8") = call->args[4];
  register uint64_t a5 __asm__("r9") = call->args[5];
  long result;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(call->rax), "D"(call->args[0]), "S"(call->args[1]), "d"(call->args[2]), "r"(a3),
                     "r"(a4), "r"(a5)
                   : "rcx", "r11", "memory");
  return result;
}

static __attribute__((noinline)) void make_calls(uint32_t count) {
  const struct probe_call *call = calls();
  struct probe_result *result = results();
  for (uint32_t i = 0; i < count; i++)
    result[i].value =
        (uint64_t)(call[i].entry == PROBE_ENTRY_INT80 ? enter_int80(&call[i]) : enter_syscall(&call[i]));
}

/* What parent and child share. */
struct task {
  int is_exempt; /* raised by the parent */
  int error;     /* an errno of the child's */
  int64_t nanoseconds;
};

/* The shield would refuse the stack above it, so the child is exempt until the parent lets go of it at the stop; from
 * then on it makes no call of its own: clock_gettime is read in user space (vdso(7)). */
static _Noreturn void be_filtered(struct task *task, uint32_t count) {
  while (!__atomic_load_n(&task->is_exempt, __ATOMIC_ACQUIRE)) sched_yield();
  if (install_stack(1)) {
    task->error = errno;
    _exit(1);
  }
  alarm(PATIENCE);
  raise(SIGSTOP);
  make_calls(count);
  int64_t begin = nanoseconds_now();
  make_calls(count);
  task->nanoseconds = nanoseconds_now() - begin;
  __builtin_trap();
}

/* From the child's start to the moment at which its filters are live. */
static int64_t let_go(pid_t child, struct task *task) {
  int status;
  if (ptrace(PTRACE_SEIZE, child, 0, PTRACE_O_EXITKILL | PTRACE_O_SUSPEND_SECCOMP))
    return failed("exempting a child from seccomp (needs CAP_SYS_ADMIN)");
  __atomic_store_n(&task->is_exempt, 1, __ATOMIC_RELEASE);
  if (waitpid(child, &status, __WALL) != child) return failed("waiting for a child");
  if (!WIFSTOPPED(status) || WSTOPSIG(status) != SIGSTOP) {
    errno = task->error;
    return failed("putting the filters on a child");
  }
  return ptrace(PTRACE_DETACH, child, 0, 0) ? failed("letting a child go") : 0;
}

int64_t time_calls(uint32_t count) {
  struct task *task = mmap(0, sizeof *task, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (task == MAP_FAILED) return failed("mapping a page");
  pid_t child = fork();
  if (child < 0) return failed("forking");
  if (child == 0) be_filtered(task, count);
  int status;
  if (let_go(child, task)) {
    kill(child, SIGKILL);
    waitpid(child, &status, __WALL);
    return -1;
  }
  if (waitpid(child, &status, __WALL) != child || !WIFSIGNALED(status) || WTERMSIG(status) != SIGILL ||
      task->nanoseconds <= 0) {
    errno = ECHILD;
    return failed("the filtered child did not come to its end");
  }
  return task->nanoseconds;
}
