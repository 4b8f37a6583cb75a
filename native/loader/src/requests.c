/* requests.c: finding a request's handler, answering, and the handlers about the session itself. See
 * requests.h. */
#include "requests.h"

#include "stats.h"
#include "stream.h"

#include <errno.h>
#include <string.h>

int check_read_whole(struct request* request) {
  int error = finish_reading(&request->in);
  return error == 0 ? 0 : fail(&request->why, error, "frame", "the payload is malformed");
}

void drain_events(struct session* session) {
  events_drain(&session->events, &session->out);
}

static void drain(void* context) {
  drain_events(context);
}

static int handle_hello(struct request* request) {
  struct session* session = request->session;
  uint32_t version = read_u32(&request->in), log_level = read_u32(&request->in);
  int error = check_read_whole(request);
  if (error != 0) return error;
  if (session->greeted) return fail(&request->why, -EBUSY, "state", "a second HELLO");
  if (version != PROBEWRIGHT_ABI_VERSION)
    return fail(&request->why, -EPROTONOSUPPORT, "state", "version %u is spoken here, not %u",
                PROBEWRIGHT_ABI_VERSION, version);
  session->greeted = true;
  session->log.level = log_level;
  return ANSWER_OK;
}

static int handle_enable_stats(struct request* request) {
  struct session* session = request->session;
  int error = check_read_whole(request);
  if (error != 0 || session->stats_fd >= 0) return error;
  int fd = enable_stats(&request->why);
  if (fd < 0) return fd;
  session->stats_fd = fd;
  return ANSWER_OK;
}

static int handle_program_stats(struct request* request) {
  struct session* session = request->session;
  int error = check_read_whole(request);
  if (error != 0) return error;
  drain_events(session);
  send_program_stats(&session->object, request->id, &session->out);
  return ANSWERED;
}

static int handle_link_stats(struct request* request) {
  struct session* session = request->session;
  int error = check_read_whole(request);
  if (error != 0) return error;
  drain_events(session);
  send_link_stats(&session->links, request->id, &session->out);
  return ANSWERED;
}

static int handle_kernel_file(struct request* request) {
  struct session* session = request->session;
  struct name category, event;
  uint32_t kind = read_u32(&request->in);
  read_name(&request->in, &category);
  read_name(&request->in, &event);
  int error = check_read_whole(request);
  if (error != 0) return error;
  const struct breather breather = {.breathe = drain, .context = session};
  error =
      send_kernel_file(kind, category.text, event.text, request->id, &session->out, breather, &request->why);
  return error != 0 ? error : ANSWERED;
}

static int handle_seal(struct request* request) {
  struct session* session = request->session;
  int error = check_read_whole(request);
  if (error != 0 || session->sealed) return error;
  error = seal_process(&session->privilege, &request->why);
  if (error == 0) session->sealed = true;
  return error;
}

static int handle_shutdown(struct request* request) {
  struct session* session = request->session;
  int error = check_read_whole(request);
  if (error != 0) return error;
  links_close(&session->links, (struct patience){.meanwhile = pump_events, .context = session});
  session->ended = true;
  return ANSWER_OK;
}

struct handler {
  int (*handle)(struct request* request);
  bool before_seal; /* needs what SEAL gives up */
};

static const struct handler handlers[] = {
    [REQUEST_HELLO] = {handle_hello, false},
    [REQUEST_OBJECT] = {handle_object, true},
    [REQUEST_MAP_SETTINGS] = {handle_map_settings, true},
    [REQUEST_GLOBAL_DATA] = {handle_global_data, true},
    [REQUEST_PROGRAM] = {handle_program, true},
    [REQUEST_LOAD] = {handle_load, true},
    [REQUEST_RUN] = {handle_run, false},
    [REQUEST_ATTACH] = {handle_attach, true},
    [REQUEST_DETACH] = {handle_detach, false},
    [REQUEST_DETACH_ALL] = {handle_detach_all, false},
    [REQUEST_ITER_READ] = {handle_iter_read, false},
    [REQUEST_START_EVENTS] = {handle_start_events, false},
    [REQUEST_STOP_EVENTS] = {handle_stop_events, false},
    [REQUEST_MAP_READ] = {handle_map_read, false},
    [REQUEST_MAP_LOOKUP] = {handle_map_lookup, false},
    [REQUEST_MAP_UPDATE] = {handle_map_update, false},
    [REQUEST_MAP_DELETE] = {handle_map_delete, false},
    [REQUEST_MAP_CLEAR] = {handle_map_clear, false},
    [REQUEST_MAP_ZERO] = {handle_map_zero, false},
    [REQUEST_ENABLE_STATS] = {handle_enable_stats, true},
    [REQUEST_PROGRAM_STATS] = {handle_program_stats, false},
    [REQUEST_LINK_STATS] = {handle_link_stats, false},
    [REQUEST_KERNEL_FILE] = {handle_kernel_file, true},
    [REQUEST_SEAL] = {handle_seal, false},
    [REQUEST_SHUTDOWN] = {handle_shutdown, false},
};

static int dispatch(struct request* request, uint16_t type) {
  const struct session* session = request->session;
  if (request->in.bad || request->id == 0)
    return fail(&request->why, -EPROTO, "frame", "request %u has no id", type);
  bool known = type < sizeof handlers / sizeof handlers[0] && handlers[type].handle != NULL;
  if (!known) return fail(&request->why, -EOPNOTSUPP, "frame", "unknown request %u", type);
  if (handlers[type].before_seal && session->sealed)
    return fail(&request->why, -EPERM, "sealed", "request %u came after SEAL", type);
  return handlers[type].handle(request);
}

void serve_request(struct session* session, const struct frame* frame) {
  struct request request = {.session = session, .in = read_payload(frame->payload, frame->length)};
  request.id = read_u32(&request.in);
  int result = session->greeted || frame->type == REQUEST_HELLO
                   ? dispatch(&request, frame->type)
                   : fail(&request.why, -EPROTO, "state", "request %u came before HELLO", frame->type);
  if (result == ANSWERED) return;
  drain_events(session);
  if (result < 0) {
    send_error(&session->out, request.id, result, &request.why);
    if (!session->greeted) {
      session->ended = true;
      session->status = EXIT_BROKEN_STREAM;
    }
    return;
  }
  output_begin(&session->out, REPLY_OK, 4);
  put_u32(&session->out, request.id);
  output_end(&session->out);
}
