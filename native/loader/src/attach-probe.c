/* attach-probe.c: attaching to functions by address: kprobes and uprobes, single and multi. See
 * attach-kinds.h. */
#include "attach-kinds.h"
#include "kernel.h"
#include "system.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Source: the `format` folder of the uprobe event source: ref_ctr_offset is config:32-63. */
#define REF_CTR_SHIFT 32

/* The number that the kernel gave to an event source, or -ENODEV where it has none. */
static int read_source(const struct attachment* to, const char* name, uint64_t* type, uint64_t* return_bit) {
  char path[96], format[32];
  (void)snprintf(path, sizeof path, "/sys/bus/event_source/devices/%s/type", name);
  if (read_number_file(path, type) != 0) return fail(to->why, -ENODEV, "pmu", "this kernel has no %ss", name);
  (void)snprintf(path, sizeof path, "/sys/bus/event_source/devices/%s/format/retprobe", name);
  static const char field[] = "config:";
  bool known =
      read_small_file(path, format, sizeof format) > 0 && strncmp(format, field, sizeof field - 1) == 0;
  unsigned long bit = known ? strtoul(format + sizeof field - 1, NULL, 10) : 0;
  if (!known || bit > 31) return fail(to->why, -ENODEV, "pmu", "this kernel has no return %ss", name);
  *return_bit = 1ull << bit;
  return 0;
}

/* -1 for any process, or one of the user's: 0 would be ourselves. */
static int32_t read_pid(struct reader* in) {
  int32_t pid = read_i32(in);
  if (pid < -1 || pid == 0) in->bad = true;
  return pid;
}

static int check_flags(const struct attachment* to, uint32_t flags, uint32_t known) {
  return (flags & ~known) == 0 ? 0 : fail(to->why, -EPROTO, "frame", "ATTACH has an unknown flag");
}

int attach_kprobe(const struct attachment* to, struct reader* in) {
  struct name symbol;
  read_name(in, &symbol);
  uint64_t address = read_u64(in), offset = read_u64(in);
  uint32_t flags = read_u32(in);
  int error = check_read(to, in);
  if (error == 0) error = check_flags(to, flags, PROBE_RETURN);
  /* The kernel would silently take it modulo 2^32. */
  if (error == 0 && offset > INT32_MAX) error = fail(to->why, -ERANGE, "attach", "no function is that long");
  uint64_t type = 0, return_bit = 0;
  if (error == 0) error = read_source(to, "kprobe", &type, &return_bit);
  if (error != 0) return error;
  bool by_symbol = symbol.text[0] != '\0';
  struct perf_event_attr attr = {.type = (uint32_t)type,
                                 .config = flags & PROBE_RETURN ? return_bit : 0,
                                 .config1 = by_symbol ? (uint64_t)(uintptr_t)symbol.text : 0,
                                 .config2 = by_symbol ? offset : address + offset};
  to->link->has_idle_events = true;
  return attach_to_event(to, &attr, -1, 0);
}

/* A name that stands for an open file, so that the kernel sees the very file that the user could open. */
struct fd_path {
  int fd;
  char text[32];
};

static int open_target(const struct attachment* to, const struct path* path, struct fd_path* target) {
  target->fd = open_as_real_user(to->privilege, path->text, to->why);
  if (target->fd < 0) return target->fd;
  (void)snprintf(target->text, sizeof target->text, "/proc/self/fd/%d", target->fd);
  return 0;
}

int attach_uprobe(const struct attachment* to, struct reader* in) {
  struct path path;
  read_path(in, &path);
  uint64_t offset = read_u64(in), ref_ctr_offset = read_u64(in);
  int32_t pid = read_pid(in);
  uint32_t flags = read_u32(in);
  int error = check_read(to, in);
  if (error == 0) error = check_flags(to, flags, PROBE_RETURN);
  if (error == 0 && ref_ctr_offset > UINT32_MAX)
    error = fail(to->why, -ERANGE, "frame", "semaphore out of reach");
  uint64_t type = 0, return_bit = 0;
  if (error == 0) error = read_source(to, "uprobe", &type, &return_bit);
  struct fd_path target;
  if (error == 0) error = open_target(to, &path, &target);
  if (error != 0) return error;
  struct perf_event_attr attr = {.type = (uint32_t)type,
                                 .config = (flags & PROBE_RETURN ? return_bit : 0) | ref_ctr_offset
                                                                                         << REF_CTR_SHIFT,
                                 .config1 = (uint64_t)(uintptr_t)target.text,
                                 .config2 = offset};
  error = attach_to_event(to, &attr, pid < 0 ? -1 : pid, pid < 0 ? 0 : -1);
  close(target.fd);
  return error;
}

static int create_multi_link(const struct attachment* to, struct kernel_link_create* attr) {
  attr->program_fd = (uint32_t)to->program_fd;
  int fd = (int)syscall(SYS_bpf, BPF_LINK_CREATE, attr, sizeof *attr);
  return keep_link(to, fd < 0 ? -errno : fd);
}

