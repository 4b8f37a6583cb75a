/* events.c: see events.h. */
#include "events.h"

#include <errno.h>
#include <string.h>
#include <time.h>

#define DEFAULT_INTERVAL_US 2000u
#define SHORTEST_INTERVAL_US 100u
#define LONGEST_INTERVAL_US 1000000u

/* A record that is reserved and not submitted is waited for at most this long. */
#define PATIENCE_MS 200
#define NAP_US 50

#define RING_ID_BYTES 4u
#define LENGTH_BYTES 4u
#define BIGGEST_RECORD (FRAME_MAX_BYTES - 64)

/* Maps a ring buffer, or gives each cpu its buffer for packets. 0 or -errno. */
static int open_source(struct pumped_ring* pumped, struct event_source source, struct failure* why) {
  int error = 0;
  if (!source.packets) error = ring_open(&pumped->ring, source.map_fd, source.size);
  if (error != 0) return fail(why, error, "events", "the ring cannot be mapped: %s", strerror(-error));
  if (!source.packets) return 0;
  pumped->packets = packets_open(source.map_fd);
  if (pumped->packets != NULL) return 0;
  error = errno == 0 ? -EINVAL : -errno;
  return fail(why, error, "events", "the buffers for packets cannot be opened: %s", strerror(-error));
}

int events_start(struct events* events, uint32_t id, struct event_source source, uint32_t interval_us,
                 struct failure* why) {
  if (interval_us == 0) interval_us = DEFAULT_INTERVAL_US;
  if (interval_us < SHORTEST_INTERVAL_US || interval_us > LONGEST_INTERVAL_US)
    return fail(why, -ERANGE, "events", "an interval of %u us", interval_us);
  if (events->count == FRAME_MAX_RINGS)
    return fail(why, -E2BIG, "events", "%u rings are pumped already", events->count);
  for (unsigned i = 0; i < events->count; i++)
    if (events->rings[i].id == id) return fail(why, -EEXIST, "state", "ring %u is pumped already", id);
  struct pumped_ring* pumped = &events->rings[events->count];
  *pumped = (struct pumped_ring){.id = id, .interval_us = interval_us};
  int error = open_source(pumped, source, why);
  if (error != 0) return error;
  events->count++;
  return 0;
}

int events_watch_mappings(struct events* events, struct failure* why) {
  if (events->mappings != NULL) return fail(why, -EEXIST, "state", "mappings are watched already");
  events->mappings = mappings_open();
  if (events->mappings != NULL) return 0;
  int error = errno == 0 ? -EINVAL : -errno;
  return fail(why, error, "events", "mappings cannot be watched: %s", strerror(-error));
}

uint32_t events_interval(const struct events* events) {
  uint32_t shortest = 0;
  for (unsigned i = 0; i < events->count; i++)
    if (shortest == 0 || events->rings[i].interval_us < shortest) shortest = events->rings[i].interval_us;
  return shortest;
}

static void report_oversized(struct pumped_ring* pumped, uint32_t length, struct output* out) {
  output_begin(out, NOTICE_EVENT_OVERSIZED, 8);
  put_u32(out, pumped->id);
  put_u32(out, length);
  output_end(out);
  pumped->oversized++;
  ring_advance(&pumped->ring, length);
}

static void begin_batch(const struct pumped_ring* pumped, uint32_t first_length, struct output* out) {
  size_t first = RING_ID_BYTES + LENGTH_BYTES + first_length;
  output_begin(out, NOTICE_EVENTS, first > FRAME_CHUNK_BYTES ? first : FRAME_CHUNK_BYTES);
  put_u32(out, pumped->id);
}

static void put_record(struct pumped_ring* pumped, const uint8_t* record, uint32_t length,
                       struct output* out) {
  put_bytes(out, record, length);
  pumped->records++;
  pumped->payload_bytes += length;
}

/* One frame of records that end before `end`; a record too big for a common frame gets its own. Whether there
 * was any. */
