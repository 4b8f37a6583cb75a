/* load.h: LOAD: the object's programs through the verifier, with its words when it refuses. */
#ifndef PROBEWRIGHT_LOAD_H
#define PROBEWRIGHT_LOAD_H

#include "failure.h"
#include "frame.h"
#include "log.h"
#include "object.h"

/* Tells libbpf to ask us before it loads a program of `object`, which must stay where it is. 0 or -errno. */
int prepare_loading(struct object* object);

/* What became of a LOAD, for report_load. */
struct load_result {
  int error;               /* 0 or -errno */
  struct program* program; /* the one that failed, or NULL */
  struct failure why;
};

/* Returns 0 when loading was tried (see `result`), or -errno for a request that could not be. */
int load_object(struct object* object, struct reader* in, struct log* log, struct load_result* result,
                struct failure* why);

/* Writes PROGRAM_LOG frames, then LOADED or LOAD_FAILED. After a failure the object is closed. */
void report_load(struct object* object, const struct load_result* result, uint32_t request_id,
                 struct output* out);

#endif
