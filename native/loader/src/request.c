/* request.c: see request.h. */
#include "request.h"

int check_read_whole(struct request* request) {
  int error = finish_reading(&request->in);
  return error == 0 ? 0 : fail(&request->why, error, "frame", "the payload is malformed");
}
