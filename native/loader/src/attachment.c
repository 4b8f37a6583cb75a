/* attachment.c: see attachment.h. */
#include "attachment.h"

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
