// The mounts of this process's namespace, proc_pid_mountinfo(5).
#pragma once

#include <stddef.h>

struct mount_entry {
  char *point; // where it is mounted
  char *type;  // its filesystem
};

struct mount_list {
  size_t count;
  struct mount_entry *entries;
};

// Read them; without memory or /proc, none. To be freed.
struct mount_list read_mounts(void);
void free_mounts(struct mount_list list);
