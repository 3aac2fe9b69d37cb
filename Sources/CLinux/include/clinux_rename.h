#pragma once

/* renameat2(2) with RENAME_EXCHANGE: both names change what they stand for in one step. 0, or -1 and errno. */
int clinux_exchange_paths(const char *one, const char *other);
