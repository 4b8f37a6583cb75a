/*
 * attach.h: ATTACH. One function for each kind; each reads the rest of the payload, checks it whole, then
 * attaches. attach-event.c: tracepoint, perf event, breakpoint; attach-probe.c: kprobe, uprobe;
 * attach-tracing.c: the rest.
 */
#ifndef PROBEWRIGHT_ATTACH_H
#define PROBEWRIGHT_ATTACH_H

#include "failure.h"
#include "frame.h"
#include "links.h"
#include "object.h"
#include "privilege.h"

#include <linux/perf_event.h>

/* What every kind needs. */
struct attachment {
  int program_fd; /* borrowed */
  const struct program* program;
  uint64_t cookie;
  struct link* link; /* where the descriptors go; the caller removes it after a failure */
  const struct privilege* privilege;
  struct failure* why;
};

/* Reads ATTACH after its request id. 0 and the link, or -errno with nothing left attached. */
int attach(const struct object* object, struct links* links, const struct privilege* privilege,
           struct reader* in, struct link** link, struct failure* why);

int attach_tracepoint(const struct attachment* to, struct reader* in);
int attach_perf_event(const struct attachment* to, struct reader* in);
int attach_breakpoint(const struct attachment* to, struct reader* in);
int attach_kprobe(const struct attachment* to, struct reader* in);
int attach_kprobe_multi(const struct attachment* to, struct reader* in);
int attach_uprobe(const struct attachment* to, struct reader* in);
int attach_uprobe_multi(const struct attachment* to, struct reader* in);
int attach_raw_tracepoint(const struct attachment* to, struct reader* in);
int attach_tracing(const struct attachment* to, struct reader* in);
int attach_iterator(const struct attachment* to, struct reader* in);

/* -EPROTO with `why` filled when the payload was malformed. */
int check_read(const struct attachment* to, const struct reader* in);

/* Opens the event and links the program to it. 0 or -errno, stage `open` or `attach`. */
int attach_to_event(const struct attachment* to, struct perf_event_attr* attr, int pid, int cpu);

/* Keeps a new link's descriptor; a negative one is the link's errno, stage `attach`. */
int keep_link(const struct attachment* to, int fd);

#endif
