#define _GNU_SOURCE
#include "report.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

struct clinux_guardian_report *report;

int open_report(void) {
  void *memory = mmap(NULL, CLINUX_GUARDIAN_REPORT_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED,
                      CLINUX_GUARDIAN_REPORT_FD, 0);
  if (memory == MAP_FAILED) return -errno;
  report = memory;
  return 0;
}

void report_failure(int error, const char *format, ...) {
  if (report->has_failed) return;
  report->has_failed = 1;
  report->failure = error;
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(report->message, sizeof report->message, format, arguments);
  va_end(arguments);
}

void report_leftover(const char *format, ...) {
  if (report->has_left) return;
  report->has_left = 1;
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(report->leftover, sizeof report->leftover, format, arguments);
  va_end(arguments);
}

static uint32_t keep(uint32_t area, uint32_t used, const char *text, uint32_t count) {
  uint32_t room = CLINUX_GUARDIAN_TEXT_SIZE - used;
  uint32_t kept = count < room ? count : room;
  memcpy(report_area(area) + used, text, kept);
  return used + kept;
}

void report_output(const char *text, uint32_t count) {
  report->output_bytes = keep(CLINUX_GUARDIAN_OUTPUT, report->output_bytes, text, count);
}

void report_errors(const char *text, uint32_t count) {
  report->errors_bytes = keep(CLINUX_GUARDIAN_ERRORS, report->errors_bytes, text, count);
}

struct clinux_guardian_installation *report_installation(uint32_t instruction_count) {
  uint32_t room = CLINUX_GUARDIAN_REPORT_SIZE - CLINUX_GUARDIAN_INSTALLATIONS - report->installation_bytes;
  uint32_t bytes = sizeof(struct clinux_guardian_installation) + 8 * instruction_count;
  if (bytes > room) {
    report->installations_lost++;
    return NULL;
  }
  char *place = report_area(CLINUX_GUARDIAN_INSTALLATIONS) + report->installation_bytes;
  report->installation_bytes += bytes;
  report->installation_count++;
  return (struct clinux_guardian_installation *)place;
}

char *report_area(uint32_t offset) { return (char *)report + offset; }

void complete_report(void) { __atomic_store_n(&report->magic, CLINUX_GUARDIAN_MAGIC, __ATOMIC_RELEASE); }
