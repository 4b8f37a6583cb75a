/* map-read.c: the reading half of maps.h. */
#include "maps.h"

#include <bpf/bpf.h>
#include <linux/bpf.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Of keys and values together, when a bucket of a hash map does not fit into a portion. */
#define LARGEST_PORTION_BYTES (32u << 20)
#define MAP_DATA_FIXED_BYTES 24u
/* What the kernel says for a command that a map type lacks; not in the C library. Source:
 * include/linux/errno.h. */
#define KERNEL_ENOTSUPP 524

static bool is_per_cpu(uint32_t type) {
  return type == BPF_MAP_TYPE_PERCPU_HASH || type == BPF_MAP_TYPE_PERCPU_ARRAY ||
         type == BPF_MAP_TYPE_LRU_PERCPU_HASH;
}

static bool has_keys(uint32_t type) {
  return is_per_cpu(type) || type == BPF_MAP_TYPE_HASH || type == BPF_MAP_TYPE_ARRAY ||
         type == BPF_MAP_TYPE_LRU_HASH || type == BPF_MAP_TYPE_STACK_TRACE || type == BPF_MAP_TYPE_LPM_TRIE;
}

int look_at_map(int fd, uint32_t cpus, struct map_shape* shape, struct failure* why) {
  struct bpf_map_info info = {0};
  uint32_t size = sizeof info;
  int error = bpf_obj_get_info_by_fd(fd, &info, &size);
  if (error != 0) return fail(why, error, "map", "the map cannot be looked at");
  if (!has_keys(info.type))
    return fail(why, -EOPNOTSUPP, "map", "a map of type %u has no entries", info.type);
  uint64_t value_bytes = info.value_size;
  if (is_per_cpu(info.type)) value_bytes = ((value_bytes + 7) & ~7ull) * cpus;
  *shape = (struct map_shape){.fd = fd,
                              .type = info.type,
                              .key_bytes = info.key_size,
                              .max_entries = info.max_entries,
                              .value_bytes = (uint32_t)value_bytes,
                              .cpus = is_per_cpu(info.type) ? cpus : 1};
  if (value_bytes + info.key_size + MAP_DATA_FIXED_BYTES <= FRAME_MAX_MAP_BYTES) return 0;
  return fail(why, -E2BIG, "map", "entries of %llu bytes do not fit into a frame",
              (unsigned long long)value_bytes);
}

/* Room for a portion of `count` entries. */
struct portion {
  uint8_t *keys, *values; /* owned */
  uint32_t count;
};

static uint32_t entries_in(const struct map_shape* shape, uint32_t bytes) {
  uint32_t count = bytes / (shape->key_bytes + shape->value_bytes);
  if (count > shape->max_entries) count = shape->max_entries;
  return count == 0 ? 1 : count;
}

static int resize_portion(struct portion* portion, const struct map_shape* shape, uint32_t count) {
  free(portion->keys);
  free(portion->values);
  portion->count = count;
  portion->keys = malloc((size_t)count * shape->key_bytes);
  portion->values = malloc((size_t)count * shape->value_bytes);
  return portion->keys == NULL || portion->values == NULL ? -ENOMEM : 0;
}

static void free_portion(struct portion* portion) {
  free(portion->keys);
  free(portion->values);
}

static bool lacks_batches(int error) {
  return error == -KERNEL_ENOTSUPP || error == -EOPNOTSUPP || error == -EINVAL;
}

/* 0 at the end; -ENOTSUP when nothing was visited because the map has no batches. */
static int walk_in_batches(const struct map_shape* shape, struct portion* portion,
                           struct map_visitor visitor) {
  /* The kernel's place in the walk: a bucket's number or a key. */
  size_t token_bytes = shape->key_bytes < 8 ? 8 : shape->key_bytes;
  uint8_t* tokens = calloc(2, token_bytes);
  if (tokens == NULL) return -ENOMEM;
  uint8_t *from = NULL, *to = tokens;
  int result = 0;
  for (;;) {
    uint32_t count = portion->count;
    LIBBPF_OPTS(bpf_map_batch_opts, options);
    int error = bpf_map_lookup_batch(shape->fd, from, to, portion->keys, portion->values, &count, &options);
    if (error == -ENOSPC) { /* a bucket holds more than the portion */
      uint64_t bytes = 2ull * portion->count * (shape->key_bytes + (uint64_t)shape->value_bytes);
      result = bytes > LARGEST_PORTION_BYTES ? -ENOSPC : resize_portion(portion, shape, portion->count * 2);
      if (result != 0) break;
      continue;
    }
    if (error != 0 && error != -ENOENT) {
      result = from == NULL && lacks_batches(error) ? -ENOTSUP : error;
      break;
    }
    result = count == 0 ? 0 : visitor.visit(visitor.context, portion->keys, portion->values, count);
    if (result != 0 || error == -ENOENT) break;
    from = to;
    to = from == tokens ? tokens + token_bytes : tokens;
  }
  free(tokens);
  return result;
}

