/* attach.c: see attach.h. */
#include "attach.h"

#include <bpf/bpf.h>

#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int check_read(const struct attachment* to, const struct reader* in) {
  int error = finish_reading(in);
  return error == 0 ? 0 : fail(to->why, error, "frame", "ATTACH is malformed");
}

int keep_link(const struct attachment* to, int fd) {
  if (fd < 0)
    return fail(to->why, fd, "attach", "the kernel refuses the link to '%s': %s", to->program->name,
                strerror(-fd));
  int error = fd_list_keep(&to->link->programs, fd);
  return error == 0 ? 0 : fail(to->why, error, "resource", "no memory for another link");
}

int attach_to_event(const struct attachment* to, struct perf_event_attr* attr, int pid, int cpu) {
  attr->size = sizeof *attr;
  attr->disabled = 1;
  int event = (int)syscall(SYS_perf_event_open, attr, pid, cpu, -1, PERF_FLAG_FD_CLOEXEC);
  if (event < 0)
    return fail(to->why, -errno, "open", "perf_event_open (type %u, pid %d, cpu %d): %s", attr->type, pid,
                cpu, strerror(errno));
  if (fd_list_keep(&to->link->events, event) != 0)
    return fail(to->why, -ENOMEM, "resource", "no memory for another link");
  LIBBPF_OPTS(bpf_link_create_opts, options, .perf_event.bpf_cookie = to->cookie);
  int error = keep_link(to, bpf_link_create(to->program_fd, event, BPF_PERF_EVENT, &options));
  if (error != 0) return error;
  if (ioctl(event, PERF_EVENT_IOC_ENABLE, 0) == 0) return 0;
  return fail(to->why, -errno, "attach", "the event cannot be enabled: %s", strerror(errno));
}

static int attach_kind(const struct attachment* to, uint16_t kind, struct reader* in) {
  switch (kind) {
  case ATTACH_TRACEPOINT: return attach_tracepoint(to, in);
  case ATTACH_RAW_TRACEPOINT: return attach_raw_tracepoint(to, in);
  case ATTACH_TRACING: return attach_tracing(to, in);
  case ATTACH_KPROBE: return attach_kprobe(to, in);
  case ATTACH_KPROBE_MULTI: return attach_kprobe_multi(to, in);
  case ATTACH_UPROBE: return attach_uprobe(to, in);
  case ATTACH_UPROBE_MULTI: return attach_uprobe_multi(to, in);
  case ATTACH_PERF_EVENT: return attach_perf_event(to, in);
  case ATTACH_BREAKPOINT: return attach_breakpoint(to, in);
  case ATTACH_ITERATOR: return attach_iterator(to, in);
  default: return fail(to->why, -EPROTO, "frame", "unknown kind of attachment: %u", kind);
  }
}

int attach(const struct object* object, struct links* links, const struct privilege* privilege,
           struct reader* in, struct link** link, struct failure* why) {
  struct name name;
  uint32_t id = read_u32(in);
  read_name(in, &name);
  struct attachment to = {.privilege = privilege, .why = why, .cookie = read_u64(in)};
  uint16_t kind = read_u16(in);
  if (in->bad) return fail(why, -EPROTO, "frame", "ATTACH is malformed");
  struct program* program;
  to.program_fd = find_loaded_program(object, name.text, &program, why);
  if (to.program_fd < 0) return to.program_fd;
  to.program = program;
  int error = links_add(links, id, link, why);
  if (error != 0) return error;
  to.link = *link;
  error = attach_kind(&to, kind, in);
  if (error != 0) {
    struct failure ignored;
    const struct patience none = {.meanwhile = NULL};
    (void)links_remove(links, id, none, &ignored);
  }
  return error;
}
