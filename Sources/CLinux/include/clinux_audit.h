#pragma once

#include <stddef.h>

/* A descriptor that receives copies of what the kernel's audit log takes, from now on: the multicast group
   AUDIT_NLGRP_READLOG of NETLINK_AUDIT. Closed on exec, never waiting. It, or -1 and errno (EPERM without CAP_AUDIT_READ,
   EPROTONOSUPPORT without CONFIG_AUDIT). linux/audit.h */
int clinux_audit_listen(void);

/* The next record of the type AUDIT_SECCOMP: its text into bytes. Its length, 0 for a record of another type, or -1 and
   errno (EAGAIN: there is none yet; ENOBUFS: some were lost). */
long clinux_audit_next(int listener, char *bytes, size_t size);
