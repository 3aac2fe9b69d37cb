#define _GNU_SOURCE
#include "place.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mountinfo.h"
#include "plan.h"
#include "report.h"

// What is mounted by us, in order. Only that is unmounted again: before the namespace is our own there is nothing.
static const char *mounted[64];
static size_t mounted_count;

static int failed(const char *operation, const char *path) {
  report_failure(errno, "%s %s", operation, path);
  return -1;
}

// crun refuses a machine with control groups of both versions ("cgroups in hybrid mode not supported"); with
// version 2 out of sight it takes version 1. Where there is but one version nothing is done.
static void hide_second_cgroups(void) {
  struct mount_list mounts = read_mounts();
  int has_first = 0;
  for (size_t i = 0; i < mounts.count; i++) has_first |= !strcmp(mounts.entries[i].type, "cgroup");
  for (size_t i = 0; i < mounts.count && has_first; i++)
    if (!strcmp(mounts.entries[i].type, "cgroup2")) umount2(mounts.entries[i].point, MNT_DETACH);
  free_mounts(mounts);
}

static int enter_namespace(void) {
  if (unshare(CLONE_NEWNS) < 0) return failed("unshare(2) the mounts below", "/");
  if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0) return failed("make mounts private below", "/");
  hide_second_cgroups();
  return 0;
}

static int mount_tmpfs(const char *path) {
  if (mounted_count == sizeof mounted / sizeof *mounted) {
    errno = ENOSPC;
    return failed("mount one more tmpfs on", path);
  }
  if (mount("tmpfs", path, "tmpfs", MS_NOSUID, "mode=0755") < 0) return failed("mount a tmpfs on", path);
  mounted[mounted_count++] = path;
  return 0;
}

// Every directory above `path`, as mkdir -p does.
static void make_parents(const char *path) {
  char parent[4096];
  if (strlen(path) >= sizeof parent) return;
  strcpy(parent, path);
  for (char *slash = strchr(parent + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = 0;
    mkdir(parent, 0755);
    *slash = '/';
  }
}

// Put the file or directory behind `descriptor`, hidden by now, back to where it was.
static int show_again(int descriptor, const char *path) {
  struct stat file;
  if (fstat(descriptor, &file) < 0) return failed("look at", path);
  make_parents(path);
  if (S_ISDIR(file.st_mode)) {
    mkdir(path, 0755);
  } else {
    close(open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644));
  }
  char source[64];
  snprintf(source, sizeof source, "/proc/self/fd/%d", descriptor);
  if (mount(source, path, NULL, MS_BIND | MS_REC, NULL) < 0) return failed("show again", path);
  return 0;
}

// Hide `path` under a tmpfs, but for what is to be shown.
static int hide(const char *path) {
  struct stat file;
  if (stat(path, &file) < 0) return errno == ENOENT ? 0 : failed("look at", path);
  size_t length = strlen(path);
  int descriptors[64];
  const char *names[64];
  int count = 0;
  for (uint32_t i = 0; i < plan->item_count && count < 64; i++) {
    const struct item *item = plan_item(i);
    if (item->kind != CLINUX_GUARDIAN_SHOW || strncmp(item->name, path, length)) continue;
    if (item->name[length] != '/') continue;
    int descriptor = open(item->name, O_PATH | O_CLOEXEC);
    if (descriptor < 0) continue; // there is no such thing
    descriptors[count] = descriptor;
    names[count++] = item->name;
  }
  int result = mount_tmpfs(path);
  for (int i = 0; i < count; i++) {
    if (!result) result = show_again(descriptors[i], names[i]);
    close(descriptors[i]);
  }
  return result;
}

static int make_directory(const struct item *item) {
  if (mkdir(item->name, item->number) < 0) return failed("make the directory", item->name);
  return chmod(item->name, item->number) < 0 ? failed("set the mode of", item->name) : 0;
}

static int make_file(const struct item *item) {
  int file = open(item->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return failed("make the file", item->name);
  int result = 0;
  for (size_t done = 0; done < item->data_bytes && !result;) {
    ssize_t count = write(file, item->data + done, item->data_bytes - done);
    if (count < 0) result = failed("write", item->name);
    else done += (size_t)count;
  }
  if (!result && fchmod(file, item->number) < 0) result = failed("set the mode of", item->name);
  // Closed before anything is forked: a file that is open for writing cannot be executed (ETXTBSY).
  close(file);
  return result;
}

int make_place(void) {
  if (enter_namespace() < 0) return -1;
  for (uint32_t i = 0; i < plan->item_count; i++) {
    const struct item *item = plan_item(i);
    int result = 0;
    switch (item->kind) {
    case CLINUX_GUARDIAN_SCRATCH: result = mount_tmpfs(item->name); break;
    case CLINUX_GUARDIAN_PRIVATE: result = hide(item->name); break;
    case CLINUX_GUARDIAN_DIRECTORY: result = make_directory(item); break;
    case CLINUX_GUARDIAN_FILE: result = make_file(item); break;
    }
    if (result < 0) return -1;
  }
  return 0;
}

void remove_scratch(void) {
  const struct item *scratch = plan_find(CLINUX_GUARDIAN_SCRATCH);
  if (!scratch) return;
  // The last first: the scratch directory may lie in one that is hidden.
  while (mounted_count) umount2(mounted[--mounted_count], MNT_DETACH | UMOUNT_NOFOLLOW);
  if (rmdir(scratch->name) < 0 && errno != ENOENT)
    report_leftover("the directory %s: %s", scratch->name, strerror(errno));
}
