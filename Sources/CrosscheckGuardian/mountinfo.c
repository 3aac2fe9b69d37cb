#define _GNU_SOURCE
#include "mountinfo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// In place: the kernel writes space, tab, newline and backslash as \ and three octal digits.
static void unescape(char *text) {
  char *to = text;
  for (const char *from = text; *from;) {
    if (from[0] == '\\' && from[1] && from[2] && from[3]) {
      *to++ = (char)((from[1] - '0') << 6 | (from[2] - '0') << 3 | (from[3] - '0'));
      from += 4;
    } else {
      *to++ = *from++;
    }
  }
  *to = 0;
}

// "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw": the fifth word, and the one behind the dash.
static int read_entry(char *line, struct mount_entry *entry) {
  char *rest = NULL, *point = NULL;
  char *word = strtok_r(line, " \n", &rest);
  for (int i = 0; word && strcmp(word, "-"); i++) {
    if (i == 4) point = word;
    word = strtok_r(NULL, " \n", &rest);
  }
  char *type = word ? strtok_r(NULL, " \n", &rest) : NULL;
  if (!point || !type) return 0;
  unescape(point);
  entry->point = strdup(point);
  entry->type = strdup(type);
  return 1;
}

struct mount_list read_mounts(void) {
  struct mount_list list = {0, NULL};
  FILE *file = fopen("/proc/self/mountinfo", "re");
  if (!file) return list;
  char *line = NULL;
  size_t size = 0;
  while (getline(&line, &size, file) > 0) {
    struct mount_entry entry = {NULL, NULL};
    if (!read_entry(line, &entry)) continue;
    struct mount_entry *more = realloc(list.entries, (list.count + 1) * sizeof *more);
    if (more) list.entries = more;
    if (!more || !entry.point || !entry.type) {
      free(entry.point);
      free(entry.type);
      continue;
    }
    list.entries[list.count++] = entry;
  }
  free(line);
  fclose(file);
  return list;
}

void free_mounts(struct mount_list list) {
  for (size_t i = 0; i < list.count; i++) {
    free(list.entries[i].point);
    free(list.entries[i].type);
  }
  free(list.entries);
}
