#include "shield/shield.h"

#include "memory.h"

/* struct sock_fprog of linux/filter.h */
struct program {
  uint16_t length;
  const struct probe_instruction *instructions;
};

enum { IP_LOW = 8, IP_HIGH = 12 }; /* offsets in struct seccomp_data */

static struct probe_instruction statement(uint16_t code, uint32_t k) {
  return (struct probe_instruction){code, 0, 0, k};
}

static struct probe_instruction skip_unless_equal(uint32_t k, uint8_t skip) {
  return (struct probe_instruction){BPF_JMP_JEQ_K, 0, skip, k};
}

/* The shield answers its marker to every call, except from the gate: a kid without SUSPEND_SECCOMP must still
 * be able to install the tested filters above it. */
static long install_shield(void) {
  uint32_t kind = header()->shield == PROBE_SHIELD_TRACE ? SECCOMP_RET_TRACE : SECCOMP_RET_ERRNO;
  struct probe_instruction marker = statement(BPF_RET_K, kind | (header()->shield_marker & 0xffff));
  if (header()->suspended) {
    struct program program = {1, &marker};
    return gate_install(0, &program);
  }
  uint64_t gate = (uint64_t)gate_ip;
  struct probe_instruction gated[] = {
      statement(BPF_LD_W_ABS, IP_LOW),
      skip_unless_equal((uint32_t)gate, 3),
      statement(BPF_LD_W_ABS, IP_HIGH),
      skip_unless_equal((uint32_t)(gate >> 32), 1),
      statement(BPF_RET_K, SECCOMP_RET_ALLOW),
      marker,
  };
  struct program program = {sizeof gated / sizeof *gated, gated};
  return gate_install(0, &program);
}

int install_stack(void) {
  if (header()->shield != PROBE_SHIELD_NONE) {
    long result = install_shield();
    if (result) {
      fail(PROBE_STAGE_SHIELD, result);
      return -1;
    }
  }
  for (uint32_t i = 0; i < header()->filter_count; i++) {
    struct program program = {
        (uint16_t)filters()[i].length, &instructions()[filters()[i].first]};
    long result = gate_install(filters()[i].flags, &program);
    if (result) {
      header()->failed_filter = i;
      fail(PROBE_STAGE_FILTER, result);
      return -1;
    }
  }
  return 0;
}
