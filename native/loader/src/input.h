/* input.h: requests from the host, cut into whole frames. */
#ifndef PROBEWRIGHT_INPUT_H
#define PROBEWRIGHT_INPUT_H

#include "frame.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct input {
  int fd;         /* borrowed */
  uint8_t* bytes; /* owned; holds at most one big frame and a little more */
  size_t capacity;
  size_t start, end; /* what was read and not taken yet */
  bool ended;        /* the host closed its side */
};

struct frame {
  uint16_t type;
  const uint8_t* payload; /* valid until the next call with this input */
  size_t length;
};

int input_open(struct input* in, int fd);
void input_close(struct input* in);

/* One read; to be called when the descriptor is readable. 0 or -errno. */
int input_fill(struct input* in);

/* 1 and a frame; 0 when no whole frame has come yet; -EMSGSIZE or -EPROTO when the stream is broken for good.
 */
int input_take(struct input* in, struct frame* frame);

/* Whether the input has bytes that make no whole frame. */
bool input_is_cut(const struct input* in);

#endif
