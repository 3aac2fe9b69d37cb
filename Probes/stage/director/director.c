/* The director: plays a script, one step after another, each by its actor. It is never filtered, and every actor's process
 * is a child of its own. */

#include "stage/director/director.h"

#include "lifeline.h"
#include "process.h"
#include "stage/actor.h"
#include "stage/memory.h"
#include "stage/director/tasks.h"

enum { WNOHANG = 1, EINTR = 4, NR_nanosleep = 35, NR_sched_setaffinity = 203, NR_clock_gettime = 228, NR_prlimit64 = 302,
       NR_getcpu = 309 };

static int64_t now_us(void) {
  int64_t time[2] = {0, 0};
  system_call(NR_clock_gettime, 1 /* CLOCK_MONOTONIC */, (long)time, 0, 0, 0, 0);
  return time[0] * 1000000 + time[1] / 1000;
}

/* MARK: Ends */

static void bury(int32_t pid, int status) {
  for (uint32_t i = 0; i < STAGE_MAX_ACTORS; i++) {
    if (actor(i)->pid != pid || actor(i)->is_over) continue;
    actor(i)->is_over = 1;
    actor(i)->ending = STAGE_ENDING_PROCESS;
    actor(i)->wait_status = status;
  }
}

static void reap(void) {
  int status = 0;
  long pid;
  while ((pid = system_call(NR_wait4, -1, (long)&status, WNOHANG | WALL, 0, 0, 0)) > 0)
    bury((int32_t)pid, status);
}

/* Whether any actor of the process will run on. One who runs may be about to end with its process: SIGKILL is no longer
 * pending once it is taken. One who sleeps will not. */
enum { NOBODY, PERHAPS_SOMEBODY, SOMEBODY };

static int find_survivors(int32_t pid) {
  int found = NOBODY;
  for (uint32_t i = 0; i < STAGE_MAX_ACTORS; i++) {
    if (actor(i)->pid != pid || actor(i)->is_over || !actor(i)->tid) continue;
    char state = task_state(actor(i)->tid);
    if (!state || state == 'Z' || state == 'X' || is_being_killed(actor(i)->tid)) continue;
    if (state != 'R' && state != 'D') return SOMEBODY;
    found = PERHAPS_SOMEBODY;
  }
  return found;
}

/* Whether the process is over, and its parent is not told: a tracer, of it or of one of its threads, has not asked yet how
 * that ended. */
static int is_held_by_tracer(int32_t pid) {
  if (task_state(pid) != 'Z' || find_survivors(pid) != NOBODY) return 0;
  for (uint32_t i = 0; i < STAGE_MAX_ACTORS; i++)
    if (actor(i)->pid == pid && actor(i)->tid && task_tracer(actor(i)->tid)) return 1;
  return 0;
}

/* How long one that is held so may have been on its way out. */
enum { HELD_US = 3000 };

/* The actor's task has ended; finds out whether the process has. */
static void settle_end(uint32_t index, int64_t deadline) {
  int64_t begin = now_us();
  while (!actor(index)->is_over) {
    reap();
    if (actor(index)->is_over) return;
    int64_t now = now_us();
    int survivors = find_survivors(actor(index)->pid);
    if (survivors == SOMEBODY || (survivors == PERHAPS_SOMEBODY && now - begin > 20000)) {
      actor(index)->is_over = 1;
      actor(index)->ending = STAGE_ENDING_THREAD;
      return;
    }
    if (now > deadline || (now - begin > HELD_US && is_held_by_tracer(actor(index)->pid))) {
      actor(index)->is_over = 1;
      actor(index)->ending = STAGE_ENDING_UNKNOWN;
      return;
    }
    int64_t pause[2] = {0, 50000};
    system_call(NR_nanosleep, (long)pause, 0, 0, 0, 0, 0);
  }
}

/* MARK: One actor's steps */

