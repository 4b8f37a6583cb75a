/* mappings.c: see mappings.h. Records: include/uapi/linux/perf_event.h. */
#include "mappings.h"

#include "../../abi/frames.h"
#include "system.h"

#include <linux/perf_event.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* A power of two. About five hundred mappings between two looks; with the page of positions much less than
 * kernel.perf_event_mlock_kb lets anybody lock for each cpu. */
#define RING_PAGES 16u

/* No record that we ask for is longer: a path of 4096 bytes and some numbers. */
#define LONGEST_RECORD 8192u

struct mapping_ring {
  int fd;                            /* owned */
  struct perf_event_mmap_page* page; /* owned mapping; the records follow on the next page */
  uint64_t position;
};

struct mappings {
  struct mapping_ring* rings; /* owned */
  unsigned count;
  size_t page_bytes;
  uint8_t record[LONGEST_RECORD];
};

/* With PERF_SAMPLE_TIME alone. */
struct record_end {
  uint64_t time;
};

struct fork_record {
  struct perf_event_header header;
  uint32_t process, parent, thread, parent_thread;
  uint64_t time;
};

struct map_record {
  struct perf_event_header header;
  uint32_t process, thread;
  uint64_t start, length, offset;
  uint8_t build_id_length, padding[3];
  uint8_t build_id[20];
  uint32_t protection, flags;
  char path[];
};

struct lost_record {
  struct perf_event_header header;
  uint64_t id, count;
};

static int open_ring(struct mapping_ring* ring, unsigned cpu, size_t page_bytes) {
  struct perf_event_attr attr = {
      .size = sizeof attr,
      .type = PERF_TYPE_SOFTWARE,
      .config = PERF_COUNT_SW_DUMMY,
      .sample_type = PERF_SAMPLE_TIME,
      .sample_id_all = 1,
      .mmap = 1,
      .mmap2 = 1,
      .build_id = 1,
      .task = 1,
      .exclude_kernel = 1,
      .exclude_hv = 1,
      /* We look by the clock: a record must not wake us, so the mark is one that is never reached. */
      .watermark = 1,
      .wakeup_watermark = UINT32_MAX,
      .use_clockid = 1,
      .clockid = CLOCK_MONOTONIC,
  };
  ring->fd = (int)syscall(SYS_perf_event_open, &attr, -1, (int)cpu, -1, PERF_FLAG_FD_CLOEXEC);
  if (ring->fd < 0) return -errno;
  ring->page = mmap(NULL, (RING_PAGES + 1) * page_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, ring->fd, 0);
  if (ring->page != MAP_FAILED) return 0;
  int error = -errno;
  close(ring->fd);
  return error;
}

static int open_rings(struct mappings* mappings, const struct cpu_list* cpus) {
  mappings->rings = calloc(cpus->count, sizeof *mappings->rings);
  if (mappings->rings == NULL) return -ENOMEM;
  for (unsigned i = 0; i < cpus->count; i++) {
    int error = open_ring(&mappings->rings[mappings->count], cpus->numbers[i], mappings->page_bytes);
    if (error == -ENODEV) continue; /* went offline meanwhile */
    if (error != 0) return error;
    mappings->count++;
  }
  return 0;
}

struct mappings* mappings_open(void) {
  struct cpu_list cpus;
  int error = read_online_cpus(&cpus);
  if (error != 0) {
    errno = -error;
    return NULL;
  }
  struct mappings* mappings = calloc(1, sizeof *mappings);
  error = -ENOMEM;
  if (mappings != NULL) {
    mappings->page_bytes = (size_t)sysconf(_SC_PAGESIZE);
    error = open_rings(mappings, &cpus);
  }
  free_cpu_list(&cpus);
  if (error == 0) return mappings;
  mappings_close(mappings);
  errno = -error;
  return NULL;
}

void mappings_close(struct mappings* mappings) {
  if (mappings == NULL) return;
  for (unsigned i = 0; i < mappings->count; i++) {
    (void)munmap(mappings->rings[i].page, (RING_PAGES + 1) * mappings->page_bytes);
    close(mappings->rings[i].fd);
  }
  free(mappings->rings);
  free(mappings);
}

