#define _GNU_SOURCE
#include "tasks.h"

#include <signal.h>
#include <stdlib.h>

static struct task *tasks;
static size_t count, room;

struct task *task_of(pid_t id) {
  for (size_t i = 0; i < count; i++)
    if (tasks[i].id == id) return &tasks[i];
  if (count == room) {
    size_t more = room ? 2 * room : 64;
    struct task *larger = realloc(tasks, more * sizeof *tasks);
    if (!larger) return NULL;
    tasks = larger;
    room = more;
  }
  tasks[count] = (struct task){.id = id};
  return &tasks[count++];
}

void forget_task(pid_t id) {
  for (size_t i = 0; i < count; i++)
    if (tasks[i].id == id) {
      tasks[i] = tasks[--count];
      return;
    }
}

void kill_tasks(void) {
  for (size_t i = 0; i < count; i++) kill(tasks[i].id, SIGKILL);
}
