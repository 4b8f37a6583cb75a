/* stream.h: descriptors copied to the host: iterators and a few fixed kernel files. */
#ifndef PROBEWRIGHT_STREAM_H
#define PROBEWRIGHT_STREAM_H

#include "failure.h"
#include "links.h"
#include "output.h"

#include <stdint.h>

/* Called between two parts, so that rings do not fill while we copy. */
struct breather {
  void (*breathe)(void* context);
  void* context;
};

/* Runs the iterator once and sends what it wrote as ITER_DATA. 0 or -errno. */
int send_iterator(const struct link* link, uint32_t request_id, struct output* out, struct breather breather,
                  struct failure* why);

/* Sends a KERNEL_FILE as FILE_DATA. 0 or -errno. */
int send_kernel_file(uint32_t kind, const char* category, const char* event, uint32_t request_id,
                     struct output* out, struct breather breather, struct failure* why);

#endif
