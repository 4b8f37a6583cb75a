/*
 * mappings.h: which files processes map to run code from them, as the kernel tells it while it happens: what
 * is in a process's /proc/PID/maps is gone with the process, and short ones are gone before anybody looked.
 */
#ifndef PROBEWRIGHT_MAPPINGS_H
#define PROBEWRIGHT_MAPPINGS_H

#include "output.h"

struct mappings;

/* Watches all processes, on each online cpu. NULL with errno set. */
struct mappings* mappings_open(void);
void mappings_close(struct mappings* mappings);

/* Sends what was told before the call, as MAPPINGS. Without `patient` some may stay until the host has read.
 */
void mappings_send(struct mappings* mappings, struct output* out, bool patient);

#endif
