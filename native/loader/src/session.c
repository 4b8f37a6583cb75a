/* session.c: see session.h. */
#include "session.h"

#include "load.h"
#include "system.h"

#include <errno.h>
#include <unistd.h>

int session_open(struct session* session, const struct privilege* privilege, int input_fd, int output_fd) {
  *session = (struct session){.privilege = *privilege, .stats_fd = -1};
  int cpus = count_possible_cpus();
  if (cpus <= 0) return cpus == 0 ? -ENODEV : cpus;
  session->possible_cpus = (uint32_t)cpus;
  int error = output_open(&session->out, output_fd);
  if (error == 0) error = input_open(&session->in, input_fd);
  if (error != 0) return error;
  session->log = (struct log){.out = &session->out};
  log_install(&session->log);
  object_init(&session->object, privilege->unprivileged);
  links_init(&session->links);
  return prepare_loading(&session->object);
}

void session_close(struct session* session) {
  links_close(&session->links, (struct patience){.meanwhile = NULL});
  events_stop(&session->events);
  object_close(&session->object);
  if (session->stats_fd >= 0) close(session->stats_fd);
  input_close(&session->in);
  output_close(&session->out);
}

void send_error(struct output* out, uint32_t request_id, int error, const struct failure* why) {
  output_begin(out, REPLY_ERROR, 64 + FAILURE_TEXT_BYTES);
  put_u32(out, request_id);
  put_u32(out, (uint32_t)-error);
  put_text(out, why->stage);
  put_text(out, why->text);
  output_end(out);
}

void pump_events(void* context) {
  struct session* session = context;
  events_pump(&session->events, &session->out);
  output_flush_some(&session->out);
}

void drain_events(struct session* session) {
  events_drain(&session->events, &session->out);
}
