/* request.h: one request of the host that is being carried out. */
#ifndef PROBEWRIGHT_REQUEST_H
#define PROBEWRIGHT_REQUEST_H

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

/* -EPROTO with `why` filled when the payload was malformed. */
int check_read_whole(struct request* request);

#endif
