/* load.c: see load.h. */
#include "load.h"

#include "guard.h"
#include "target.h"

#include <bpf/bpf.h>
#include <linux/bpf.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DEFAULT_LOG_BYTES FRAME_MAX_LOG_BYTES /* only what the kernel writes becomes memory */
#define ALL_LOGS_BYTES (64u << 20)            /* of address space, when a log of each program is asked for */
#define MIN_LOG_BYTES (256u << 10)
#define LOG_PART_BYTES (FRAME_CHUNK_BYTES - 1024)

struct load {
  struct targets targets;
  struct program* program; /* the one that libbpf is about to hand to the kernel */
  struct failure* why;
  uint32_t log_level;
  size_t log_bytes;
};

static int resolve_target(struct load* load, struct program* program, struct bpf_prog_load_opts* options) {
  if (program->attach_program_id != 0) {
    program->attach_program_fd = bpf_prog_get_fd_by_id(program->attach_program_id);
    if (program->attach_program_fd < 0)
      return fail(load->why, program->attach_program_fd, "program", "BPF program %u cannot be opened",
                  program->attach_program_id);
  }
  const struct target_query query = {.attach_type = program->attach_type,
                                     .btf_id = program->attach_btf_id,
                                     .function = program->attach_function,
                                     .module = program->attach_module,
                                     .program_fd =
                                         program->attach_program_fd > 0 ? program->attach_program_fd : 0};
  struct target target;
  int error = find_target(&load->targets, &query, &target, load->why);
  if (error != 0) return error;
  options->attach_btf_id = target.btf_id;
  options->attach_btf_obj_fd = (uint32_t)target.btf_fd;
  options->attach_prog_fd = (uint32_t)target.program_fd;
  options->expected_attach_type = (enum bpf_attach_type)program->attach_type;
  return bpf_program__set_type(program->handle, (enum bpf_prog_type)program->type);
}

/* libbpf calls this before each program that it loads; its instructions are final here. */
static int before_program_load(struct bpf_program* handle, struct bpf_prog_load_opts* options, long cookie) {
  /* The cookie is the object of our only session; libbpf hands it back as it was registered. */
  const struct object* object = (const struct object*)(uintptr_t)cookie; // NOLINT(performance-no-int-to-ptr)
  struct load* load = object->load;
  if (load == NULL) return -EINVAL;
  load->program = find_program(object, bpf_program__name(handle), load->why);
  if (load->program == NULL) return -ENOENT;
  load->why->text[0] = '\0';
  int error = object->unprivileged ? guard_instructions(handle, &load->targets, load->why) : 0;
  if (error == 0 && is_btf_attached(load->program)) error = resolve_target(load, load->program, options);
  return error;
}

int prepare_loading(struct object* object) {
  libbpf_set_memlock_rlim(0); /* raised once at the start (privilege.c); probing for the need costs time */
  LIBBPF_OPTS(libbpf_prog_handler_opts, options, .cookie = (long)(uintptr_t)object,
              .prog_prepare_load_fn = before_program_load);
  int handler = libbpf_register_prog_handler(NULL, BPF_PROG_TYPE_UNSPEC, (enum bpf_attach_type)0, &options);
  return handler < 0 ? handler : 0;
}

/* Without a log level only the program that fails writes, so all share one buffer; else each has its own. */
static int give_logs(struct object* object, const struct load* load) {
  struct program* first = NULL;
  for (size_t i = 0; i < object->program_count; i++) {
    struct program* program = &object->programs[i];
    if (!bpf_program__autoload(program->handle)) continue;
    if (first == NULL || load->log_level != 0) {
      program->log = malloc(load->log_bytes);
      if (program->log == NULL) return -ENOMEM;
      program->log[0] = '\0';
      first = program;
    }
    bpf_program__set_log_buf(program->handle, first->log, load->log_bytes);
    bpf_program__set_log_level(program->handle, load->log_level);
  }
  return 0;
}

static size_t choose_log_bytes(const struct object* object, uint32_t log_level, uint32_t wanted) {
  size_t bytes = wanted == 0 ? DEFAULT_LOG_BYTES : wanted, each = ALL_LOGS_BYTES;
  if (log_level != 0 && object->program_count > 0) each /= object->program_count;
  if (bytes > each) bytes = each;
  return bytes < MIN_LOG_BYTES ? MIN_LOG_BYTES : bytes;
}

/* The verifier's log says more of a program than libbpf does; of anything else only libbpf knows. */
static void explain(struct load_result* result, const struct log* log) {
  const char* text =
      result->program != NULL || log->recent[0] == '\0' ? strerror(-result->error) : log->recent;
  (void)snprintf(result->why.text, sizeof result->why.text, "%.*s", FAILURE_TEXT_BYTES - 1, text);
}

