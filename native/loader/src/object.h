/* object.h: the one BPF object of a session, from its bytes to the moment before loading. */
#ifndef PROBEWRIGHT_OBJECT_H
#define PROBEWRIGHT_OBJECT_H

#include "failure.h"
#include "frame.h"

#include <bpf/libbpf.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct load;

/* What PROGRAM said of one program. Programs that it never named are not loaded. */
struct program {
  struct bpf_program* handle; /* borrowed from the object */
  const char* name;           /* borrowed from the handle */
  uint32_t type, attach_type;
  uint32_t attach_btf_id, attach_program_id;
  char *attach_function, *attach_module; /* owned; NULL when empty */
  int attach_program_fd;                 /* owned while loading, else -1 */
  char* log;                             /* owned while loading, else NULL */
};

struct object {
  struct bpf_object* handle; /* owned; NULL: no object yet */
  struct program* programs;  /* owned; sorted by name */
  size_t program_count;
  bool loaded;
  bool unprivileged; /* the real user is not root: guard.h's rules hold */
  struct load* load; /* while loading, else NULL */
};

void object_init(struct object* object, bool unprivileged);
void object_close(struct object* object);

int object_open(struct object* object, struct span elf, struct failure* why);
int object_set_map(struct object* object, struct reader* in, struct failure* why);
int object_set_data(struct object* object, struct reader* in, struct failure* why);
int object_set_program(struct object* object, struct reader* in, struct failure* why);

/* The program of this name, or NULL with `why` filled. */
struct program* find_program(const struct object* object, const char* name, struct failure* why);
/* The same, and it is loaded: returns its descriptor (borrowed) or -errno. */
int find_loaded_program(const struct object* object, const char* name, struct program** program,
                        struct failure* why);
/* The descriptor (borrowed) of a created map, or -errno. */
int find_created_map(const struct object* object, const char* name, struct bpf_map** map,
                     struct failure* why);

/* Whether programs of this kind are tied to a function or type of the kernel's BTF when they are loaded. */
bool is_btf_attached(const struct program* program);

#endif
