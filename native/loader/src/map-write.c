/* map-write.c: the changing half of maps.h. */
#include "maps.h"

#include <bpf/bpf.h>
#include <linux/bpf.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

int update_map(const struct map_shape* shape, uint64_t flags, struct span key, struct span value,
               struct failure* why) {
  if (key.length != shape->key_bytes || value.length != shape->value_bytes)
    return fail(why, -EINVAL, "map", "an entry of %u and %u bytes for a map of %u and %u", key.length,
                value.length, shape->key_bytes, shape->value_bytes);
  int error = bpf_map_update_elem(shape->fd, key.bytes, value.bytes, flags);
  return error == 0 ? 0 : fail(why, error, "map", "the update failed: %s", strerror(-error));
}

int delete_from_map(const struct map_shape* shape, struct span key, struct failure* why) {
  if (key.length != shape->key_bytes)
    return fail(why, -EINVAL, "map", "a key of %u bytes for one of %u", key.length, shape->key_bytes);
  int error = bpf_map_delete_elem(shape->fd, key.bytes);
  return error == 0 ? 0 : fail(why, error, "map", "the deletion failed: %s", strerror(-error));
}

static bool is_array(uint32_t type) {
  return type == BPF_MAP_TYPE_ARRAY || type == BPF_MAP_TYPE_PERCPU_ARRAY;
}

/*
 * Does `change` for each key. The next key is fetched before the change, since after a deletion the kernel
 * would start again; entries that programs add meanwhile cannot keep us here: the map's size bounds the walk.
 */
static int change_each(const struct map_shape* shape,
                       int (*change)(const struct map_shape* shape, const uint8_t* key,
                                     const uint8_t* zeroes)) {
  uint8_t *keys = malloc(2 * (size_t)shape->key_bytes), *zeroes = calloc(1, shape->value_bytes);
  int error = keys == NULL || zeroes == NULL ? -ENOMEM : 0;
  uint8_t *key = keys, *next = keys == NULL ? NULL : keys + shape->key_bytes;
  if (error == 0) error = bpf_map_get_next_key(shape->fd, NULL, key);
  for (uint32_t seen = 0; error == 0 && seen < shape->max_entries; seen++) {
    int end = bpf_map_get_next_key(shape->fd, key, next);
    error = change(shape, key, zeroes);
    if (error == -ENOENT) error = 0; /* a program was faster */
    if (error == 0) error = end;
    uint8_t* spare = key;
    key = next;
    next = spare;
  }
  free(keys);
  free(zeroes);
  return error == -ENOENT ? 0 : error;
}

static int delete_key(const struct map_shape* shape, const uint8_t* key, const uint8_t* zeroes) {
  (void)zeroes;
  return bpf_map_delete_elem(shape->fd, key);
}

static int zero_key(const struct map_shape* shape, const uint8_t* key, const uint8_t* zeroes) {
  return bpf_map_update_elem(shape->fd, key, zeroes, BPF_EXIST);
}

int clear_map(const struct map_shape* shape, struct failure* why) {
  int error = change_each(shape, is_array(shape->type) ? zero_key : delete_key);
  return error == 0 ? 0 : fail(why, error, "map", "clearing the map failed: %s", strerror(-error));
}

int zero_map(const struct map_shape* shape, struct failure* why) {
  int error = change_each(shape, zero_key);
  return error == 0 ? 0 : fail(why, error, "map", "zeroing the map failed: %s", strerror(-error));
}
