// What Swift cannot do itself on Linux: a header for each topic.
#pragma once

#include "clinux_audit.h"
#include "clinux_clock.h"
#include "clinux_counter.h"
#include "clinux_futex.h"
#include "clinux_guardian.h"
#include "clinux_interrupts.h"
#include "clinux_perf.h"
#include "clinux_ptrace.h"
#include "clinux_rename.h"
#include "clinux_socket.h"
#include "clinux_spawn.h"
#include "clinux_worker.h"
