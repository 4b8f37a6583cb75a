/* frame.c: see frame.h. */
#include "frame.h"

#include <errno.h>
#include <string.h>

static uint32_t limit_of(uint16_t type) {
  switch (type) {
  case REQUEST_OBJECT: return FRAME_MAX_OBJECT_BYTES;
  case REQUEST_ATTACH: return FRAME_MAX_ATTACH_BYTES;
  case REQUEST_MAP_UPDATE: return FRAME_MAX_MAP_BYTES;
  default: return FRAME_MAX_BYTES;
  }
}

static uint64_t little_endian(const uint8_t* bytes, unsigned count) {
  uint64_t value = 0;
  for (unsigned i = count; i-- > 0;)
    value = value << 8 | bytes[i];
  return value;
}

int decode_frame_header(const uint8_t bytes[FRAME_HEADER_BYTES], struct frame_header* header) {
  header->length = (uint32_t)little_endian(bytes, 4);
  header->type = (uint16_t)little_endian(bytes + 4, 2);
  if (little_endian(bytes + 6, 2) != 0) return -EPROTO;
  return header->length > limit_of(header->type) ? -EMSGSIZE : 0;
}

struct reader read_payload(const uint8_t* bytes, size_t length) {
  return (struct reader){.at = bytes, .end = bytes + length, .bad = false};
}

static size_t remaining(const struct reader* in) {
  return in->bad ? 0 : (size_t)(in->end - in->at);
}

static uint64_t read_number(struct reader* in, unsigned count) {
  if (remaining(in) < count) {
    in->bad = true;
    return 0;
  }
  uint64_t value = little_endian(in->at, count);
  in->at += count;
  return value;
}

uint16_t read_u16(struct reader* in) {
  return (uint16_t)read_number(in, 2);
}
uint32_t read_u32(struct reader* in) {
  return (uint32_t)read_number(in, 4);
}
int32_t read_i32(struct reader* in) {
  return (int32_t)read_u32(in);
}
uint64_t read_u64(struct reader* in) {
  return read_number(in, 8);
}

struct span read_bytes(struct reader* in) {
  uint32_t length = read_u32(in);
  if (remaining(in) < length) in->bad = true;
  if (in->bad) return (struct span){.bytes = NULL, .length = 0};
  struct span span = {.bytes = in->at, .length = length};
  in->at += length;
  return span;
}

/* `text` has room for `limit` bytes and a NUL. */
static void read_text(struct reader* in, char* text, uint32_t limit) {
  struct span span = read_bytes(in);
  text[0] = '\0';
  if (in->bad || span.length == 0) return;
  if (span.length > limit || memchr(span.bytes, '\0', span.length) != NULL) {
    in->bad = true;
    return;
  }
  memcpy(text, span.bytes, span.length);
  text[span.length] = '\0';
}

void read_name(struct reader* in, struct name* out) {
  read_text(in, out->text, FRAME_MAX_NAME_BYTES);
}
void read_path(struct reader* in, struct path* out) {
  read_text(in, out->text, FRAME_MAX_PATH_BYTES);
}

uint32_t read_count(struct reader* in, uint32_t item_bytes) {
  uint32_t count = read_u32(in);
  if ((uint64_t)count * item_bytes > remaining(in)) in->bad = true;
  return in->bad ? 0 : count;
}

int finish_reading(const struct reader* in) {
  return in->bad || in->at != in->end ? -EPROTO : 0;
}
