#define _GNU_SOURCE
#include "cgroups.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "mountinfo.h"
#include "plan.h"
#include "report.h"

// How often, with 10 ms between, a group is tried that is still in use: its last process may be ending.
enum { ATTEMPTS = 500 };

static int is_cgroup(const struct mount_entry *entry) {
  return !strcmp(entry->type, "cgroup") || !strcmp(entry->type, "cgroup2");
}

// A control group's files go with it, and only the groups in it are to be removed before. 0, or -1 with errno.
static int remove_tree(int parent, const char *name) {
  int group = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (group < 0) return errno == ENOENT ? 0 : -1;
  DIR *directory = fdopendir(group);
  if (!directory) {
    close(group);
    return -1;
  }
  for (struct dirent *entry; (entry = readdir(directory));)
    if (entry->d_type == DT_DIR && entry->d_name[0] != '.') remove_tree(group, entry->d_name);
  closedir(directory);
  return unlinkat(parent, name, AT_REMOVEDIR) < 0 && errno != ENOENT ? -1 : 0;
}

static void remove_group(const char *hierarchy, const char *group) {
  char path[4096];
  if (snprintf(path, sizeof path, "%s%s", hierarchy, group) >= (int)sizeof path) return;
  int result = 0;
  for (int i = 0; i < ATTEMPTS; i++) {
    result = remove_tree(AT_FDCWD, path);
    if (!result || errno != EBUSY) break;
    struct timespec pause = {.tv_nsec = 10000000};
    nanosleep(&pause, NULL);
  }
  if (result) report_leftover("the control group %s: %s", path, strerror(errno));
}

void remove_cgroups(void) {
  struct mount_list mounts = read_mounts();
  for (uint32_t i = 0; i < plan->item_count; i++) {
    const struct item *item = plan_item(i);
    if (item->kind != CLINUX_GUARDIAN_CGROUP || item->name[0] != '/' || !item->name[1]) continue;
    for (size_t m = 0; m < mounts.count; m++)
      if (is_cgroup(&mounts.entries[m])) remove_group(mounts.entries[m].point, item->name);
  }
  free_mounts(mounts);
}

static int is_stale(const char *name) {
  int process, number, length = 0;
  if (sscanf(name, "crosscheck-%d-%d%n", &process, &number, &length) != 2 || name[length]) return 0;
  return process > 0 && kill(process, 0) < 0 && errno == ESRCH;
}

void sweep_cgroups(void) {
  struct mount_list mounts = read_mounts();
  for (size_t m = 0; m < mounts.count; m++) {
    if (!is_cgroup(&mounts.entries[m])) continue;
    DIR *directory = opendir(mounts.entries[m].point);
    if (!directory) continue;
    for (struct dirent *entry; (entry = readdir(directory));)
      if (entry->d_type == DT_DIR && is_stale(entry->d_name)) remove_tree(dirfd(directory), entry->d_name);
    closedir(directory);
  }
  free_mounts(mounts);
}