/* Word by word: there is no memcpy here. */
static void move_result(uint32_t from, uint32_t to, uint32_t state_left) {
  volatile uint64_t *source = (volatile uint64_t *)result(from), *target = (volatile uint64_t *)result(to);
  for (unsigned i = 0; i < sizeof(struct stage_result) / sizeof *source; i++) {
    target[i] = source[i];
    source[i] = 0;
  }
  result(from)->state = state_left;
}

static void write_end(uint32_t index, uint32_t at) {
  volatile struct stage_result *it = result(at);
  it->value = actor(index)->ending;
  it->wait_status = actor(index)->wait_status;
  it->signals = actor(index)->signals;
  store(&it->state, STAGE_STATE_ENDED);
}

/* What became of an actor that has not said that its steps are over. */
enum { GOES_ON, IS_OVER, WAITS, IS_STOPPED };

static int look_at(uint32_t index, int64_t deadline) {
  volatile struct stage_actor *it = actor(index);
  reap();
  if (it->is_over) return IS_OVER;
  switch (task_state(it->tid)) {
  case 0:
  case 'Z':
  case 'X': settle_end(index, deadline); return IS_OVER;
  case 't': return IS_STOPPED;
  case 'S':
  case 'D':
    if (!it->in_call || step(it->position)->kind != STAGE_STEP_BEGIN) return GOES_ON;
    /* One who ends waits too, on its way out. */
    return is_being_killed(it->tid) ? GOES_ON : WAITS;
  default: return GOES_ON;
  }
}

/* Until the actor has taken its steps below `limit`, or cannot. 0 when the time was up. */
static int await_steps(uint32_t index, uint32_t limit) {
  volatile struct stage_actor *it = actor(index);
  int64_t deadline = now_us() + header()->patience_us;
  int64_t pause_ns = step(limit - 1)->kind == STAGE_STEP_BEGIN ? 30000 : 150000;
  for (;;) {
    uint32_t seen = load(&header()->event);
    if (load(&it->position) >= limit) return 1;
    int64_t timeout[2] = {0, pause_ns};
    long waited =
        system_call(NR_futex, (long)&header()->event, FUTEX_WAIT, (long)seen, (long)timeout, 0, 0);
    if (load(&it->position) >= limit) return 1;
    if (waited == 0) continue;
    int found = look_at(index, deadline);
    if (load(&it->position) >= limit && found != IS_OVER) return 1;
    switch (found) {
    case IS_OVER:
      if (it->position < limit) write_end(index, it->position);
      return 1;
    case WAITS:
    case IS_STOPPED:
      it->pending = 1 + it->position;
      it->pending_state = found == WAITS ? STAGE_STATE_BLOCKED : STAGE_STATE_STOPPED;
      store(&it->limit, it->position + 1);
      return 1;
    }
    if (now_us() > deadline) return 0;
    if (pause_ns < 4000000) pause_ns *= 2;
  }
}

static int is_taken_by_actor(uint32_t kind) {
  return kind != STAGE_STEP_FINISH && kind != STAGE_STEP_STATUS && kind != STAGE_STEP_END;
}

/* kill, tkill, tgkill of asm/unistd_64.h and asm/unistd_32.h. */
static int sends_signal(const struct stage_step *it) {
  if (it->kind != STAGE_STEP_CALL && it->kind != STAGE_STEP_BEGIN) return 0;
  uint32_t number = (uint32_t)it->rax;
  return it->entry == STAGE_ENTRY_SYSCALL ? number == 62 || number == 200 || number == 234
                                          : number == 37 || number == 238 || number == 270;
}

/* A signal's receiver does what it has to when it runs next: nobody goes on before that, or it would be chance what
 * the following steps find. */
static void let_receivers_run(void) {
  int64_t deadline = now_us() + 5000;
  for (uint32_t i = 0; i < STAGE_MAX_ACTORS; i++) {
    volatile struct stage_actor *it = actor(i);
    while (it->tid && !it->is_over && !it->spins && task_state(it->tid) == 'R' && now_us() < deadline) {
      int64_t pause[2] = {0, 20000};
      system_call(NR_nanosleep, (long)pause, 0, 0, 0, 0, 0);
    }
  }
}

