#pragma once

#include <stddef.h>

/* A stream socket that listens, closed on exec, never waiting. Its name, path, is gone again on return; *handle is a
   descriptor of its inode, by which others connect (/proc/PID/fd/HANDLE) for as long as it is open. The listening
   descriptor, or -1 and errno; a path that is too long is ENAMETOOLONG. unix(7), proc_pid_fd(5) */
int clinux_listen(const char *path, int *handle);

/* The next connection, closed on exec, never waiting: the descriptor, or -1 and errno (EAGAIN: there is none). */
int clinux_accept(int listener);

/* Takes what a connection has, up to size bytes, without waiting; *descriptors is how many descriptors came with it.
   They are closed at once. The bytes, 0 at the end, or -1 and errno (EAGAIN: there is nothing yet). cmsg(3) */
long clinux_receive(int connection, void *bytes, size_t size, int *descriptors);
