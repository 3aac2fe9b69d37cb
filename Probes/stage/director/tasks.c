#include "stage/director/tasks.h"

#include "stage/machine.h"

enum { NR_read = 0, NR_open = 2, NR_close = 3 };

static char *write_number(char *to, int32_t number) {
  char digits[12];
  int count = 0;
  do digits[count++] = (char)('0' + number % 10);
  while (number /= 10);
  while (count) *to++ = digits[--count];
  return to;
}

static char *write_text(char *to, const char *text) {
  while (*text) *to++ = *text++;
  *to = 0;
  return to;
}

/* The beginning of /proc/TID/NAME, as a string. Its length; 0 when it cannot be read. */
static long read_file(int32_t tid, const char *name, char *text, long size) {
  char path[48];
  char *end = write_text(path, "/proc/");
  end = write_number(end, tid);
  write_text(end, name);
  long file = system_call(NR_open, (long)path, 0, 0, 0, 0, 0);
  if (file < 0) return 0;
  long length = 0;
  while (length < size - 1) {
    long got = system_call(NR_read, file, (long)(text + length), size - 1 - length, 0, 0, 0);
    if (got <= 0) break;
    length += got;
  }
  system_call(NR_close, file, 0, 0, 0, 0, 0);
  text[length] = 0;
  return length;
}

/* The text behind the line's name, or NULL. */
static const char *field(const char *text, const char *name) {
  for (const char *line = text; *line;) {
    const char *at = line, *of = name;
    while (*of && *at == *of) at++, of++;
    if (!*of) {
      while (*at == '\t' || *at == ' ') at++;
      return at;
    }
    while (*line && *line != '\n') line++;
    if (*line) line++;
  }
  return 0;
}

static int32_t number(const char *text) {
  int32_t value = 0;
  while (*text >= '0' && *text <= '9') value = value * 10 + (*text++ - '0');
  return value;
}

/* Field `index` of /proc/TID/stat, 3 being the state: behind the last bracket, as names may have blanks. */
static const char *stat_field(int32_t tid, int index, char *text, long size) {
  long length = read_file(tid, "/stat", text, size);
  while (length && text[length - 1] != ')') length--;
  if (!length) return 0;
  const char *at = text + length;
  for (int i = 2; *at && i < index; at++)
    if (*at == ' ') i++;
  return *at ? at : 0;
}

char task_state(int32_t tid) {
  char text[512];
  const char *state = stat_field(tid, 3, text, sizeof text);
  return state ? *state : 0;
}

int is_being_killed(int32_t tid) {
  char text[4096];
  /* PF_EXITING and PF_POSTCOREDUMP of linux/sched.h: the signal has been taken, and the task is on its way out, or about
   * to be once the core is written. */
  const char *flags = stat_field(tid, 9, text, sizeof text);
  if (!flags || number(flags) & (4 | 8)) return 1;
  if (!read_file(tid, "/status", text, sizeof text)) return 1;
  const char *pending = field(text, "SigPnd:");
  /* Sixteen hexadecimal digits; SIGKILL is bit 8. */
  if (!pending) return 0;
  char digit = pending[13];
  return (digit >= 'a' ? digit - 'a' + 10 : digit - '0') & 1;
}

int task_tracer(int32_t tid) {
  char text[4096];
  if (!read_file(tid, "/status", text, sizeof text)) return 0;
  const char *tracer = field(text, "TracerPid:");
  return tracer ? number(tracer) : 0;
}

int task_status(int32_t tid, int32_t *mode, int32_t *filters, int32_t *no_new_privs) {
  char text[4096];
  if (!read_file(tid, "/status", text, sizeof text)) return 0;
  const char *at = field(text, "Seccomp:");
  *mode = at ? number(at) : 0;
  at = field(text, "Seccomp_filters:");
  *filters = at ? number(at) : -1;
  at = field(text, "NoNewPrivs:");
  *no_new_privs = at ? number(at) : 0;
  return 1;
}