/* As many steps from `first` on as the same actor takes in one go. The step behind them. */
static uint32_t end_of_run(uint32_t first) {
  uint32_t end = first;
  while (end < header()->step_count && step(end)->actor == step(first)->actor &&
         is_taken_by_actor(step(end)->kind)) {
    end++;
    if (step(end - 1)->kind == STAGE_STEP_BEGIN || sends_signal(step(end - 1))) break;
  }
  return end;
}

static int is_there(uint32_t index) { return actor(index)->tid && !actor(index)->is_over; }

/* The step behind those taken; 0 when one was not over in time. */
static uint32_t take_steps(uint32_t first) {
  uint32_t end = end_of_run(first);
  volatile struct stage_actor *it = actor(step(first)->actor);
  if (!is_there(step(first)->actor) || it->pending) return end;
  it->position = first;
  store(&it->limit, end);
  if (!it->spins) futex_wake(&it->limit);
  if (await_steps(step(first)->actor, end)) {
    if (sends_signal(step(end - 1))) let_receivers_run();
    return end;
  }
  if (it->position < end) store(&result(it->position)->state, STAGE_STATE_HUNG);
  return 0;
}

static int finish_step(uint32_t index, uint32_t at) {
  volatile struct stage_actor *it = actor(index);
  if (!it->pending || it->is_over) return 1;
  uint32_t begun = it->pending - 1;
  uint32_t state = it->pending_state;
  /* It may be stopped once more, or wait where it was stopped before. */
  it->pending = 0;
  int over = await_steps(index, begun + 1);
  if (it->pending) {
    it->pending_state = state;
    store(&result(at)->state, look_at(index, now_us()) == IS_STOPPED ? STAGE_STATE_STOPPED : STAGE_STATE_BLOCKED);
    return 1;
  }
  move_result(begun, at, state);
  if (!over) store(&result(at)->state, STAGE_STATE_HUNG);
  return over;
}

static int is_process_over(uint32_t index) {
  return actor(index)->is_over && actor(index)->ending == STAGE_ENDING_PROCESS;
}

static int end_step(uint32_t index, uint32_t at) {
  int64_t deadline = now_us() + header()->patience_us;
  int64_t held_since = 0;
  volatile struct stage_actor *it = actor(index);
  if (!it->tid) return 1;
  for (reap(); !is_process_over(index); reap()) {
    int64_t now = now_us();
    if (!is_held_by_tracer(it->pid)) {
      held_since = 0;
    } else if (!held_since) {
      held_since = now;
    } else if (now - held_since > HELD_US) {
      it->is_over = 1;
      it->ending = STAGE_ENDING_UNKNOWN;
      break;
    }
    if (now > deadline) {
      if (it->is_over) break; /* other threads live on */
      store(&result(at)->state, STAGE_STATE_HUNG);
      return 0;
    }
    int64_t pause[2] = {0, 50000};
    system_call(NR_nanosleep, (long)pause, 0, 0, 0, 0, 0);
  }
  write_end(index, at);
  return 1;
}

static void status_step(uint32_t index, uint32_t at) {
  volatile struct stage_result *it = result(at);
  int32_t mode = 0, filters = 0, no_new_privs = 0;
  if (!is_there(index) || !task_status(actor(index)->tid, &mode, &filters, &no_new_privs)) return;
  it->seccomp_mode = mode;
  it->seccomp_filters = filters;
  it->no_new_privs = no_new_privs;
  store(&it->state, STAGE_STATE_STATUS);
}

/* MARK: The whole script */

/* Actors die a lot, and leave no cores unless they ask for one: what they may ask for stays. 0 would still feed a
 * core_pattern that is a pipe. */
static void avoid_cores(void) {
  uint64_t limit[2] = {0, 0};
  system_call(NR_prlimit64, 0, RLIMIT_CORE, 0, (long)limit, 0, 0);
  limit[0] = limit[1] < 1 ? 0 : 1;
  system_call(NR_setrlimit, RLIMIT_CORE, (long)limit, 0, 0, 0, 0);
}

