// The report, in memory that the driver reads when this process has ended.
#pragma once

#include "clinux_guardian.h"

extern struct clinux_guardian_report *report;

// Map it. 0, or -errno.
int open_report(void);

// Note what this program failed in, and the errno (0: none applies). The first failure counts.
void report_failure(int error, const char *format, ...) __attribute__((format(printf, 2, 3)));

// Note what could not be removed. The first counts.
void report_leftover(const char *format, ...) __attribute__((format(printf, 1, 2)));

// Keep what the runtime wrote, as far as there is room.
void report_output(const char *text, uint32_t count);
void report_errors(const char *text, uint32_t count);

// Room for one more installation and its instructions; NULL, and counted as lost, when there is none.
struct clinux_guardian_installation *report_installation(uint32_t instruction_count);

// What a chain's filters are written to, CLINUX_GUARDIAN_CHAIN_SIZE bytes at CLINUX_GUARDIAN_PAYLOAD_CHAIN or
// CLINUX_GUARDIAN_LAST_CHAIN.
char *report_area(uint32_t offset);

// Everything is written, and the driver may read.
void complete_report(void);
