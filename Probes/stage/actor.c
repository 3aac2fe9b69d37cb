/* An actor: waits until the director lets it take its next steps, takes them, says so. */

#include "stage/actor.h"

#include "stage/memory.h"
#include "stage/signals.h"

static char stacks[STAGE_MAX_ACTORS][ACTOR_STACK_SIZE] __attribute__((aligned(16)));

void *sysinfo;

char *stack_top(uint32_t index) { return stacks[index] + ACTOR_STACK_SIZE; }

uint32_t self(void) {
  return (uint32_t)((uintptr_t)__builtin_frame_address(0) - (uintptr_t)stacks) / ACTOR_STACK_SIZE;
}

/* Enters the kernel as a step asks for. 0 when this build cannot. */
#ifdef __x86_64__
long enter_vsyscall(const struct probe_call *call);

static int enter(uint32_t entry, struct probe_call *call, int64_t *value) {
  /* asm/vsyscall.h: gettimeofday, time, getcpu, each in a slot of 1024 bytes. */
  const uint64_t slots = 0xffffffffff600000;
  switch (entry) {
  case STAGE_ENTRY_SYSCALL: *value = enter_syscall(call); return 1;
  case STAGE_ENTRY_INT80: *value = enter_int80(call); return 1;
  case STAGE_ENTRY_VSYSCALL:
    call->rax = slots + (call->rax == 96 ? 0 : call->rax == 201 ? 1024 : 2048);
    *value = enter_vsyscall(call);
    return 1;
  default: return 0;
  }
}
#else
static int enter(uint32_t entry, struct probe_call *call, int64_t *value) {
  switch (entry) {
  case STAGE_ENTRY_INT80: *value = enter_int80(call); return 1;
  case STAGE_ENTRY_SYSENTER:
    if (!sysinfo) return 0;
    *value = enter_sysenter(call, sysinfo);
    return 1;
  default: return 0;
  }
}
#endif

static uint64_t argument(const struct stage_step *it, int index) {
  uint64_t value = it->args[index];
  switch (it->arg_kinds[index]) {
  case STAGE_ARGUMENT_THREAD: return (uint64_t)(int64_t)actor((uint32_t)value)->tid;
  case STAGE_ARGUMENT_RESULT: return (uint64_t)result((uint32_t)value)->value;
  case STAGE_ARGUMENT_WORD: return *scratch((uint32_t)value);
  default: return value;
  }
}

static void read_words(const struct stage_step *it, uint32_t index) {
  for (uint32_t i = 0; i < it->reads_count; i++)
    result(index)->words[i] = *scratch(it->reads_offset + 8 * i);
}

static uint32_t make_calls(const struct stage_step *it, uint32_t index) {
  volatile struct stage_actor *me = actor(self());
  int64_t value = 0;
  uint32_t successes = 0;
  uint32_t entered = 1;
  for (uint32_t left = it->repetitions; left && entered; left--) {
    struct probe_call call = {it->entry, 0, it->rax, {0}};
    for (int i = 0; i < 6; i++) call.args[i] = argument(it, i);
    store(&me->in_call, 1);
    entered = (uint32_t)enter(it->entry, &call, &value);
    store(&me->in_call, 0);
    if (value < 0 && value > -4096) break;
    if (left > 1) successes++;
  }
  result(index)->value = value;
  result(index)->successes = successes;
  read_words(it, index);
  return entered ? STAGE_STATE_RETURNED : STAGE_STATE_NOT_TAKEN;
}

static int64_t read_timestamp(void) {
  uint32_t low, high;
  __asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
  return low == high; /* any small number */
}

/* Whom a thread is to be, until it has looked. */
static volatile uint32_t newcomer;

static void begin_thread(void) {
  store(&newcomer, STAGE_MAX_ACTORS);
  act();
}

static int64_t spawn_thread(uint32_t index) {
  store(&newcomer, index);
  actor(index)->pid = actor(self())->pid;
  long made = clone_onto(CLONE_THREAD_FLAGS, stack_top(index), begin_thread);
  if (made > 0) {
    actor(index)->tid = (int32_t)made;
    /* The new thread's first look at its stack is all that it needs of this. */
    while (load(&newcomer) == index) __asm__ volatile("pause");
  }
  return made > 0 ? 0 : made;
}

