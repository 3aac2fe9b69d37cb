#pragma once

#include <stddef.h>

/* A stream socket that listens at path, closed on exec, never waiting. The descriptor, or -1 and errno; a path that
   is too long is ENAMETOOLONG. unix(7) */
int clinux_listen(const char *path);

/* The next connection, closed on exec, never waiting: the descriptor, or -1 and errno (EAGAIN: there is none). */
int clinux_accept(int listener);

/* Takes what a connection has, up to size bytes, without waiting; *descriptors is how many descriptors came with it.
   They are closed at once. The bytes, 0 at the end, or -1 and errno (EAGAIN: there is nothing yet). cmsg(3) */
long clinux_receive(int connection, void *bytes, size_t size, int *descriptors);
