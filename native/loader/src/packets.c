/* packets.c: see packets.h. */
#include "packets.h"

#include <bpf/libbpf.h>
#include <linux/perf_event.h>

#include <errno.h>
#include <stdlib.h>

/* With its page of positions not more than kernel.perf_event_mlock_kb lets anybody lock for each cpu. */
#define PAGES_PER_CPU 128u

struct packets {
  struct perf_buffer* buffer; /* owned */
  struct packet_taker taker;  /* while records are taken */
};

/* PERF_RECORD_SAMPLE with PERF_SAMPLE_RAW alone. */
struct raw_sample {
  struct perf_event_header header;
  uint32_t length;
  uint8_t bytes[];
};

/* Lost records are no news: the helper told the program. */
static enum bpf_perf_event_ret on_record(void* context, int cpu, struct perf_event_header* header) {
  const struct packets* packets = context;
  const struct raw_sample* sample = (const void*)header;
  (void)cpu;
  if (header->type != PERF_RECORD_SAMPLE || header->size < sizeof *sample) return LIBBPF_PERF_EVENT_CONT;
  if (sample->length <= header->size - sizeof *sample)
    packets->taker.take(packets->taker.context, sample->bytes, sample->length);
  return LIBBPF_PERF_EVENT_CONT;
}

struct packets* packets_open(int map_fd) {
  struct packets* packets = calloc(1, sizeof *packets);
  if (packets == NULL) return NULL;
  /* We look by the clock: a record must not wake us, so the mark is one that is never reached. */
  struct perf_event_attr attr = {
      .size = sizeof attr,
      .type = PERF_TYPE_SOFTWARE,
      .config = PERF_COUNT_SW_BPF_OUTPUT,
      .sample_type = PERF_SAMPLE_RAW,
      .sample_period = 1,
      .watermark = 1,
      .wakeup_watermark = UINT32_MAX,
  };
  packets->buffer = perf_buffer__new_raw(map_fd, PAGES_PER_CPU, &attr, on_record, packets, NULL);
  if (packets->buffer != NULL) return packets;
  int error = errno;
  free(packets);
  errno = error;
  return NULL;
}

void packets_close(struct packets* packets) {
  if (packets == NULL) return;
  perf_buffer__free(packets->buffer);
  free(packets);
}

unsigned packets_cpus(const struct packets* packets) {
  return (unsigned)perf_buffer__buffer_cnt(packets->buffer);
}

void packets_take(struct packets* packets, unsigned cpu, struct packet_taker taker) {
  packets->taker = taker;
  (void)perf_buffer__consume_buffer(packets->buffer, cpu);
}
