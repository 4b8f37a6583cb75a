/* request-session.c: about the session itself. See handlers.h. */
#include "handlers.h"
#include "stats.h"
#include "stream.h"

#include <errno.h>

static void drain(void* context) {
  drain_events(context);
}

int handle_hello(struct request* request) {
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

int handle_enable_stats(struct request* request) {
  struct session* session = request->session;
  int error = check_read_whole(request);
  if (error != 0 || session->stats_fd >= 0) return error;
  int fd = enable_stats(&request->why);
  if (fd < 0) return fd;
  session->stats_fd = fd;
  return ANSWER_OK;
}

int handle_program_stats(struct request* request) {
  struct session* session = request->session;
  int error = check_read_whole(request);
  if (error != 0) return error;
  drain_events(session);
  send_program_stats(&session->object, request->id, &session->out);
  return ANSWERED;
}

int handle_link_stats(struct request* request) {
  struct session* session = request->session;
  int error = check_read_whole(request);
  if (error != 0) return error;
  drain_events(session);
  send_link_stats(&session->links, request->id, &session->out);
  return ANSWERED;
}

int handle_kernel_file(struct request* request) {
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

int handle_seal(struct request* request) {
  struct session* session = request->session;
  int error = check_read_whole(request);
  if (error != 0 || session->sealed) return error;
  error = seal_process(&session->privilege, &request->why);
  if (error == 0) session->sealed = true;
  return error;
}

int handle_shutdown(struct request* request) {
  struct session* session = request->session;
  int error = check_read_whole(request);
  if (error != 0) return error;
  links_close(&session->links, (struct patience){.meanwhile = pump_events, .context = session});
  session->ended = true;
  return ANSWER_OK;
}
