/* links.h: what is attached: each link of the host is some descriptors, and closing them detaches. */
#ifndef PROBEWRIGHT_LINKS_H
#define PROBEWRIGHT_LINKS_H

#include "failure.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Kept in the order of opening and closed in reverse: a perf event before the BPF link on it. */
struct link {
  uint32_t id;
  bool is_iterator;
  int* fds; /* owned, each of them too */
  size_t fd_count, fd_capacity;
  uint32_t attached; /* kernel objects behind the link, for ATTACHED.count */
};

struct links {
  struct link* items; /* owned */
  size_t count, capacity;
};

void links_init(struct links* links);

/* Closes everything, newest first; `between` (may be NULL) runs after each, since closing one can take
 * milliseconds. */
void links_close(struct links* links, void (*between)(void* context), void* context);

/* A new empty link, valid until the next links_add; -EEXIST for an id that is in use. */
int links_add(struct links* links, uint32_t id, struct link** link, struct failure* why);
struct link* links_find(const struct links* links, uint32_t id);
int links_remove(struct links* links, uint32_t id, struct failure* why);

/* Hands `fd` to the link; when there is no memory it is closed and -ENOMEM returned. */
int link_keep(struct link* link, int fd);

#endif
