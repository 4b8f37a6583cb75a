/*
 * requests.h: the handlers of requests, one for each row of PROTOCOL.md's table.
 * request-object.c: up to LOAD; request-run.c: running, attaching, events; request-map.c: maps; requests.c:
 * the rest.
 */
#ifndef PROBEWRIGHT_REQUESTS_H
#define PROBEWRIGHT_REQUESTS_H

#include "session.h"

/* A handler's result besides -errno (with `why` filled): the answer is OK, or it was given already. */
enum { ANSWER_OK = 0, ANSWERED = 1 };

/* What a handler works on; `in` stands after the request id. */
struct request {
  struct session* session;
  struct reader in;
  uint32_t id;
  struct failure why;
};

int handle_object(struct request* request);
int handle_map_settings(struct request* request);
int handle_global_data(struct request* request);
int handle_program(struct request* request);
int handle_load(struct request* request);
int handle_run(struct request* request);
int handle_attach(struct request* request);
int handle_detach(struct request* request);
int handle_detach_all(struct request* request);
int handle_iter_read(struct request* request);
int handle_start_events(struct request* request);
int handle_stop_events(struct request* request);
int handle_map_read(struct request* request);
int handle_map_lookup(struct request* request);
int handle_map_update(struct request* request);
int handle_map_delete(struct request* request);
int handle_map_clear(struct request* request);
int handle_map_zero(struct request* request);

/* -EPROTO with `why` filled when the payload was malformed. */
int check_read_whole(struct request* request);

/* Every event that was submitted so far goes out before what is put next. */
void drain_events(struct session* session);

#endif
