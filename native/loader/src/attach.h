/* attach.h: ATTACH. */
#ifndef PROBEWRIGHT_ATTACH_H
#define PROBEWRIGHT_ATTACH_H

#include "failure.h"
#include "frame.h"
#include "links.h"
#include "object.h"
#include "privilege.h"

/* Reads ATTACH after its request id. 0 and the link, or -errno with nothing left attached. */
int attach(const struct object* object, struct links* links, const struct privilege* privilege,
           struct reader* in, struct link** link, struct failure* why);

#endif