static void copy_out(const struct mapping_ring* ring, size_t page_bytes, uint64_t from, uint8_t* to,
                     size_t length) {
  const uint8_t* data = (const uint8_t*)ring->page + page_bytes;
  size_t size = RING_PAGES * page_bytes, at = from & (size - 1);
  size_t first = size - at < length ? size - at : length;
  memcpy(to, data + at, first);
  memcpy(to + first, data, length - first);
}

/* The next record before `end`, copied; its header is all there is of one that is too long. NULL: none. */
static const struct perf_event_header* next_record(struct mappings* mappings, struct mapping_ring* ring,
                                                   uint64_t end) {
  struct perf_event_header header;
  if (end - ring->position < sizeof header) return NULL;
  copy_out(ring, mappings->page_bytes, ring->position, (uint8_t*)&header, sizeof header);
  if (header.size < sizeof header || header.size > end - ring->position) {
    ring->position = end; /* the kernel writes no such records */
    return NULL;
  }
  if (header.size > sizeof mappings->record) header.type = PERF_RECORD_MAX;
  if (header.type == PERF_RECORD_MAX)
    memcpy(mappings->record, &header, sizeof header);
  else
    copy_out(ring, mappings->page_bytes, ring->position, mappings->record, header.size);
  ring->position += header.size;
  return (const void*)mappings->record;
}

static uint64_t time_of(const struct perf_event_header* header) {
  struct record_end end;
  memcpy(&end, (const uint8_t*)header + header->size - sizeof end, sizeof end);
  return end.time;
}

static void put_kind(struct output* out, enum mapping_kind kind, uint64_t time, uint32_t process) {
  put_u16(out, (uint16_t)kind);
  put_u64(out, time);
  put_u32(out, process);
}

static void put_map(struct output* out, const struct map_record* record) {
  size_t room = record->header.size - sizeof *record - sizeof(struct record_end);
  size_t length = strnlen(record->path, room);
  bool has_build_id = (record->header.misc & PERF_RECORD_MISC_MMAP_BUILD_ID) != 0 &&
                      record->build_id_length <= sizeof record->build_id;
  put_kind(out, MAPPING_MAP, time_of(&record->header), record->process);
  put_u64(out, record->start);
  put_u64(out, record->length);
  put_u64(out, record->offset);
  put_bytes(out, record->path, length);
  put_bytes(out, record->build_id, has_build_id ? record->build_id_length : 0);
}

/* What is of no interest, or shorter than its kind, is passed over. */
static void put_mapping(struct output* out, const struct perf_event_header* header) {
  const size_t end = sizeof(struct record_end);
  const struct fork_record* fork = (const void*)header;
  if (header->type == PERF_RECORD_MMAP2 && header->size >= sizeof(struct map_record) + end) {
    put_map(out, (const void*)header);
  } else if (header->type == PERF_RECORD_FORK && header->size >= sizeof *fork + end &&
             fork->process != fork->parent) {
    put_kind(out, MAPPING_FORK, time_of(header), fork->process);
    put_u32(out, fork->parent);
  } else if (header->type == PERF_RECORD_LOST && header->size >= sizeof(struct lost_record) + end) {
    put_kind(out, MAPPING_LOST, time_of(header), 0);
  }
}

/* One frame of records that were there before `end`. */
static void send_some(struct mappings* mappings, struct mapping_ring* ring, uint64_t end,
                      struct output* out) {
  const struct perf_event_header* header;
  output_begin(out, NOTICE_MAPPINGS, FRAME_CHUNK_BYTES);
  while (output_payload(out) + LONGEST_RECORD <= FRAME_CHUNK_BYTES &&
         (header = next_record(mappings, ring, end)) != NULL)
    put_mapping(out, header);
  output_end(out);
  __atomic_store_n(&ring->page->data_tail, ring->position, __ATOMIC_RELEASE);
}

void mappings_send(struct mappings* mappings, struct output* out, bool patient) {
  for (unsigned i = 0; mappings != NULL && i < mappings->count; i++) {
    struct mapping_ring* ring = &mappings->rings[i];
    uint64_t end = __atomic_load_n(&ring->page->data_head, __ATOMIC_ACQUIRE);
    while (ring->position < end && !out->gone && (patient || output_pending(out) < OUTPUT_HIGH_WATER))
      send_some(mappings, ring, end, out);
  }
}
