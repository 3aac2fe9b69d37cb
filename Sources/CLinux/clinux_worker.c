#define _GNU_SOURCE
#include "clinux_worker.h"

#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <sys/resource.h>

const char *clinux_worker_image_path(const void *address) {
  Dl_info info;
  return dladdr(address, &info) ? info.dli_fname : NULL;
}

int clinux_worker_limit_memory(uint64_t bytes) {
  struct rlimit limit = {bytes, bytes};
  return setrlimit(RLIMIT_AS, &limit) < 0 ? -errno : 0;
}
