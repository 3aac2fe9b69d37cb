#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bare_loop.h"
#include "memory.h"

static int install(const void *instructions, uint32_t length) {
  struct sock_fprog program = {(unsigned short)length, (struct sock_filter *)instructions};
  return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program);
}

int install_stack(int shielded) {
  if (shielded && header()->shield == PROBE_SHIELD_ERRNO) {
    struct sock_filter marker = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | header()->shield_marker);
    if (install(&marker, 1)) return -1;
  }
  for (uint32_t i = 0; i < header()->filter_count; i++) {
    if (install(&instructions()[filters()[i].first], filters()[i].length)) return -1;
  }
  return 0;
}
