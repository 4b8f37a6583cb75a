/*
 * ring.h: reading one BPF ring buffer. Ours instead of libbpf's, because a record may only be consumed when
 * there is room for it, and because a bounded part must be readable between two requests. Layout:
 * include/uapi/linux/bpf.h (BPF_RINGBUF_*) and kernel/bpf/ringbuf.c.
 */
#ifndef PROBEWRIGHT_RING_H
#define PROBEWRIGHT_RING_H

#include <stddef.h>
#include <stdint.h>

struct ring {
  void *consumer_page, *producer_pages; /* owned mappings */
  size_t producer_bytes;                /* of the second mapping */
  const uint8_t* data;
  uint64_t mask;
  uint64_t position;  /* of the next record */
  uint64_t published; /* what the kernel knows of `position` */
};

/* `size` is the map's max_entries. 0 or -errno. */
int ring_open(struct ring* ring, int map_fd, uint32_t size);
void ring_close(struct ring* ring);

/* The end of what producers have reserved. */
uint64_t ring_end(const struct ring* ring);

/*
 * The next submitted record, skipping discarded ones: valid until ring_release. NULL when there is none, or
 * when a program still writes the next one.
 */
const uint8_t* ring_peek(struct ring* ring, uint32_t* length);

/* Steps over the record that ring_peek gave. */
void ring_advance(struct ring* ring, uint32_t length);

/* Gives the room of everything stepped over back to the producers. */
void ring_release(struct ring* ring);

#endif
