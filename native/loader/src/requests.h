/* requests.h: carrying out what the host asks. */
#ifndef PROBEWRIGHT_REQUESTS_H
#define PROBEWRIGHT_REQUESTS_H

#include "session.h"

/* Carries out one request and answers it. */
void serve_request(struct session* session, const struct frame* frame);

#endif