/* One allocation: the pointers, then the terminated strings. NULL when there is no memory. */
static const char** read_symbols(struct reader* in, uint32_t count) {
  size_t room = (size_t)(in->end - in->at) + count + 1;
  const char** symbols = malloc(count * sizeof *symbols + room);
  char* text = symbols == NULL ? NULL : (char*)(symbols + count);
  for (uint32_t i = 0; text != NULL && i < count; i++) {
    struct name name;
    read_name(in, &name);
    size_t length = strlen(name.text) + 1;
    if (in->bad) break;
    symbols[i] = memcpy(text, name.text, length);
    text += length;
  }
  return symbols;
}

static uint64_t* read_cookies(struct reader* in, uint32_t count) {
  uint64_t* cookies = malloc(count * sizeof *cookies + 1);
  for (uint32_t i = 0; cookies != NULL && i < count; i++)
    cookies[i] = read_u64(in);
  return cookies;
}

int attach_kprobe_multi(const struct attachment* to, struct reader* in) {
  enum { SMALLEST_STRING_BYTES = 4 + 1 };
  uint32_t flags = read_u32(in), count = read_count(in, SMALLEST_STRING_BYTES);
  const char** symbols = read_symbols(in, count);
  uint32_t cookie_count = read_count(in, sizeof(uint64_t));
  uint64_t* cookies = read_cookies(in, cookie_count);
  int error = symbols == NULL || cookies == NULL ? fail(to->why, -ENOMEM, "resource", "no memory") : 0;
  if (error == 0) error = check_read(to, in);
  if (error == 0) error = check_flags(to, flags, PROBE_RETURN | PROBE_SESSION);
  if (error == 0 && (count == 0 || (cookie_count != 0 && cookie_count != count)))
    error = fail(to->why, -EPROTO, "frame", "%u symbols with %u cookies", count, cookie_count);
  if (error == 0) {
    struct kernel_link_create attr = {
        .attach_type = flags & PROBE_SESSION ? KERNEL_TRACE_KPROBE_SESSION : KERNEL_TRACE_KPROBE_MULTI,
        .kprobe_multi = {.flags = flags & PROBE_RETURN ? KERNEL_MULTI_RETURN : 0,
                         .count = count,
                         .symbols = (uint64_t)(uintptr_t)symbols,
                         .cookies = cookie_count == 0 ? 0 : (uint64_t)(uintptr_t)cookies}};
    error = create_multi_link(to, &attr);
  }
  free(symbols);
  free(cookies);
  return error;
}

/* One allocation of three arrays of `count`: offsets, semaphores, cookies. */
static uint64_t* read_places(struct reader* in, uint32_t count) {
  uint64_t* places = malloc(3 * (size_t)count * sizeof *places + 1);
  for (uint32_t i = 0; places != NULL && i < count; i++) {
    places[i] = read_u64(in);
    places[count + i] = read_u64(in);
    places[2 * (size_t)count + i] = read_u64(in);
  }
  return places;
}

static bool is_all_zero(const uint64_t* values, uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    if (values[i] != 0) return false;
  return true;
}

static int link_places(const struct attachment* to, const struct path* path, int32_t pid, uint32_t flags,
                       const uint64_t* places, uint32_t count) {
  const uint64_t *semaphores = places + count, *cookies = places + 2 * (size_t)count;
  struct fd_path target;
  int error = open_target(to, path, &target);
  if (error != 0) return error;
  struct kernel_link_create attr = {
      .attach_type = flags & PROBE_SESSION ? KERNEL_TRACE_UPROBE_SESSION : KERNEL_TRACE_UPROBE_MULTI,
      .uprobe_multi = {.path = (uint64_t)(uintptr_t)target.text,
                       .offsets = (uint64_t)(uintptr_t)places,
                       .ref_ctr_offsets =
                           is_all_zero(semaphores, count) ? 0 : (uint64_t)(uintptr_t)semaphores,
                       .cookies = is_all_zero(cookies, count) ? 0 : (uint64_t)(uintptr_t)cookies,
                       .count = count,
                       .flags = flags & PROBE_RETURN ? KERNEL_MULTI_RETURN : 0,
                       .pid = pid < 0 ? 0 : (uint32_t)pid}};
  error = create_multi_link(to, &attr);
  close(target.fd);
  return error;
}

int attach_uprobe_multi(const struct attachment* to, struct reader* in) {
  struct path path;
  read_path(in, &path);
  int32_t pid = read_pid(in);
  uint32_t flags = read_u32(in), count = read_count(in, 3 * sizeof(uint64_t));
  uint64_t* places = read_places(in, count);
  if (places == NULL) return fail(to->why, -ENOMEM, "resource", "no memory");
  int error = check_read(to, in);
  if (error == 0) error = check_flags(to, flags, PROBE_RETURN | PROBE_SESSION);
  if (error == 0 && count == 0) error = fail(to->why, -EPROTO, "frame", "no place to attach to");
  if (error == 0) error = link_places(to, &path, pid, flags, places, count);
  free(places);
  return error;
}
