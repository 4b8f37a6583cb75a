/* request-run.c: running, attaching, events. See handlers.h. */
#include "attach.h"
#include "handlers.h"
#include "stream.h"

#include <bpf/bpf.h>
#include <linux/bpf.h>

#include <errno.h>
#include <string.h>

static struct patience while_pumping(struct session* session) {
  return (struct patience){.meanwhile = pump_events, .context = session};
}

static void drain(void* context) {
  drain_events(context);
}

int handle_run(struct request* request) {
  struct session* session = request->session;
  struct name name;
  read_name(&request->in, &name);
  struct span context = read_bytes(&request->in), data = read_bytes(&request->in);
  uint32_t repeat = read_u32(&request->in);
  int32_t cpu = read_i32(&request->in);
  int error = check_read_whole(request);
  if (error != 0) return error;
  struct program* program;
  int fd = find_loaded_program(&session->object, name.text, &program, &request->why);
  if (fd < 0) return fd;
  LIBBPF_OPTS(bpf_test_run_opts, options, .ctx_in = context.length == 0 ? NULL : context.bytes,
              .ctx_size_in = context.length, .data_in = data.length == 0 ? NULL : data.bytes,
              .data_size_in = data.length, .repeat = (int)repeat,
              .flags = cpu >= 0 ? BPF_F_TEST_RUN_ON_CPU : 0, .cpu = cpu >= 0 ? (uint32_t)cpu : 0);
  error = bpf_prog_test_run_opts(fd, &options);
  if (error != 0)
    return fail(&request->why, error, "run", "'%s' cannot be run: %s", name.text, strerror(-error));
  drain_events(session);
  output_begin(&session->out, REPLY_RAN, 12);
  put_u32(&session->out, request->id);
  put_u32(&session->out, options.retval);
  put_u32(&session->out, options.duration);
  output_end(&session->out);
  return ANSWERED;
}

int handle_attach(struct request* request) {
  struct session* session = request->session;
  struct link* link;
  int error =
      attach(&session->object, &session->links, &session->privilege, &request->in, &link, &request->why);
  if (error != 0) return error;
  drain_events(session);
  output_begin(&session->out, REPLY_ATTACHED, 12);
  put_u32(&session->out, request->id);
  put_u32(&session->out, link->id);
  put_u32(&session->out, (uint32_t)link->programs.count);
  output_end(&session->out);
  return ANSWERED;
}

int handle_detach(struct request* request) {
  uint32_t id = read_u32(&request->in);
  int error = check_read_whole(request);
  return error != 0
             ? error
             : links_remove(&request->session->links, id, while_pumping(request->session), &request->why);
}

int handle_detach_all(struct request* request) {
  int error = check_read_whole(request);
  if (error == 0) links_close(&request->session->links, while_pumping(request->session));
  return error;
}

int handle_iter_read(struct request* request) {
  struct session* session = request->session;
  uint32_t id = read_u32(&request->in);
  int error = check_read_whole(request);
  if (error != 0) return error;
  const struct link* link = links_find(&session->links, id);
  if (link == NULL) return fail(&request->why, -ENOENT, "state", "no link %u", id);
  const struct breather breather = {.breathe = drain, .context = session};
  error = send_iterator(link, request->id, &session->out, breather, &request->why);
  return error != 0 ? error : ANSWERED;
}

int handle_start_events(struct request* request) {
  struct session* session = request->session;
  struct name name;
  uint32_t id = read_u32(&request->in);
  read_name(&request->in, &name);
  uint32_t interval_us = read_u32(&request->in);
  int error = check_read_whole(request);
  if (error != 0) return error;
  struct bpf_map* map;
  int fd = find_created_map(&session->object, name.text, &map, &request->why);
  if (fd < 0) return fd;
  const struct event_source source = {.map_fd = fd,
                                      .size = bpf_map__max_entries(map),
                                      .packets = bpf_map__type(map) == BPF_MAP_TYPE_PERF_EVENT_ARRAY};
  if (!source.packets && bpf_map__type(map) != BPF_MAP_TYPE_RINGBUF)
    return fail(&request->why, -EINVAL, "events", "map '%s' holds no records", name.text);
  return events_start(&session->events, id, source, interval_us, &request->why);
}

int handle_stop_events(struct request* request) {
  struct session* session = request->session;
  struct output* out = &session->out;
  int error = check_read_whole(request);
  if (error != 0) return error;
  drain_events(session);
  output_begin(out, REPLY_EVENTS_STOPPED, 8 + FRAME_MAX_RINGS * 36);
  put_u32(out, request->id);
  put_u32(out, session->events.count);
  for (unsigned i = 0; i < session->events.count; i++) {
    const struct pumped_ring* pumped = &session->events.rings[i];
    put_u32(out, pumped->id);
    put_u64(out, pumped->records);
    put_u64(out, pumped->payload_bytes);
    put_u64(out, pumped->oversized);
    put_u64(out, events_left(pumped));
  }
  output_end(out);
  events_stop(&session->events);
  return ANSWERED;
}

int handle_watch_mappings(struct request* request) {
  int error = check_read_whole(request);
  return error != 0 ? error : events_watch_mappings(&request->session->events, &request->why);
}
