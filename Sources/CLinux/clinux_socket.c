#define _GNU_SOURCE
#include "clinux_socket.h"
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int clinux_listen(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	size_t length = strlen(path);
	if (length >= sizeof address.sun_path) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(address.sun_path, path, length);
	int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (listener < 0)
		return -1;
	if (bind(listener, (const struct sockaddr *)&address, sizeof address) == 0 && listen(listener, 8) == 0)
		return listener;
	int error = errno;
	close(listener);
	errno = error;
	return -1;
}

int clinux_accept(int listener)
{
	return accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
}

/* Closes every descriptor that came with a message, and counts them. */
static int close_descriptors(struct msghdr *message)
{
	int count = 0;
	for (struct cmsghdr *header = CMSG_FIRSTHDR(message); header; header = CMSG_NXTHDR(message, header)) {
		if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS)
			continue;
		size_t size = header->cmsg_len - CMSG_LEN(0);
		for (size_t at = 0; at + sizeof(int) <= size; at += sizeof(int)) {
			int descriptor;
			memcpy(&descriptor, CMSG_DATA(header) + at, sizeof descriptor);
			close(descriptor);
			count++;
		}
	}
	return count;
}

long clinux_receive(int connection, void *bytes, size_t size, int *descriptors)
{
	/* As many as one message can carry: SCM_MAX_FD, unix(7). */
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(253 * sizeof(int))];
	struct iovec part = {.iov_base = bytes, .iov_len = size};
	struct msghdr message = {
		.msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
	ssize_t count = recvmsg(connection, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
	*descriptors = count < 0 ? 0 : close_descriptors(&message);
	return count;
}