/* Keys that are deleted meanwhile may send the walk back to the start; the map's size bounds it. */
static int walk_by_key(const struct map_shape* shape, struct portion* portion, struct map_visitor visitor) {
  uint8_t* last = malloc(shape->key_bytes);
  if (last == NULL) return -ENOMEM;
  uint32_t filled = 0, seen = 0;
  int error = 0;
  for (bool first = true; error == 0 && seen < shape->max_entries; first = false) {
    uint8_t* key = portion->keys + (size_t)filled * shape->key_bytes;
    error = bpf_map_get_next_key(shape->fd, first ? NULL : last, key);
    if (error != 0) break;
    memcpy(last, key, shape->key_bytes);
    seen++;
    if (bpf_map_lookup_elem(shape->fd, key, portion->values + (size_t)filled * shape->value_bytes) != 0)
      continue;
    if (++filled < portion->count) continue;
    error = visitor.visit(visitor.context, portion->keys, portion->values, filled);
    filled = 0;
  }
  free(last);
  if (error != 0 && error != -ENOENT) return error;
  return filled == 0 ? 0 : visitor.visit(visitor.context, portion->keys, portion->values, filled);
}

int walk_map(const struct map_shape* shape, struct map_visitor visitor, struct failure* why) {
  struct portion portion = {0};
  int error = resize_portion(&portion, shape, entries_in(shape, FRAME_CHUNK_BYTES));
  if (error == 0) error = walk_in_batches(shape, &portion, visitor);
  if (error == -ENOTSUP) error = walk_by_key(shape, &portion, visitor);
  free_portion(&portion);
  return error == 0 ? 0 : fail(why, error, "map", "reading the map failed: %s", strerror(-error));
}

struct sender {
  const struct map_shape* shape;
  uint32_t request_id;
  struct output* out;
};

static void put_entries(const struct sender* sender, const uint8_t* keys, const uint8_t* values,
                        uint32_t count, uint32_t flags) {
  const struct map_shape* shape = sender->shape;
  size_t entry_bytes = (size_t)shape->key_bytes + shape->value_bytes;
  output_begin(sender->out, REPLY_MAP_DATA, MAP_DATA_FIXED_BYTES + count * entry_bytes);
  put_u32(sender->out, sender->request_id);
  put_u32(sender->out, flags);
  put_u32(sender->out, shape->key_bytes);
  put_u32(sender->out, shape->value_bytes);
  put_u32(sender->out, shape->cpus);
  put_u32(sender->out, count);
  for (uint32_t i = 0; i < count; i++) {
    put_raw(sender->out, keys + (size_t)i * shape->key_bytes, shape->key_bytes);
    put_raw(sender->out, values + (size_t)i * shape->value_bytes, shape->value_bytes);
  }
  output_end(sender->out);
}

/* A grown portion is cut into frames again. */
static int send_portion(void* context, const uint8_t* keys, const uint8_t* values, uint32_t count) {
  const struct sender* sender = context;
  uint32_t most = entries_in(sender->shape, FRAME_CHUNK_BYTES);
  for (uint32_t sent = 0; sent < count;) {
    uint32_t part = count - sent < most ? count - sent : most;
    put_entries(sender, keys + (size_t)sent * sender->shape->key_bytes,
                values + (size_t)sent * sender->shape->value_bytes, part, 0);
    sent += part;
  }
  return sender->out->gone ? -EPIPE : 0;
}

int send_map(const struct map_shape* shape, uint32_t request_id, struct output* out, struct failure* why) {
  struct sender sender = {.shape = shape, .request_id = request_id, .out = out};
  const struct map_visitor visitor = {.visit = send_portion, .context = &sender};
  int error = walk_map(shape, visitor, why);
  if (error == 0) put_entries(&sender, NULL, NULL, 0, STREAM_LAST);
  return error;
}

int send_map_entry(const struct map_shape* shape, struct span key, uint32_t request_id, struct output* out,
                   struct failure* why) {
  if (key.length != shape->key_bytes)
    return fail(why, -EINVAL, "map", "a key of %u bytes for one of %u", key.length, shape->key_bytes);
  uint8_t* value = malloc(shape->value_bytes);
  if (value == NULL) return fail(why, -ENOMEM, "resource", "no memory for a value");
  int error = bpf_map_lookup_elem(shape->fd, key.bytes, value);
  const struct sender sender = {.shape = shape, .request_id = request_id, .out = out};
  if (error == 0 || error == -ENOENT) put_entries(&sender, key.bytes, value, error == 0 ? 1 : 0, STREAM_LAST);
  free(value);
  return error == 0 || error == -ENOENT ? 0
                                        : fail(why, error, "map", "the lookup failed: %s", strerror(-error));
}
