/*
 * closing.h: closing many descriptors of BPF links and perf events. Each close waits for a grace period of
 * the kernel (10 to 50 ms), and many can wait for the same one, so they are closed by several threads.
 */
#ifndef PROBEWRIGHT_CLOSING_H
#define PROBEWRIGHT_CLOSING_H

#include <stddef.h>

/* A list that owns its descriptors. */
struct fd_list {
  int* fds;
  size_t count, capacity;
};

/* Hands `fd` to the list; when there is no memory it is closed and -ENOMEM returned. */
int fd_list_keep(struct fd_list* list, int fd);

/* Moves everything from one list to the end of another; when there is no memory it stays, and -ENOMEM. */
int fd_list_move(struct fd_list* from, struct fd_list* to);

/* Closes all and frees the list. Calls `meanwhile` (may be NULL) about each millisecond until all are closed.
 */
void close_list(struct fd_list* list, void (*meanwhile)(void* context), void* context);

/* The same, by a thread that nobody waits for; the kernel goes on with it when the process ends. */
void close_list_later(struct fd_list* list);

#endif
