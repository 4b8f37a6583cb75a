/* session.h: everything that one host has with the loader. */
#ifndef PROBEWRIGHT_SESSION_H
#define PROBEWRIGHT_SESSION_H

#include "events.h"
#include "input.h"
#include "links.h"
#include "log.h"
#include "object.h"
#include "output.h"
#include "privilege.h"

#include <stdbool.h>
#include <stdint.h>

enum exit_status {
  EXIT_DONE = 0,
  EXIT_BROKEN_STREAM = 2,
  EXIT_HOST_GONE = 3,
  EXIT_CANNOT_START = 4,
};

struct session {
  struct privilege privilege;
  struct output out;
  struct input in;
  struct log log;
  struct object object;
  struct links links;
  struct events events;
  uint32_t possible_cpus;
  int stats_fd; /* owned; -1: run time is not counted for us */
  bool greeted, sealed;
  bool ended; /* SHUTDOWN was asked for, or the stream is broken */
  enum exit_status status;
};

/* The session must stay where it is: libbpf and the log point into it. 0 or -errno. */
int session_open(struct session* session, const struct privilege* privilege, int input_fd, int output_fd);
void session_close(struct session* session);

/* For work that takes long: the rings must not fill meanwhile. `context` is a struct session. */
void pump_events(void* context);

/* Every event that was submitted so far goes out before what is put next. */
void drain_events(struct session* session);

/* An ERROR frame. `error` is a negative errno; request id 0 is about the stream itself. */
void send_error(struct output* out, uint32_t request_id, int error, const struct failure* why);

#endif
