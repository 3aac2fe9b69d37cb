#define _GNU_SOURCE
#include "clinux_audit.h"
#include <errno.h>
#include <linux/audit.h>
#include <linux/netlink.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int clinux_audit_listen(void)
{
	int listener = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_AUDIT);
	if (listener < 0)
		return -1;
	/* A busy machine may log much between two looks. */
	int size = 8 << 20;
	setsockopt(listener, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size);
	struct sockaddr_nl address = {.nl_family = AF_NETLINK, .nl_groups = 1 << (AUDIT_NLGRP_READLOG - 1)};
	if (bind(listener, (const struct sockaddr *)&address, sizeof address) == 0)
		return listener;
	int error = errno;
	close(listener);
	errno = error;
	return -1;
}

long clinux_audit_next(int listener, char *bytes, size_t size)
{
	/* Room for MAX_AUDIT_MESSAGE_LENGTH. */
	_Alignas(struct nlmsghdr) char message[sizeof(struct nlmsghdr) + 8970];
	ssize_t count = recv(listener, message, sizeof message, MSG_DONTWAIT);
	if (count < 0)
		return -1;
	const struct nlmsghdr *header = (const struct nlmsghdr *)message;
	if ((size_t)count < sizeof *header || header->nlmsg_type != AUDIT_SECCOMP)
		return 0;
	/* The length in the header of a log record is that of the text alone. */
	size_t length = (size_t)count - sizeof *header;
	if (length > size)
		length = size;
	memcpy(bytes, message + sizeof *header, length);
	return (long)length;
}
