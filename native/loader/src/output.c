/* output.c: see output.h. */
#include "output.h"

#include "../../abi/frames.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BLOCK_BYTES (1u << 20)
/* A host that keeps up leaves no more than these in use. */
#define MOST_SPARES 4u
/* Past the high water mark there is still room for replies; then they wait for the host. */
#define MOST_PENDING (OUTPUT_HIGH_WATER + (4u << 20))
#define WANTED_PIPE_BYTES (1 << 20)

struct block {
  struct block* next;
  size_t capacity, start, end; /* what waits to be written */
  uint8_t bytes[];
};

static struct block* new_block(size_t capacity) {
  struct block* block = malloc(sizeof *block + capacity);
  if (block != NULL) *block = (struct block){.capacity = capacity};
  return block;
}

int output_open(struct output* out, int fd) {
  int flags = fcntl(fd, F_GETFL);
  if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0) return -errno;
  /* Best effort: Node's pipes are sockets, a shell's are pipes. */
  int size = WANTED_PIPE_BYTES;
  if (setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size) != 0) (void)fcntl(fd, F_SETPIPE_SZ, size);
  *out = (struct output){.fd = fd};
  out->first = out->last = new_block(BLOCK_BYTES);
  return out->first == NULL ? -ENOMEM : 0;
}

static void free_blocks(struct block* block) {
  while (block != NULL) {
    struct block* next = block->next;
    free(block);
    block = next;
  }
}

void output_close(struct output* out) {
  free_blocks(out->first);
  free_blocks(out->spare);
  *out = (struct output){.fd = -1, .gone = true};
}

size_t output_pending(const struct output* out) {
  return out->pending;
}

/* The first block is written and another follows. */
static void drop_first(struct output* out) {
  struct block* block = out->first;
  out->first = block->next;
  if (block->capacity > BLOCK_BYTES || out->spares == MOST_SPARES) {
    free(block);
    return;
  }
  block->next = out->spare;
  out->spare = block;
  out->spares++;
}

void output_flush_some(struct output* out) {
  while (!out->gone && out->pending > 0) {
    struct block* block = out->first;
    if (block->start == block->end) {
      drop_first(out);
      continue;
    }
    ssize_t written = write(out->fd, block->bytes + block->start, block->end - block->start);
    if (written >= 0) {
      block->start += (size_t)written;
      out->pending -= (size_t)written;
    } else if (errno == EAGAIN) {
      return;
    } else if (errno != EINTR) {
      out->gone = true;
    }
  }
}

static void wait_until_writable(struct output* out) {
  struct pollfd stdout_poll = {.fd = out->fd, .events = POLLOUT};
  if (poll(&stdout_poll, 1, -1) < 0 && errno != EINTR) out->gone = true;
  if (stdout_poll.revents & (POLLERR | POLLHUP | POLLNVAL)) out->gone = true;
}

void output_flush_all(struct output* out) {
  for (output_flush_some(out); !out->gone && output_pending(out) > 0; output_flush_some(out))
    wait_until_writable(out);
}

static struct block* take_block(struct output* out, size_t need) {
  struct block* block = out->spare;
  if (need > BLOCK_BYTES || block == NULL) return new_block(need > BLOCK_BYTES ? need : BLOCK_BYTES);
  out->spare = block->next;
  out->spares--;
  *block = (struct block){.capacity = block->capacity};
  return block;
}

/* Room for `need` bytes in a row at the end of the last block, waiting for the host where too much waits. */
static void make_room(struct output* out, size_t need) {
  while (!out->gone && out->pending > 0 && out->pending + need > MOST_PENDING) {
    output_flush_some(out);
    if (out->pending > 0 && out->pending + need > MOST_PENDING) wait_until_writable(out);
  }
  if (out->gone) return;
  if (out->pending == 0) out->last->start = out->last->end = 0;
  if (out->last->capacity - out->last->end >= need) return;
  struct block* block = take_block(out, need);
  if (block == NULL) {
    out->gone = true; /* no memory for an answer: the session cannot go on */
    return;
  }
  out->last->next = block;
  out->last = block;
}

void output_begin(struct output* out, uint16_t type, size_t payload_limit) {
  out->limit = 0;
  make_room(out, FRAME_HEADER_BYTES + payload_limit);
  if (out->gone) return;
  out->frame = out->last->end;
  out->limit = out->frame + FRAME_HEADER_BYTES + payload_limit;
  put_u32(out, 0);
  put_u16(out, type);
  put_u16(out, 0);
}

size_t output_payload(const struct output* out) {
  return out->limit == 0 ? 0 : out->last->end - out->frame - FRAME_HEADER_BYTES;
}

static void encode(uint8_t* at, uint64_t value, unsigned count) {
  for (unsigned i = 0; i < count; i++)
    at[i] = (uint8_t)(value >> (8 * i));
}

void output_end(struct output* out) {
  if (out->limit == 0) return;
  encode(out->last->bytes + out->frame, output_payload(out), 4);
  out->limit = 0;
}

void put_raw(struct output* out, const void* bytes, size_t length) {
  if (out->limit == 0 || length == 0) return;
  struct block* block = out->last;
  if (length > out->limit - block->end) abort();
  memcpy(block->bytes + block->end, bytes, length);
  block->end += length;
  out->pending += length;
}

static void put_number(struct output* out, uint64_t value, unsigned count) {
  uint8_t bytes[8];
  encode(bytes, value, count);
  put_raw(out, bytes, count);
}

void put_u16(struct output* out, uint16_t value) {
  put_number(out, value, 2);
}
void put_u32(struct output* out, uint32_t value) {
  put_number(out, value, 4);
}
void put_i32(struct output* out, int32_t value) {
  put_number(out, (uint32_t)value, 4);
}
void put_u64(struct output* out, uint64_t value) {
  put_number(out, value, 8);
}
void put_i64(struct output* out, int64_t value) {
  put_number(out, (uint64_t)value, 8);
}

void put_bytes(struct output* out, const void* bytes, size_t length) {
  put_u32(out, (uint32_t)length);
  put_raw(out, bytes, length);
}

void put_text(struct output* out, const char* text) {
  put_bytes(out, text, strlen(text));
}

void patch_u32(struct output* out, size_t position, uint32_t value) {
  if (out->limit != 0) encode(out->last->bytes + out->frame + FRAME_HEADER_BYTES + position, value, 4);
}
