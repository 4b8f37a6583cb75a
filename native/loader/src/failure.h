/* failure.h: why a request could not be carried out, as the host will read it in ERROR. */
#ifndef PROBEWRIGHT_FAILURE_H
#define PROBEWRIGHT_FAILURE_H

#define FAILURE_TEXT_BYTES 512

struct failure {
  const char* stage; /* one of the words of PROTOCOL.md; points to a constant */
  char text[FAILURE_TEXT_BYTES];
};

/* Fills `why` and returns `error` (a negative errno), so that callers can `return fail(...)`. */
__attribute__((format(printf, 4, 5))) int fail(struct failure* why, int error, const char* stage,
                                               const char* format, ...);

#endif
