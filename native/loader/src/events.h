/* events.h: pumping ring buffers to the host in batches. See PROTOCOL.md for order and back pressure. */
#ifndef PROBEWRIGHT_EVENTS_H
#define PROBEWRIGHT_EVENTS_H

#include "../../abi/frames.h"
#include "failure.h"
#include "mappings.h"
#include "output.h"
#include "packets.h"
#include "ring.h"

#include <stdbool.h>
#include <stdint.h>

/* One map whose records are pumped: a ring buffer, or the buffers of each cpu for packets. */
struct pumped_ring {
  struct ring ring;
  struct packets* packets; /* owned; NULL: `ring` is used */
  uint32_t id, interval_us;
  uint64_t records, payload_bytes, oversized; /* handed on since the start */
};

struct events {
  struct pumped_ring rings[FRAME_MAX_RINGS];
  unsigned count;
  struct mappings* mappings; /* owned; NULL: not watched */
};

struct event_source {
  int map_fd;
  uint32_t size; /* of a ring: the map's max_entries */
  bool packets;  /* a map of buffers of each cpu */
};

/* `interval_us` between two looks; 0: the default. 0 or -errno. */
int events_start(struct events* events, uint32_t id, struct event_source source, uint32_t interval_us,
                 struct failure* why);

/* What processes map goes out from now on, before the events that come after it. 0 or -errno. */
int events_watch_mappings(struct events* events, struct failure* why);

/* The shortest interval of all rings, in microseconds; 0 when nothing is pumped. */
uint32_t events_interval(const struct events* events);

/* Moves records until the rings are empty or the output is past its high water mark. */
void events_pump(struct events* events, struct output* out);

/* Moves everything that was submitted before the call, waiting for the host where needed. */
void events_drain(struct events* events, struct output* out);

/* Bytes that are still in a ring: not 0 only when a program holds a reserved record. */
uint64_t events_left(const struct pumped_ring* pumped);

/* Stops pumping; drain first. */
void events_stop(struct events* events);

#endif
