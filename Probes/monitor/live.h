/* Live mode: calls may really be executed, so the probe locks itself in first. */
#pragma once

/* New pid, mount, network, IPC and UTS namespaces and an empty root. Returns 0 or -errno. */
long enter_live_namespaces(void);
