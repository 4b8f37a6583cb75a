/* input.c: see input.h. */
#include "input.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define IDLE_CAPACITY (64u << 10)

int input_open(struct input* in, int fd) {
  *in = (struct input){.fd = fd, .capacity = IDLE_CAPACITY};
  in->bytes = malloc(in->capacity);
  return in->bytes == NULL ? -ENOMEM : 0;
}

void input_close(struct input* in) {
  free(in->bytes);
  *in = (struct input){.fd = -1, .ended = true};
}

static int resize(struct input* in, size_t capacity) {
  uint8_t* bytes = realloc(in->bytes, capacity);
  if (bytes == NULL) return -ENOMEM;
  in->bytes = bytes;
  in->capacity = capacity;
  return 0;
}

/* Doubles only when the bytes have really come: a header that announces much costs nothing by itself. */
static int make_room(struct input* in) {
  if (in->start > 0) {
    memmove(in->bytes, in->bytes + in->start, in->end - in->start);
    in->end -= in->start;
    in->start = 0;
  }
  if (in->end == 0 && in->capacity > IDLE_CAPACITY) return resize(in, IDLE_CAPACITY);
  return in->end == in->capacity ? resize(in, in->capacity * 2 + IDLE_CAPACITY) : 0;
}

int input_fill(struct input* in) {
  int error = make_room(in);
  if (error != 0) return error;
  ssize_t got = read(in->fd, in->bytes + in->end, in->capacity - in->end);
  if (got < 0) return errno == EINTR || errno == EAGAIN ? 0 : -errno;
  if (got == 0) in->ended = true;
  in->end += (size_t)got;
  return 0;
}

int input_take(struct input* in, struct frame* frame) {
  size_t have = in->end - in->start;
  if (have < FRAME_HEADER_BYTES) return 0;
  struct frame_header header;
  int error = decode_frame_header(in->bytes + in->start, &header);
  if (error != 0) return error;
  if (have - FRAME_HEADER_BYTES < header.length) return 0;
  *frame = (struct frame){
      .type = header.type, .payload = in->bytes + in->start + FRAME_HEADER_BYTES, .length = header.length};
  in->start += FRAME_HEADER_BYTES + header.length;
  return 1;
}

bool input_is_cut(const struct input* in) {
  return in->end != in->start;
}
