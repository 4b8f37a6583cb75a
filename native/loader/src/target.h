/*
 * target.h: finding what a BTF-attached program is tied to, while an object is loaded. The kernel's BTF is
 * read only when a name must be looked up (6 to 14 ms): a host that knows the id spares it.
 */
#ifndef PROBEWRIGHT_TARGET_H
#define PROBEWRIGHT_TARGET_H

#include "failure.h"

#include <bpf/btf.h>

#include <stdint.h>

struct targets {
  struct btf* kernel; /* owned; NULL until a name is looked up */
  struct btf* module; /* owned; the module looked at last, or NULL */
  int module_fd;      /* owned; its BTF in the kernel, or -1 */
  char module_name[64];
};

/* What bpf_prog_load wants to know. */
struct target {
  uint32_t btf_id;
  int btf_fd;     /* borrowed from targets; 0: the kernel's own BTF */
  int program_fd; /* given by the caller; 0: not a BPF program */
};

struct target_query {
  uint32_t attach_type;
  uint32_t btf_id;      /* 0: find by name */
  const char* function; /* may be NULL when the id is given */
  const char* module;   /* NULL: the kernel itself */
  int program_fd;       /* > 0: a function of this BPF program */
};

void targets_init(struct targets* targets);
void targets_close(struct targets* targets);

/* 0 or -errno (-ENOENT: no such target). */
int find_target(struct targets* targets, const struct target_query* query, struct target* target,
                struct failure* why);

/* The name of a function in the kernel's BTF (borrowed), or NULL. */
const char* find_function_name(struct targets* targets, uint32_t btf_id);

#endif
