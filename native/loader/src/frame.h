/*
 * frame.h: decoding frames. Pure: bytes in, numbers and spans out; nothing here allocates or calls the
 * system, and this is all that looks at what a host sent (fuzz/frame-fuzz.c runs it under libFuzzer).
 */
#ifndef PROBEWRIGHT_FRAME_H
#define PROBEWRIGHT_FRAME_H

#include "../../abi/frames.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct frame_header {
  uint32_t length; /* of the payload, within the limit of the type */
  uint16_t type;
};

/* Returns 0; -EMSGSIZE for a length over the type's limit; -EPROTO for flags that are not 0. Both end the
 * session. */
int decode_frame_header(const uint8_t bytes[FRAME_HEADER_BYTES], struct frame_header* header);

/* A position in a payload. After the first bad read `bad` stays set and every further read gives zeroes. */
struct reader {
  const uint8_t *at, *end;
  bool bad;
};

/* Bytes inside a payload; valid as long as the payload is. */
struct span {
  const uint8_t* bytes;
  uint32_t length;
};

struct name {
  char text[FRAME_MAX_NAME_BYTES + 1];
};

struct path {
  char text[FRAME_MAX_PATH_BYTES + 1];
};

struct reader read_payload(const uint8_t* bytes, size_t length);
uint16_t read_u16(struct reader* in);
uint32_t read_u32(struct reader* in);
int32_t read_i32(struct reader* in);
uint64_t read_u64(struct reader* in);

/* A u32 length and that many bytes. */
struct span read_bytes(struct reader* in);

/* A string without NUL of at most FRAME_MAX_NAME_BYTES (FRAME_MAX_PATH_BYTES); always terminated, empty when
 * bad. */
void read_name(struct reader* in, struct name* out);
void read_path(struct reader* in, struct path* out);

/* A u32 count of items that take at least `item_bytes` each: bad when the rest of the payload cannot hold
 * them. */
uint32_t read_count(struct reader* in, uint32_t item_bytes);

/* 0 when everything was well formed and the payload is used up, else -EPROTO. */
int finish_reading(const struct reader* in);

#endif
