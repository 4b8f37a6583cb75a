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

#define INITIAL_CAPACITY (4u << 20)
#define WANTED_PIPE_BYTES (1 << 20)

int output_open(struct output* out, int fd) {
  int flags = fcntl(fd, F_GETFL);
  if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0) return -errno;
  /* Best effort: Node's pipes are sockets, a shell's are pipes. */
  int size = WANTED_PIPE_BYTES;
  if (setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size) != 0) (void)fcntl(fd, F_SETPIPE_SZ, size);
  *out = (struct output){.fd = fd, .capacity = INITIAL_CAPACITY};
  out->bytes = malloc(out->capacity);
  return out->bytes == NULL ? -ENOMEM : 0;
}

void output_close(struct output* out) {
  free(out->bytes);
  *out = (struct output){.fd = -1, .gone = true};
}

size_t output_pending(const struct output* out) {
  return out->end - out->start;
}

void output_flush_some(struct output* out) {
  while (!out->gone && out->start < out->end) {
    ssize_t written = write(out->fd, out->bytes + out->start, out->end - out->start);
    if (written >= 0) {
      out->start += (size_t)written;
    } else if (errno == EAGAIN) {
      return;
    } else if (errno != EINTR) {
      out->gone = true;
    }
  }
  if (out->start == out->end) out->start = out->end = 0;
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

/* Room for `need` bytes after `end`: by moving, by growing for one big frame, else by waiting for the host.
 */
static void make_room(struct output* out, size_t need) {
  if (need > out->capacity) {
    uint8_t* grown = realloc(out->bytes, need);
    if (grown == NULL) {
      out->gone = true; /* no memory for an answer: the session cannot go on */
      return;
    }
    out->bytes = grown;
    out->capacity = need;
  }
  while (!out->gone && out->capacity - out->end < need) {
    if (out->capacity - output_pending(out) >= need) {
      memmove(out->bytes, out->bytes + out->start, output_pending(out));
      out->end -= out->start;
      out->start = 0;
      return;
    }
    output_flush_some(out);
    if (!out->gone && out->capacity - output_pending(out) < need) wait_until_writable(out);
  }
}

void output_begin(struct output* out, uint16_t type, size_t payload_limit) {
  out->limit = 0;
  make_room(out, FRAME_HEADER_BYTES + payload_limit);
  if (out->gone) return;
  out->frame = out->end;
  out->limit = out->end + FRAME_HEADER_BYTES + payload_limit;
  put_u32(out, 0);
  put_u16(out, type);
  put_u16(out, 0);
}

size_t output_payload(const struct output* out) {
  return out->limit == 0 ? 0 : out->end - out->frame - FRAME_HEADER_BYTES;
}

static void encode(uint8_t* at, uint64_t value, unsigned count) {
  for (unsigned i = 0; i < count; i++)
    at[i] = (uint8_t)(value >> (8 * i));
}

void output_end(struct output* out) {
  if (out->limit == 0) return;
  encode(out->bytes + out->frame, output_payload(out), 4);
  out->limit = 0;
}

void put_raw(struct output* out, const void* bytes, size_t length) {
  if (out->limit == 0 || length == 0) return;
  if (length > out->limit - out->end) abort();
  memcpy(out->bytes + out->end, bytes, length);
  out->end += length;
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
  if (out->limit != 0) encode(out->bytes + out->frame + FRAME_HEADER_BYTES + position, value, 4);
}