static bool send_batch(struct pumped_ring* pumped, uint64_t end, struct output* out) {
  bool begun = false;
  uint32_t length;
  const uint8_t* record;
  while (!out->gone && pumped->ring.position < end && (record = ring_peek(&pumped->ring, &length)) != NULL) {
    if (length > BIGGEST_RECORD) {
      if (begun) break;
      report_oversized(pumped, length, out);
      return true;
    }
    if (begun && output_payload(out) + LENGTH_BYTES + length > FRAME_CHUNK_BYTES) break;
    if (!begun) begin_batch(pumped, length, out);
    begun = true;
    put_record(pumped, record, length, out);
    ring_advance(&pumped->ring, length);
  }
  output_end(out);
  ring_release(&pumped->ring);
  return begun;
}

struct packet_batch {
  struct pumped_ring* pumped;
  struct output* out;
  bool begun;
};

/* A packet always fits into a common frame: a record of perf has less than 64 KiB. */
static void put_packet(void* context, const uint8_t* bytes, uint32_t length) {
  struct packet_batch* batch = context;
  struct output* out = batch->out;
  if (batch->begun && output_payload(out) + LENGTH_BYTES + length > FRAME_CHUNK_BYTES) {
    output_end(out);
    batch->begun = false;
  }
  if (!batch->begun) begin_batch(batch->pumped, length, out);
  batch->begun = true;
  put_record(batch->pumped, bytes, length, out);
}

/* What all cpus have now; with `patient`, even if the host must read first. Packets of one look share frames.
 */
static void send_packets(struct pumped_ring* pumped, struct output* out, bool patient) {
  struct packet_batch batch = {.pumped = pumped, .out = out};
  const struct packet_taker taker = {.take = put_packet, .context = &batch};
  for (unsigned cpu = 0; cpu < packets_cpus(pumped->packets) && !out->gone; cpu++) {
    if (!patient && output_pending(out) >= OUTPUT_HIGH_WATER) break;
    packets_take(pumped->packets, cpu, taker);
  }
  output_end(out);
}

void events_pump(struct events* events, struct output* out) {
  for (unsigned i = 0; i < events->count; i++) {
    struct pumped_ring* pumped = &events->rings[i];
    if (pumped->packets != NULL) {
      send_packets(pumped, out, false);
      continue;
    }
    uint64_t end = ring_end(&pumped->ring);
    mappings_send(events->mappings, out, false);
    /* The host takes the first batch while the next is made. */
    while (output_pending(out) < OUTPUT_HIGH_WATER && send_batch(pumped, end, out))
      output_flush_some(out);
  }
}

static void nap(void) {
  const struct timespec pause = {.tv_nsec = NAP_US * 1000L};
  (void)nanosleep(&pause, NULL);
}

static int64_t now_ms(void) {
  struct timespec now;
  (void)clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Patience counts only while nothing moves: a slow host may take as long as it likes. */
static void drain_ring(struct pumped_ring* pumped, struct mappings* mappings, struct output* out) {
  uint64_t end = ring_end(&pumped->ring);
  mappings_send(mappings, out, true);
  int64_t stuck_since = -1;
  while (!out->gone && pumped->ring.position < end) {
    uint64_t before = pumped->ring.position;
    (void)send_batch(pumped, end, out);
    if (pumped->ring.position != before) {
      stuck_since = -1;
      continue;
    }
    int64_t now = now_ms();
    if (stuck_since < 0) stuck_since = now;
    if (now - stuck_since > PATIENCE_MS) return;
    nap();
  }
}

void events_drain(struct events* events, struct output* out) {
  for (unsigned i = 0; i < events->count; i++)
    if (events->rings[i].packets != NULL)
      send_packets(&events->rings[i], out, true);
    else
      drain_ring(&events->rings[i], events->mappings, out);
}

uint64_t events_left(const struct pumped_ring* pumped) {
  if (pumped->packets != NULL) return 0;
  return ring_end(&pumped->ring) - pumped->ring.position;
}

void events_stop(struct events* events) {
  while (events->count > 0) {
    struct pumped_ring* pumped = &events->rings[--events->count];
    if (pumped->packets == NULL) ring_close(&pumped->ring);
    packets_close(pumped->packets);
  }
  mappings_close(events->mappings);
  events->mappings = NULL;
}