static int64_t spawn_process(uint32_t index, uint32_t flags) {
  /* A child of the director's, so that this one hears of its end and nobody else has to. */
  long made = system_call(NR_clone, (long)(flags | CLONE_PARENT | SIGCHLD), 0, 0, 0, 0, 0);
  if (made == 0) restart_on(stack_top(index), act);
  if (made > 0) actor(index)->tid = actor(index)->pid = (int32_t)made;
  return made > 0 ? 0 : made;
}

/* Only an error comes back. The new program says that the step is over, and goes on behind it. */
static int64_t execute(uint32_t build, uint32_t index) {
  volatile struct stage_actor *me = actor(self());
  char name[] = "actor";
  char number[] = {(char)('A' + self()), 0};
  char *words[] = {name, number, 0};
  char *environment[] = {0};
  me->executes = index + 1;
  long error = system_call(
      NR_execve, (long)header()->paths[build], (long)words, (long)environment, 0, 0, 0);
  me->executes = 0;
  return error;
}

static int64_t mask(uint32_t signal, uint32_t blocks) {
  uint64_t set = 1ull << (signal - 1);
  return system_call(NR_rt_sigprocmask, blocks ? 0 : 1, (long)&set, 0, sizeof set, 0, 0);
}

/* Takes one step and tells how it ended. */
static void take(uint32_t index) {
  const struct stage_step *it = step(index);
  volatile struct stage_actor *me = actor(self());
  int64_t value = 0;
  uint32_t state = STAGE_STATE_RETURNED;
  switch (it->kind) {
  case STAGE_STEP_CALL:
  case STAGE_STEP_BEGIN:
    state = make_calls(it, index);
    value = result(index)->value;
    break;
  case STAGE_STEP_SPAWN_PROCESS: value = spawn_process(it->target, it->flags); break;
  case STAGE_STEP_SPAWN_THREAD: value = spawn_thread(it->target); break;
  case STAGE_STEP_EXECUTE: value = execute(it->target, index); break;
  case STAGE_STEP_HANDLE: value = set_disposition(it->target, it->disposition, it->flags); break;
  case STAGE_STEP_MASK: value = mask(it->target, it->disposition); break;
  case STAGE_STEP_SPIN: me->spins = 1; break;
  case STAGE_STEP_RDTSC: value = read_timestamp() & 0; break;
  default: state = STAGE_STATE_NOT_TAKEN;
  }
  result(index)->value = value;
  result(index)->signals = me->signals;
  me->signals = 0;
  store(&result(index)->state, state);
  store(&me->position, index + 1);
}

static void await_turn(volatile struct stage_actor *me) {
  for (;;) {
    uint32_t limit = load(&me->limit);
    if (limit > me->position) return;
    /* Where a filter denies the wait this spins as well. */
    if (me->spins) {
      __asm__ volatile("pause");
    } else {
      futex_wait(&me->limit, limit);
    }
  }
}

static void finish_execution(volatile struct stage_actor *me) {
  if (!me->executes) return;
  uint32_t index = me->executes - 1;
  me->executes = 0;
  result(index)->value = 0;
  result(index)->signals = me->signals;
  me->signals = 0;
  store(&result(index)->state, STAGE_STATE_RETURNED);
  store(&me->position, index + 1);
  if (me->position < load(&me->limit)) return;
  __atomic_add_fetch(&header()->event, 1, __ATOMIC_RELEASE);
  if (!me->spins) futex_wake(&header()->event);
}

_Noreturn void act(void) {
  volatile struct stage_actor *me = actor(self());
  finish_execution(me);
  for (;;) {
    await_turn(me);
    while (me->position < load(&me->limit)) take(me->position);
    __atomic_add_fetch(&header()->event, 1, __ATOMIC_RELEASE);
    if (!me->spins) futex_wake(&header()->event);
  }
}
