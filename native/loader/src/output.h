/*
 * output.h: frames to the host. One bounded queue before a non-blocking descriptor: what does not fit waits
 * for the host, nothing is dropped. When the host is gone (`gone`), everything here does nothing, and the
 * main loop ends.
 *
 * The queue is made of blocks that come and go, so that a burst finds room while the host is busy with what
 * came before, and no memory is held for it otherwise. Taking a record out of a ring costs 30 ns, what the
 * host does with it several times that: on a busy machine two millions of events at once lost 10 to 25 %
 * with room for 1 MiB here, none with 32.
 */
#ifndef PROBEWRIGHT_OUTPUT_H
#define PROBEWRIGHT_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* More than this waiting: no ring is consumed and no request is read. */
#define OUTPUT_HIGH_WATER (32u << 20)

struct block;

struct output {
  int fd;                     /* borrowed */
  struct block *first, *last; /* owned: what waits to be written; the last is being filled */
  struct block* spare;        /* owned: for reuse */
  unsigned spares;
  size_t pending; /* bytes in all blocks */
  /* The open frame's header in the last block, and where its payload must have ended; limit 0: none is open.
   */
  size_t frame, limit;
  bool gone;
};

/* Makes `fd` non-blocking and widens its buffer if it can. 0 or -errno. */
int output_open(struct output* out, int fd);
void output_close(struct output* out);

/*
 * Begins a frame of at most `payload_limit` bytes, waiting for the host as long as there is no room.
 * Putting more than announced is a mistake of ours and aborts.
 */
void output_begin(struct output* out, uint16_t type, size_t payload_limit);
void output_end(struct output* out);

/* Bytes put into the open frame so far. */
size_t output_payload(const struct output* out);

void put_u16(struct output* out, uint16_t value);
void put_u32(struct output* out, uint32_t value);
void put_i32(struct output* out, int32_t value);
void put_u64(struct output* out, uint64_t value);
void put_i64(struct output* out, int64_t value);
void put_raw(struct output* out, const void* bytes, size_t length);
/* A u32 length and the bytes. */
void put_bytes(struct output* out, const void* bytes, size_t length);
void put_text(struct output* out, const char* text);
/* Overwrites a u32 that was put at `position` (an earlier output_payload) of the open frame. */
void patch_u32(struct output* out, size_t position, uint32_t value);

size_t output_pending(const struct output* out);
/* Writes what the descriptor takes now. */
void output_flush_some(struct output* out);
/* Waits until everything is written, or the host is gone. */
void output_flush_all(struct output* out);

#endif
