#define _GNU_SOURCE
#include "tasks.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "memory.h"

static pid_t *tasks;
static size_t count, room;

void know_task(pid_t id) {
  for (size_t i = 0; i < count; i++)
    if (tasks[i] == id) return;
  if (count == room) {
    size_t more = room ? 2 * room : 64;
    pid_t *larger = realloc(tasks, more * sizeof *tasks);
    if (!larger) {
      report_failure(ENOMEM, "remember a process");
      return;
    }
    tasks = larger;
    room = more;
  }
  tasks[count++] = id;
  header->tasks++;
}

void forget_task(pid_t id) {
  for (size_t i = 0; i < count; i++)
    if (tasks[i] == id) {
      tasks[i] = tasks[--count];
      return;
    }
}

// A process's first thread: one that ends before the others is known, and a zombie, until they have ended too.
static int is_leader(pid_t id) { return syscall(SYS_tgkill, id, id, 0) == 0; }

void signal_processes(int signal) {
  // kill(2) takes a thread's id for that of its process.
  for (size_t i = 0; i < count; i++)
    if (is_leader(tasks[i])) kill(tasks[i], signal);
}
