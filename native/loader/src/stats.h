/* stats.h: what the kernel counted about programs and links. */
#ifndef PROBEWRIGHT_STATS_H
#define PROBEWRIGHT_STATS_H

#include "links.h"
#include "object.h"
#include "output.h"

/* A descriptor that keeps run time counting switched on while it is open, or -errno. */
int enable_stats(struct failure* why);

/* Streams of PROGRAM_STATS and LINK_STATS. */
void send_program_stats(const struct object* object, uint32_t request_id, struct output* out);
void send_link_stats(const struct links* links, uint32_t request_id, struct output* out);

#endif
