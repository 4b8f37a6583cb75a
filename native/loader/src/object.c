/* object.c: see object.h. */
#include "object.h"

#include "guard.h"

#include <linux/bpf.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void object_init(struct object* object, bool unprivileged) {
  *object = (struct object){.unprivileged = unprivileged};
}

void object_close(struct object* object) {
  for (size_t i = 0; i < object->program_count; i++) {
    struct program* program = &object->programs[i];
    free(program->attach_function);
    free(program->attach_module);
    free(program->log);
    if (program->attach_program_fd >= 0) close(program->attach_program_fd);
  }
  free(object->programs);
  bpf_object__close(object->handle);
  object_init(object, object->unprivileged);
}

static int compare_names(const void* left, const void* right) {
  return strcmp(((const struct program*)left)->name, ((const struct program*)right)->name);
}

static int list_programs(struct object* object) {
  struct bpf_program* handle;
  size_t count = 0;
  bpf_object__for_each_program(handle, object->handle) count++;
  object->programs = calloc(count == 0 ? 1 : count, sizeof *object->programs);
  if (object->programs == NULL) return -ENOMEM;
  bpf_object__for_each_program(handle, object->handle) {
    object->programs[object->program_count++] =
        (struct program){.handle = handle, .name = bpf_program__name(handle), .attach_program_fd = -1};
    bpf_program__set_autoload(handle, false);
  }
  qsort(object->programs, object->program_count, sizeof *object->programs, compare_names);
  return 0;
}

/* An object may ask for its maps to be pinned; that is not for an object to decide. */
static void forget_pinning(const struct object* object) {
  struct bpf_map* map;
  bpf_object__for_each_map(map, object->handle)(void) bpf_map__set_pin_path(map, NULL);
}

/* Enough of the ELF header to refuse what is no BPF object before libelf reads it. */
static bool looks_like_bpf(struct span elf) {
  static const uint8_t ident[] = {0x7f, 'E', 'L', 'F', 2, 1, 1};
  enum { ELF_HEADER_BYTES = 64, TYPE_AT = 16, MACHINE_AT = 18, TYPE_RELOCATABLE = 1, MACHINE_BPF = 247 };
  return elf.length >= ELF_HEADER_BYTES && memcmp(elf.bytes, ident, sizeof ident) == 0 &&
         elf.bytes[TYPE_AT] == TYPE_RELOCATABLE && elf.bytes[TYPE_AT + 1] == 0 &&
         elf.bytes[MACHINE_AT] == MACHINE_BPF && elf.bytes[MACHINE_AT + 1] == 0;
}

int object_open(struct object* object, struct span elf, struct failure* why) {
  if (object->handle != NULL) return fail(why, -EBUSY, "state", "the session has an object already");
  if (!looks_like_bpf(elf)) return fail(why, -EINVAL, "object", "not a relocatable BPF object");
  LIBBPF_OPTS(bpf_object_open_opts, options, .object_name = "probewright");
  object->handle = bpf_object__open_mem(elf.bytes, elf.length, &options);
  if (object->handle == NULL) return fail(why, -errno, "object", "the object cannot be read");
  forget_pinning(object);
  int error = list_programs(object);
  if (error != 0) fail(why, error, "resource", "no memory for the list of programs");
  if (error == 0 && object->unprivileged) error = guard_object(object->handle, why);
  if (error != 0) object_close(object);
  return error;
}

static int check_configurable(const struct object* object, struct failure* why) {
  if (object->handle == NULL) return fail(why, -ENOENT, "state", "no object yet");
  if (object->loaded) return fail(why, -EBUSY, "state", "the object is loaded already");
  return 0;
}

static struct bpf_map* find_map(const struct object* object, const char* name, struct failure* why) {
  struct bpf_map* map = object->handle == NULL ? NULL : bpf_object__find_map_by_name(object->handle, name);
  if (map == NULL) fail(why, -ENOENT, "state", "the object has no map '%s'", name);
  return map;
}

int object_set_map(struct object* object, struct reader* in, struct failure* why) {
  struct name name;
  read_name(in, &name);
  uint32_t max_entries = read_u32(in), key_size = read_u32(in), value_size = read_u32(in);
  int32_t numa_node = read_i32(in);
  int error = finish_reading(in);
  if (error != 0) return fail(why, error, "frame", "MAP_SETTINGS is malformed");
  if ((error = check_configurable(object, why)) != 0) return error;
  struct bpf_map* map = find_map(object, name.text, why);
  if (map == NULL) return -ENOENT;
  if (max_entries != 0) error = bpf_map__set_max_entries(map, max_entries);
  if (error == 0 && key_size != 0) error = bpf_map__set_key_size(map, key_size);
  if (error == 0 && value_size != 0) error = bpf_map__set_value_size(map, value_size);
  if (error == 0 && numa_node >= 0) error = bpf_map__set_numa_node(map, (uint32_t)numa_node);
  return error == 0 ? 0 : fail(why, error, "map", "the settings of map '%s' cannot be changed", name.text);
}

