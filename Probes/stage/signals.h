#pragma once

#include <stdint.h>

/* Sets what a signal does in this process. 0, or -errno. */
long set_disposition(uint32_t signal, uint32_t disposition, uint32_t flags);
