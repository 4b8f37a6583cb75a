/*
 * guard.h: what a user who is not root may not do through a loader that carries file capabilities: change
 * what runs. The kernel would allow it, since it sees the loader's capabilities; these rules are ours.
 */
#ifndef PROBEWRIGHT_GUARD_H
#define PROBEWRIGHT_GUARD_H

#include "failure.h"
#include "target.h"

#include <bpf/libbpf.h>

#include <stddef.h>
#include <stdint.h>

/* The map types of a whole object. 0 or -EPERM. */
int guard_object(const struct bpf_object* object, struct failure* why);

/* Tracing types only. 0 or -EPERM. */
int guard_program_type(uint32_t type, uint32_t attach_type, struct failure* why);

/* The helpers and kernel functions that a relocated program calls. 0 or -EPERM. */
int guard_instructions(const struct bpf_program* program, struct targets* targets, struct failure* why);

#endif
