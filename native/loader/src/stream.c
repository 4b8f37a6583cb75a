/* stream.c: see stream.h. */
#include "stream.h"

#include "../../abi/frames.h"
#include "tracefs.h"

#include <bpf/bpf.h>

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PART_BYTES (64u << 10)
#define FIXED_BYTES 12u

static void put_part(struct output* out, uint16_t type, uint32_t request_id, const char* bytes,
                     size_t length) {
  output_begin(out, type, FIXED_BYTES + length);
  put_u32(out, request_id);
  put_u32(out, length == 0 ? STREAM_LAST : 0);
  put_bytes(out, bytes, length);
  output_end(out);
}

/* Copies to the end; ends the stream only when all went well. 0 or -errno. */
static int copy(int fd, uint16_t type, uint32_t request_id, struct output* out, struct breather breather) {
  char* part = malloc(PART_BYTES);
  if (part == NULL) return -ENOMEM;
  int error = 0;
  ssize_t got = -1;
  while (error == 0 && got != 0 && !out->gone) {
    got = read(fd, part, PART_BYTES);
    /* An iterator that skips many objects gives way with EAGAIN. */
    if (got < 0 && errno != EAGAIN && errno != EINTR) error = -errno;
    if (got > 0) put_part(out, type, request_id, part, (size_t)got);
    breather.breathe(breather.context);
  }
  free(part);
  if (error == 0) put_part(out, type, request_id, "", 0);
  return error;
}

int send_iterator(const struct link* link, uint32_t request_id, struct output* out, struct breather breather,
                  struct failure* why) {
  if (!link->is_iterator || link->programs.count == 0)
    return fail(why, -EINVAL, "state", "link %u is no iterator", link->id);
  int fd = bpf_iter_create(link->programs.fds[0]);
  if (fd < 0) return fail(why, fd, "iterator", "the iterator cannot be started: %s", strerror(-fd));
  int error = copy(fd, REPLY_ITER_DATA, request_id, out, breather);
  close(fd);
  return error == 0 ? 0 : fail(why, error, "iterator", "reading the iterator failed: %s", strerror(-error));
}

/* The kernel shows zeroes, not an error, to whom it hides addresses. */
static bool hides_addresses(int fd) {
  char line[512];
  ssize_t got = pread(fd, line, sizeof line - 1, 0);
  if (got <= 0) return true;
  line[got] = '\0';
  for (const char* at = line; at != NULL && *at != '\0'; at = strchr(at, '\n')) {
    at += *at == '\n';
    if (strtoull(at, NULL, 16) != 0) return false; /* per-CPU symbols at the start may truly be at 0 */
  }
  return true;
}

static int open_kallsyms(struct failure* why) {
  int fd = open("/proc/kallsyms", O_RDONLY | O_CLOEXEC);
  if (fd < 0) return fail(why, -errno, "file", "/proc/kallsyms: %s", strerror(errno));
  if (!hides_addresses(fd)) return fd;
  close(fd);
  return fail(why, -EPERM, "file", "/proc/kallsyms hides the addresses");
}

static int open_kernel_file(uint32_t kind, const char* category, const char* event, struct failure* why) {
  switch (kind) {
  case KERNEL_FILE_KALLSYMS: return open_kallsyms(why);
  case KERNEL_FILE_EVENT_FORMAT: return open_event_file(category, event, "format", why);
  case KERNEL_FILE_AVAILABLE_EVENTS: return open_tracefs_file("available_events", why);
  case KERNEL_FILE_FILTER_FUNCTIONS: return open_tracefs_file("available_filter_functions", why);
  default: return fail(why, -EPROTO, "frame", "unknown kernel file %u", kind);
  }
}

int send_kernel_file(uint32_t kind, const char* category, const char* event, uint32_t request_id,
                     struct output* out, struct breather breather, struct failure* why) {
  int fd = open_kernel_file(kind, category, event, why);
  if (fd < 0) return fd;
  int error = copy(fd, REPLY_FILE_DATA, request_id, out, breather);
  close(fd);
  return error == 0 ? 0 : fail(why, error, "file", "reading the file failed: %s", strerror(-error));
}
