/* maps.h: reading and changing maps of the loaded object, in bounded memory. */
#ifndef PROBEWRIGHT_MAPS_H
#define PROBEWRIGHT_MAPS_H

#include "failure.h"
#include "frame.h"
#include "output.h"

#include <stdbool.h>
#include <stdint.h>

/* A map as the kernel knows it. */
struct map_shape {
  int fd; /* borrowed */
  uint32_t type, key_bytes, max_entries;
  uint32_t value_bytes; /* of the whole value: per-CPU maps have one part for each possible cpu */
  uint32_t cpus;        /* 1 when the map is not per-CPU */
};

/* `cpus`: possible cpus of the machine. -EOPNOTSUPP (stage `map`) for maps without keys, such as ring
 * buffers. */
int look_at_map(int fd, uint32_t cpus, struct map_shape* shape, struct failure* why);

/*
 * Where entries go: called with packed keys and values of `count` entries, in the order of the kernel. A
 * negative return stops the walk and becomes its result.
 */
struct map_visitor {
  int (*visit)(void* context, const uint8_t* keys, const uint8_t* values, uint32_t count);
  void* context;
};

/* Visits all entries in portions of about FRAME_CHUNK_BYTES. 0 or -errno. */
int walk_map(const struct map_shape* shape, struct map_visitor visitor, struct failure* why);

/* A request's MAP_DATA frames. */
int send_map(const struct map_shape* shape, uint32_t request_id, struct output* out, struct failure* why);
int send_map_entry(const struct map_shape* shape, struct span key, uint32_t request_id, struct output* out,
                   struct failure* why);

int update_map(const struct map_shape* shape, uint64_t flags, struct span key, struct span value,
               struct failure* why);
int delete_from_map(const struct map_shape* shape, struct span key, struct failure* why);

/* Deletes each entry; of an array, zeroes it. */
int clear_map(const struct map_shape* shape, struct failure* why);
/* Zeroes each value, never bringing back a key that was deleted meanwhile. */
int zero_map(const struct map_shape* shape, struct failure* why);

#endif
