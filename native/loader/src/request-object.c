/* request-object.c: the requests from OBJECT to LOAD. See handlers.h. */
#include "handlers.h"
#include "load.h"

int handle_object(struct request* request) {
  struct span elf = read_bytes(&request->in);
  int error = check_read_whole(request);
  return error != 0 ? error : object_open(&request->session->object, elf, &request->why);
}

int handle_map_settings(struct request* request) {
  return object_set_map(&request->session->object, &request->in, &request->why);
}

int handle_global_data(struct request* request) {
  return object_set_data(&request->session->object, &request->in, &request->why);
}

int handle_program(struct request* request) {
  return object_set_program(&request->session->object, &request->in, &request->why);
}

int handle_load(struct request* request) {
  struct session* session = request->session;
  struct load_result result;
  int error = load_object(&session->object, &request->in, &session->log, &result, &request->why);
  if (error != 0) return error;
  report_load(&session->object, &result, request->id, &session->out);
  return ANSWERED;
}
