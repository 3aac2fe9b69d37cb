extension ReproProgram {
  /// Runs the filters as the kernel does, for verdicts that look alike from outside. The programs come from a
  /// compiler and were accepted by the kernel's checker, or the installation above would have failed; offsets
  /// and jumps are checked all the same.
  static let interpreter = """
    /* net/core/filter.c, restricted to what kernel/seccomp.c (seccomp_check_filter) accepts */
    static uint32_t run(const struct sock_fprog *program, const struct seccomp_data *data)
    {
    	uint32_t a = 0, x = 0, m[BPF_MEMWORDS] = {0};
    	size_t pc;

    	for (pc = 0; pc < program->len; pc++) {
    		const struct sock_filter *in = &program->filter[pc];
    		uint32_t k = in->k, s = BPF_SRC(in->code) == BPF_X ? x : k, *to;
    		int taken;

    		switch (BPF_CLASS(in->code)) {
    		case BPF_LD:
    		case BPF_LDX:
    			to = BPF_CLASS(in->code) == BPF_LD ? &a : &x;
    			if (BPF_MODE(in->code) == BPF_IMM)
    				*to = k;
    			else if (BPF_MODE(in->code) == BPF_MEM)
    				*to = m[k % BPF_MEMWORDS];
    			else if (BPF_MODE(in->code) == BPF_LEN)
    				*to = sizeof(*data);
    			else if (k <= sizeof(*data) - 4)
    				memcpy(to, (const char *)data + k, 4);
    			break;
    		case BPF_ST:
    			m[k % BPF_MEMWORDS] = a;
    			break;
    		case BPF_STX:
    			m[k % BPF_MEMWORDS] = x;
    			break;
    		case BPF_ALU:
    			switch (BPF_OP(in->code)) {
    			case BPF_ADD: a += s; break;
    			case BPF_SUB: a -= s; break;
    			case BPF_MUL: a *= s; break;
    			case BPF_DIV:
    				if (!s)
    					return 0;
    				a /= s;
    				break;
    			case BPF_OR: a |= s; break;
    			case BPF_AND: a &= s; break;
    			case BPF_XOR: a ^= s; break;
    			case BPF_LSH: a <<= s & 31; break;
    			case BPF_RSH: a >>= s & 31; break;
    			case BPF_NEG: a = -a; break;
    			}
    			break;
    		case BPF_JMP:
    			if (BPF_OP(in->code) == BPF_JA) {
    				pc += k;
    				break;
    			}
    			taken = BPF_OP(in->code) == BPF_JEQ ? a == s : BPF_OP(in->code) == BPF_JGT ? a > s
    				: BPF_OP(in->code) == BPF_JGE ? a >= s : (a & s) != 0;
    			pc += taken ? in->jt : in->jf;
    			break;
    		case BPF_RET:
    			return BPF_RVAL(in->code) == BPF_A ? a : k;
    		case BPF_MISC:
    			if (BPF_MISCOP(in->code) == BPF_TAX)
    				x = a;
    			else
    				a = x;
    			break;
    		}
    	}
    	return 0;
    }

    /* kernel/seccomp.c, seccomp_run_filters: the newest first, the strictest action, the newest of equals */
    static uint32_t run_all(const struct sock_fprog *programs, size_t count, const struct seccomp_data *data)
    {
    	uint32_t verdict = SECCOMP_RET_ALLOW;

    	while (count--) {
    		uint32_t one = run(&programs[count], data);

    		if ((int32_t)(one & SECCOMP_RET_ACTION_FULL) < (int32_t)(verdict & SECCOMP_RET_ACTION_FULL))
    			verdict = one;
    	}
    	return verdict;
    }
    """
}