int load_object(struct object* object, struct reader* in, struct log* log, struct load_result* result,
                struct failure* why) {
  uint32_t log_level = read_u32(in), log_bytes = read_u32(in);
  int error = finish_reading(in);
  if (error != 0 || log_level > 7 || log_bytes > FRAME_MAX_LOG_BYTES)
    return fail(why, -EPROTO, "frame", "LOAD is malformed");
  if (object->handle == NULL) return fail(why, -ENOENT, "state", "no object yet");
  if (object->loaded) return fail(why, -EBUSY, "state", "the object is loaded already");

  *result = (struct load_result){.why = {.stage = "load"}};
  struct load load = {.why = &result->why,
                      .log_level = log_level,
                      .log_bytes = choose_log_bytes(object, log_level, log_bytes)};
  if (give_logs(object, &load) != 0) return fail(why, -ENOMEM, "resource", "no memory for verifier logs");
  targets_init(&load.targets);
  log_forget_recent(log);
  object->load = &load;
  result->error = bpf_object__load(object->handle);
  object->load = NULL;
  targets_close(&load.targets);
  object->loaded = result->error == 0;
  result->program = object->loaded ? NULL : load.program;
  if (!object->loaded && result->why.text[0] == '\0') explain(result, log);
  return 0;
}

static void put_log(const struct program* program, const char* text, uint32_t request_id,
                    struct output* out) {
  for (size_t left = strlen(text); left > 0;) {
    size_t part = left < LOG_PART_BYTES ? left : LOG_PART_BYTES;
    output_begin(out, REPLY_PROGRAM_LOG, FRAME_CHUNK_BYTES);
    put_u32(out, request_id);
    put_text(out, program->name);
    put_bytes(out, text, part);
    output_end(out);
    text += part;
    left -= part;
  }
}

static void put_logs(const struct object* object, const struct load_result* result, uint32_t request_id,
                     struct output* out) {
  const char* shared = NULL;
  for (size_t i = 0; i < object->program_count; i++) {
    const struct program* program = &object->programs[i];
    if (program->log == NULL) continue;
    shared = program->log;
    if (program != result->program && result->error == 0) put_log(program, program->log, request_id, out);
  }
  if (result->error == 0 || result->program == NULL) return;
  const char* text = result->program->log != NULL ? result->program->log : shared;
  if (text != NULL) put_log(result->program, text, request_id, out);
}

static void put_loaded(const struct object* object, uint32_t request_id, struct output* out) {
  enum { ITEM_BYTES = 4 + FRAME_MAX_NAME_BYTES + 12, COUNT_AT = 8 };
  size_t i = 0;
  do {
    uint32_t count = 0;
    output_begin(out, REPLY_LOADED, FRAME_CHUNK_BYTES);
    put_u32(out, request_id);
    put_u32(out, 0);
    put_u32(out, 0);
    for (; i < object->program_count && output_payload(out) + ITEM_BYTES <= FRAME_CHUNK_BYTES; i++) {
      int fd = bpf_program__fd(object->programs[i].handle);
      if (fd < 0) continue;
      struct bpf_prog_info info = {0};
      uint32_t size = sizeof info;
      (void)bpf_obj_get_info_by_fd(fd, &info, &size); /* zeroes say that the kernel did not tell */
      put_text(out, object->programs[i].name);
      put_u32(out, info.id);
      put_u32(out, info.verified_insns);
      put_u32(out, info.xlated_prog_len / (uint32_t)sizeof(struct bpf_insn));
      count++;
    }
    patch_u32(out, COUNT_AT - 4, i == object->program_count ? STREAM_LAST : 0);
    patch_u32(out, COUNT_AT, count);
    output_end(out);
    if (out->gone) return;
  } while (i < object->program_count);
}

static void free_logs(struct object* object) {
  for (size_t i = 0; i < object->program_count; i++) {
    struct program* program = &object->programs[i];
    free(program->log);
    program->log = NULL;
    if (program->attach_program_fd >= 0) close(program->attach_program_fd);
    program->attach_program_fd = -1;
  }
}

void report_load(struct object* object, const struct load_result* result, uint32_t request_id,
                 struct output* out) {
  put_logs(object, result, request_id, out);
  if (result->error == 0) {
    put_loaded(object, request_id, out);
    free_logs(object);
    return;
  }
  output_begin(out, REPLY_LOAD_FAILED, FRAME_CHUNK_BYTES);
  put_u32(out, request_id);
  put_u32(out, (uint32_t)-result->error);
  put_text(out, result->program == NULL ? "" : result->program->name);
  put_text(out, result->why.text);
  output_end(out);
  object_close(object);
}
