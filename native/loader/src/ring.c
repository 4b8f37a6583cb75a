/* ring.c: see ring.h. */
#include "ring.h"

#include <linux/bpf.h>

#include <errno.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <unistd.h>

/* Publishing each record would make producers and us fight for one cache line; this is soon enough for a
 * small ring. */
#define RELEASE_BYTES 4096u

int ring_open(struct ring* ring, int map_fd, uint32_t size) {
  *ring = (struct ring){0};
  if (size == 0 || (size & (size - 1)) != 0) return -EINVAL;
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  /* The data is mapped twice in a row, so that a record that wraps around is contiguous. */
  ring->producer_bytes = page + 2 * (size_t)size;
  void* consumer = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_SHARED, map_fd, 0);
  if (consumer == MAP_FAILED) return -errno;
  void* producer = mmap(NULL, ring->producer_bytes, PROT_READ, MAP_SHARED, map_fd, (off_t)page);
  if (producer == MAP_FAILED) {
    int error = -errno;
    munmap(consumer, page);
    return error;
  }
  ring->consumer_page = consumer;
  ring->producer_pages = producer;
  ring->data = (const uint8_t*)producer + page;
  ring->mask = size - 1;
  ring->position = ring->published = __atomic_load_n((unsigned long*)consumer, __ATOMIC_ACQUIRE);
  return 0;
}

void ring_close(struct ring* ring) {
  ring_release(ring);
  munmap(ring->consumer_page, (size_t)sysconf(_SC_PAGESIZE));
  munmap(ring->producer_pages, ring->producer_bytes);
  *ring = (struct ring){0};
}

uint64_t ring_end(const struct ring* ring) {
  return __atomic_load_n((const unsigned long*)ring->producer_pages, __ATOMIC_ACQUIRE);
}

static uint64_t record_bytes(uint32_t length) {
  return ((uint64_t)length + BPF_RINGBUF_HDR_SZ + 7) & ~7ull;
}

void ring_advance(struct ring* ring, uint32_t length) {
  ring->position += record_bytes(length);
  if (ring->position - ring->published >= RELEASE_BYTES) ring_release(ring);
}

const uint8_t* ring_peek(struct ring* ring, uint32_t* length) {
  while (ring->position < ring_end(ring)) {
    const uint8_t* record = ring->data + (ring->position & ring->mask);
    const uint32_t* header_at = __builtin_assume_aligned(record, BPF_RINGBUF_HDR_SZ);
    uint32_t header = __atomic_load_n(header_at, __ATOMIC_ACQUIRE);
    if (header & BPF_RINGBUF_BUSY_BIT) return NULL;
    *length = header & ~(uint32_t)BPF_RINGBUF_DISCARD_BIT;
    if (!(header & BPF_RINGBUF_DISCARD_BIT)) return record + BPF_RINGBUF_HDR_SZ;
    ring_advance(ring, *length);
  }
  return NULL;
}

void ring_release(struct ring* ring) {
  if (ring->position == ring->published) return;
  __atomic_store_n((unsigned long*)ring->consumer_page, (unsigned long)ring->position, __ATOMIC_RELEASE);
  ring->published = ring->position;
}
