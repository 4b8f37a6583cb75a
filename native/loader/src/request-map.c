/* request-map.c: reading and changing maps. See handlers.h. */
#include "handlers.h"
#include "maps.h"

#include <string.h>

/* The map of this name, as the kernel has it. 0 or -errno. */
static int find_shape(struct request* request, const struct name* name, struct map_shape* shape) {
  struct bpf_map* map;
  int fd = find_created_map(&request->session->object, name->text, &map, &request->why);
  return fd < 0 ? fd : look_at_map(fd, request->session->possible_cpus, shape, &request->why);
}

/* For requests that have nothing but the map's name. */
static int read_shape(struct request* request, struct map_shape* shape) {
  struct name name;
  read_name(&request->in, &name);
  int error = check_read_whole(request);
  return error != 0 ? error : find_shape(request, &name, shape);
}

int handle_map_read(struct request* request) {
  struct session* session = request->session;
  struct map_shape shape;
  int error = read_shape(request, &shape);
  if (error != 0) return error;
  drain_events(session);
  error = send_map(&shape, request->id, &session->out, &request->why);
  return error != 0 ? error : ANSWERED;
}

int handle_map_lookup(struct request* request) {
  struct session* session = request->session;
  struct name name;
  read_name(&request->in, &name);
  struct span key = read_bytes(&request->in);
  struct map_shape shape;
  int error = check_read_whole(request);
  if (error == 0) error = find_shape(request, &name, &shape);
  if (error != 0) return error;
  drain_events(session);
  error = send_map_entry(&shape, key, request->id, &session->out, &request->why);
  return error != 0 ? error : ANSWERED;
}

int handle_map_update(struct request* request) {
  struct name name;
  read_name(&request->in, &name);
  uint64_t flags = read_u64(&request->in);
  struct span key = read_bytes(&request->in), value = read_bytes(&request->in);
  struct map_shape shape;
  int error = check_read_whole(request);
  if (error == 0) error = find_shape(request, &name, &shape);
  return error != 0 ? error : update_map(&shape, flags, key, value, &request->why);
}

int handle_map_delete(struct request* request) {
  struct name name;
  read_name(&request->in, &name);
  struct span key = read_bytes(&request->in);
  struct map_shape shape;
  int error = check_read_whole(request);
  if (error == 0) error = find_shape(request, &name, &shape);
  return error != 0 ? error : delete_from_map(&shape, key, &request->why);
}

int handle_map_clear(struct request* request) {
  struct map_shape shape;
  int error = read_shape(request, &shape);
  return error != 0 ? error : clear_map(&shape, &request->why);
}

int handle_map_zero(struct request* request) {
  struct map_shape shape;
  int error = read_shape(request, &shape);
  return error != 0 ? error : zero_map(&shape, &request->why);
}
