/*
 * frame-fuzz.c: arbitrary bytes as a host would send them, through everything that decodes frames: input.c's
 * cutting and all readers of frame.c in the orders that requests use. Build and run: sanitize.sh --fuzz.
 */
#include "../src/frame.h"
#include "../src/input.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Reading a span must be possible: the sanitizer watches. */
static unsigned touch(struct span span) {
  unsigned sum = 0;
  for (uint32_t i = 0; i < span.length; i++)
    sum += span.bytes[i];
  return sum;
}

static void require(int condition) {
  if (!condition) abort();
}

/* The first bytes of the payload choose what is read next, so that every order of readers comes up. */
static void read_everything(const struct frame* frame) {
  struct reader in = read_payload(frame->payload, frame->length);
  unsigned sum = read_u32(&in);
  for (uint32_t choices = read_u32(&in); !in.bad && in.at != in.end; choices = choices >> 3 | choices << 29) {
    struct name name;
    struct path path;
    const uint8_t* before = in.at;
    switch (choices & 7) {
    case 0: sum += read_u16(&in); break;
    case 1: sum += read_u32(&in); break;
    case 2: sum += (unsigned)read_i32(&in); break;
    case 3: sum += (unsigned)read_u64(&in); break;
    case 4: sum += touch(read_bytes(&in)); break;
    case 5:
      read_name(&in, &name);
      require(memchr(name.text, '\0', sizeof name.text) != NULL);
      break;
    case 6:
      read_path(&in, &path);
      require(memchr(path.text, '\0', sizeof path.text) != NULL);
      break;
    default: require((uint64_t)read_count(&in, 24) * 24 <= (uint64_t)(in.end - in.at)); break;
    }
    require(in.at > before || in.bad);
    require(in.at <= in.end);
  }
  require(in.bad ? finish_reading(&in) != 0 : finish_reading(&in) == 0);
  (void)sum;
}

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  int pipes[2];
  struct input in;
  /* As much as a pipe takes without a reader. */
  if (size > 60000 || pipe(pipes) != 0) return 0;
  require(write(pipes[1], data, size) == (ssize_t)size);
  close(pipes[1]);
  require(input_open(&in, pipes[0]) == 0);
  struct frame frame;
  int taken = 0;
  while (!in.ended && taken >= 0) {
    require(input_fill(&in) == 0);
    while ((taken = input_take(&in, &frame)) > 0)
      read_everything(&frame);
  }
  require(in.capacity <= 4u * FRAME_MAX_OBJECT_BYTES);
  input_close(&in);
  close(pipes[0]);
  return 0;
}
