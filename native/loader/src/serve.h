/* serve.h: the loop that serves a host. */
#ifndef PROBEWRIGHT_SERVE_H
#define PROBEWRIGHT_SERVE_H

#include "session.h"

/* Greets the host and serves it until the end. */
enum exit_status serve_host(struct session* session);

#endif
