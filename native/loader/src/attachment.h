/* attachment.h: one program that is being attached, and what every kind of attaching does with it. */
#ifndef PROBEWRIGHT_ATTACHMENT_H
#define PROBEWRIGHT_ATTACHMENT_H

#include "failure.h"
#include "frame.h"
#include "links.h"
#include "object.h"
#include "privilege.h"

#include <linux/perf_event.h>

struct attachment {
  int program_fd; /* borrowed */
  const struct program* program;
  uint64_t cookie;
  struct link* link; /* where the descriptors go; the caller removes it after a failure */
  const struct privilege* privilege;
  struct failure* why;
};

/* -EPROTO with `why` filled when the payload was malformed. */
int check_read(const struct attachment* to, const struct reader* in);

/* Opens the event and links the program to it. 0 or -errno, stage `open` or `attach`. */
int attach_to_event(const struct attachment* to, struct perf_event_attr* attr, int pid, int cpu);

/* Keeps a new link's descriptor; a negative one is the link's errno, stage `attach`. */
int keep_link(const struct attachment* to, int fd);

#endif
