/*
 * tracefs.h: the few files of tracefs that the loader reads, by category and event, never by path. Where
 * tracefs is not mounted, root reads it through a mount that nobody else sees.
 */
#ifndef PROBEWRIGHT_TRACEFS_H
#define PROBEWRIGHT_TRACEFS_H

#include "failure.h"

#include <stdint.h>

/* 0 or -errno: -ENOENT: no such tracepoint; -EACCES: tracefs is closed to us. */
int read_tracepoint_id(const char* category, const char* event, uint64_t* id, struct failure* why);

/* A descriptor (the caller's) of events/CATEGORY/EVENT/`file`, or -errno. */
int open_event_file(const char* category, const char* event, const char* file, struct failure* why);

/* A descriptor (the caller's) of a file at tracefs' top, or -errno. */
int open_tracefs_file(const char* file, struct failure* why);

#endif
