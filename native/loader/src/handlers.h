/*
 * handlers.h: the handlers of requests, one for each row of PROTOCOL.md's table.
 * request-object.c: up to LOAD; request-run.c: running, attaching, events; request-map.c: maps;
 * request-session.c: the rest.
 */
#ifndef PROBEWRIGHT_HANDLERS_H
#define PROBEWRIGHT_HANDLERS_H

#include "request.h"

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
int handle_watch_mappings(struct request* request);
int handle_map_read(struct request* request);
int handle_map_lookup(struct request* request);
int handle_map_update(struct request* request);
int handle_map_delete(struct request* request);
int handle_map_clear(struct request* request);
int handle_map_zero(struct request* request);
int handle_hello(struct request* request);
int handle_enable_stats(struct request* request);
int handle_program_stats(struct request* request);
int handle_link_stats(struct request* request);
int handle_kernel_file(struct request* request);
int handle_seal(struct request* request);
int handle_shutdown(struct request* request);

#endif