int object_set_data(struct object* object, struct reader* in, struct failure* why) {
  struct name name;
  read_name(in, &name);
  uint32_t offset = read_u32(in);
  struct span value = read_bytes(in);
  int error = finish_reading(in);
  if (error != 0) return fail(why, error, "frame", "GLOBAL_DATA is malformed");
  if ((error = check_configurable(object, why)) != 0) return error;
  struct bpf_map* map = find_map(object, name.text, why);
  if (map == NULL) return -ENOENT;
  size_t size = 0;
  uint8_t* initial = bpf_map__initial_value(map, &size);
  if (initial == NULL) return fail(why, -EINVAL, "data", "map '%s' is not a data section", name.text);
  if (offset > size || value.length > size - offset)
    return fail(why, -ERANGE, "data", "bytes %u to %llu of '%s', which has %zu", offset,
                (unsigned long long)offset + value.length, name.text, size);
  if (value.length > 0) memcpy(initial + offset, value.bytes, value.length);
  return 0;
}

bool is_btf_attached(const struct program* program) {
  return program->type == BPF_PROG_TYPE_TRACING || program->type == BPF_PROG_TYPE_LSM;
}

static int keep_text(char** kept, const char* text) {
  free(*kept);
  *kept = text[0] == '\0' ? NULL : strdup(text);
  return text[0] != '\0' && *kept == NULL ? -ENOMEM : 0;
}

/* What libbpf has to know of a program before bpf_object__load; its target is looked up then (see load.c). */
static int configure_handle(const struct program* program, uint32_t flags) {
  /* With its real type, libbpf would read the kernel's whole BTF even where the host knows the target's id.
   */
  enum bpf_prog_type type =
      is_btf_attached(program) ? BPF_PROG_TYPE_RAW_TRACEPOINT : (enum bpf_prog_type)program->type;
  uint32_t load_flags = flags & PROGRAM_SLEEPABLE ? BPF_F_SLEEPABLE : 0;
  int error = bpf_program__set_type(program->handle, type);
  if (error == 0)
    error =
        bpf_program__set_expected_attach_type(program->handle, (enum bpf_attach_type)program->attach_type);
  if (error == 0) error = bpf_program__set_flags(program->handle, load_flags);
  if (error == 0) error = bpf_program__set_autoload(program->handle, flags & PROGRAM_AUTOLOAD);
  return error;
}

int object_set_program(struct object* object, struct reader* in, struct failure* why) {
  struct name name, function, module;
  read_name(in, &name);
  uint32_t type = read_u32(in), attach_type = read_u32(in);
  read_name(in, &function);
  read_name(in, &module);
  uint32_t program_id = read_u32(in), btf_id = read_u32(in), flags = read_u32(in);
  int error = finish_reading(in);
  if (error != 0 || (flags & ~PROGRAM_FLAGS_ALL) != 0)
    return fail(why, -EPROTO, "frame", "PROGRAM is malformed");
  if ((error = check_configurable(object, why)) != 0) return error;
  struct program* program = find_program(object, name.text, why);
  if (program == NULL) return -ENOENT;
  if (object->unprivileged && (error = guard_program_type(type, attach_type, why)) != 0) return error;
  program->type = type;
  program->attach_type = attach_type;
  program->attach_program_id = program_id;
  program->attach_btf_id = btf_id;
  if (keep_text(&program->attach_function, function.text) != 0 ||
      keep_text(&program->attach_module, module.text) != 0)
    return fail(why, -ENOMEM, "resource", "no memory");
  error = configure_handle(program, flags);
  return error == 0 ? 0 : fail(why, error, "program", "'%s' cannot be set up", name.text);
}

struct program* find_program(const struct object* object, const char* name, struct failure* why) {
  const struct program wanted = {.name = name};
  struct program* found = object->program_count == 0
                              ? NULL
                              : bsearch(&wanted, object->programs, object->program_count,
                                        sizeof *object->programs, compare_names);
  if (found == NULL) fail(why, -ENOENT, "state", "the object has no program '%s'", name);
  return found;
}

int find_loaded_program(const struct object* object, const char* name, struct program** program,
                        struct failure* why) {
  *program = find_program(object, name, why);
  if (*program == NULL) return -ENOENT;
  int fd = object->loaded ? bpf_program__fd((*program)->handle) : -1;
  return fd >= 0 ? fd : fail(why, -ENOENT, "state", "program '%s' is not loaded", name);
}

int find_created_map(const struct object* object, const char* name, struct bpf_map** map,
                     struct failure* why) {
  *map = find_map(object, name, why);
  if (*map == NULL) return -ENOENT;
  int fd = object->loaded ? bpf_map__fd(*map) : -1;
  return fd >= 0 ? fd : fail(why, -ENOENT, "state", "map '%s' is not loaded", name);
}
