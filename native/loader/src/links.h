/* links.h: what is attached: each link of the host is some descriptors, and closing them detaches. */
#ifndef PROBEWRIGHT_LINKS_H
#define PROBEWRIGHT_LINKS_H

#include "closing.h"
#include "failure.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct link {
  uint32_t id;
  bool is_iterator;
  /*
   * An event without its program is invisible, as a tracepoint's is; closing it takes longest, so nobody
   * waits for that. Else (a uprobe changes its program's memory) the link is gone only when its events are.
   */
  bool has_idle_events;
  struct fd_list programs; /* BPF links: closing one stops the program */
  struct fd_list events;   /* the perf events under them */
};

struct links {
  struct link* items; /* owned */
  size_t count, capacity;
};

/* What is to be done while the kernel detaches; `meanwhile` may be NULL. */
struct patience {
  void (*meanwhile)(void* context);
  void* context;
};

void links_init(struct links* links);

/* Detaches everything, all at once. */
void links_close(struct links* links, struct patience patience);

/* A new empty link, valid until the next links_add; -EEXIST for an id that is in use. */
int links_add(struct links* links, uint32_t id, struct link** link, struct failure* why);
struct link* links_find(const struct links* links, uint32_t id);
int links_remove(struct links* links, uint32_t id, struct patience patience, struct failure* why);

#endif
