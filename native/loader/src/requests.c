/* requests.c: finding a request's handler, and answering. See requests.h. */
#include "requests.h"

#include "handlers.h"

#include <errno.h>

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
    [REQUEST_WATCH_MAPPINGS] = {handle_watch_mappings, true},
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
