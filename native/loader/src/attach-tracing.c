/* attach-tracing.c: raw tracepoints, what was tied to BTF when it was loaded, and iterators. See
 * attach-kinds.h. */
#include "attach-kinds.h"

#include <bpf/bpf.h>

#include <errno.h>
#include <string.h>

int attach_raw_tracepoint(const struct attachment* to, struct reader* in) {
  struct name name;
  read_name(in, &name);
  int error = check_read(to, in);
  return error != 0 ? error : keep_link(to, bpf_raw_tracepoint_open(name.text, to->program_fd));
}

int attach_tracing(const struct attachment* to, struct reader* in) {
  int error = check_read(to, in);
  if (error != 0) return error;
  LIBBPF_OPTS(bpf_link_create_opts, options, .tracing.cookie = to->cookie);
  return keep_link(
      to, bpf_link_create(to->program_fd, 0, (enum bpf_attach_type)to->program->attach_type, &options));
}

static int pin_iterator(const struct attachment* to, int link_fd, const char* path) {
  if (!to->privilege->may_pin) return fail(to->why, -EPERM, "privilege", "pinning is for root only");
  int error = bpf_obj_pin(link_fd, path);
  return error == 0 ? 0 : fail(to->why, error, "pin", "%s: %s", path, strerror(-error));
}

int attach_iterator(const struct attachment* to, struct reader* in) {
  struct path path;
  uint32_t target = read_u32(in), target_id = read_u32(in);
  read_path(in, &path);
  int error = check_read(to, in);
  if (error != 0) return error;
  union bpf_iter_link_info info = {0};
  if (target == ITERATOR_THREAD) info.task.tid = target_id;
  if (target == ITERATOR_PROCESS) info.task.pid = target_id;
  if (target > ITERATOR_PROCESS) return fail(to->why, -EPROTO, "frame", "unknown target of an iterator");
  LIBBPF_OPTS(bpf_link_create_opts, options);
  if (target != ITERATOR_ALL) {
    options.iter_info = &info;
    options.iter_info_len = sizeof info;
  }
  int fd = bpf_link_create(to->program_fd, 0, BPF_TRACE_ITER, &options);
  error = keep_link(to, fd);
  if (error != 0) return error;
  to->link->is_iterator = true;
  return path.text[0] == '\0' ? 0 : pin_iterator(to, fd, path.text);
}