static void on_child(int signal, const char *info, const char *context) {
  (void)signal, (void)info, (void)context; /* it only ends the director's wait */
}

static _Noreturn void begin_first_actor(void) {
  set_action(SIGCHLD, 0, 0);
  system_call(NR_close_range, 0, STAGE_MEMORY_FD - 1, 0, 0, 0, 0);
  system_call(NR_close_range, STAGE_MEMORY_FD + 1, 0xffffffffL, 0, 0, 0, 0);
  act();
}

static long make_first_actor(void) {
  volatile uint64_t *words = (volatile uint64_t *)actor(0);
  for (unsigned i = 0; i < STAGE_MAX_ACTORS * sizeof(struct stage_actor) / sizeof *words; i++) words[i] = 0;
  long pid = system_call(NR_clone, SIGCHLD, 0, 0, 0, 0, 0);
  if (pid == 0) restart_on(stack_top(0), begin_first_actor);
  if (pid > 0) actor(0)->tid = actor(0)->pid = (int32_t)pid;
  return pid;
}

static void end_all(void) {
  for (uint32_t i = 0; i < STAGE_MAX_ACTORS; i++) {
    volatile struct stage_actor *it = actor(i);
    /* A reaped process's number may be somebody else's by now. */
    int is_reaped = it->is_over && it->ending == STAGE_ENDING_PROCESS;
    if (it->tid && it->tid == it->pid && !is_reaped) system_call(NR_kill, it->pid, SIGKILL, 0, 0, 0, 0);
  }
  long waited;
  do waited = system_call(NR_wait4, -1, 0, WALL, 0, 0, 0);
  while (waited > 0 || waited == -EINTR);
  for (uint32_t i = 0; i < STAGE_MAX_ACTORS; i++)
    if (actor(i)->pending) move_result(actor(i)->pending - 1, STAGE_MAX_STEPS, actor(i)->pending_state);
}

static void play(void) {
  long made = make_first_actor();
  header()->error = made < 0 ? (int32_t)-made : 0;
  if (made < 0) return;
  uint32_t next = 0;
  while (next < header()->step_count) {
    const struct stage_step *it = step(next);
    uint32_t at = next;
    header()->current = at;
    int goes_on = 1;
    switch (it->kind) {
    case STAGE_STEP_FINISH: goes_on = finish_step(it->actor, at); break;
    case STAGE_STEP_END: goes_on = end_step(it->actor, at); break;
    case STAGE_STEP_STATUS: status_step(it->actor, at); break;
    default:
      next = take_steps(at);
      goes_on = next != 0;
      next -= 1;
    }
    if (!goes_on) break;
    next += 1;
  }
  end_all();
}

/* Director and actors take turns, so that one processor is all they need: on two, each turn would wait for the other
 * processor to wake up. Where it cannot be had, they run where they may. */
static void stay_on_processor(void) {
  uint32_t processor = 0;
  if (header()->processor < 0) {
    system_call(NR_getcpu, (long)&processor, 0, 0, 0, 0, 0);
  } else {
    processor = (uint32_t)header()->processor;
  }
  uint64_t set[16] = {0};
  if (processor >= 64 * sizeof set / sizeof *set) return;
  set[processor / 64] = 1ull << processor % 64;
  system_call(NR_sched_setaffinity, 0, sizeof set, (long)set, 0, 0, 0);
}

_Noreturn void direct(void) {
  if (header()->version != STAGE_PROTOCOL_VERSION) leave(2);
  avoid_cores();
  stay_on_processor();
  long result = arm_lifeline(STAGE_LIFELINE_FD);
  if (!result) result = set_action(SIGCHLD, (void *)on_child, SA_SIGINFO);
  header()->error = (int32_t)-result;
  uint32_t seen = load(&header()->command);
  for (;;) {
    __atomic_add_fetch(&header()->done, 1, __ATOMIC_RELEASE);
    futex_wake(&header()->done);
    while (load(&header()->command) == seen) futex_wait(&header()->command, seen);
    seen = load(&header()->command);
    if (header()->quits || result) leave(0);
    play();
  }
}
