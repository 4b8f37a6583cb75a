/* attach-event.c: attaching to what perf counts: tracepoints, clocks, counters, breakpoints. See
 * attach-kinds.h. */
#include "attach-kinds.h"
#include "system.h"
#include "tracefs.h"

#include <linux/hw_breakpoint.h>

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where an event is to be opened: what PERF_EVENT and BREAKPOINT end with. */
struct event_scope {
  int32_t cpu, pid;
  uint32_t flags;
};

static struct event_scope read_scope(struct reader* in) {
  int32_t cpu = read_i32(in), pid = read_i32(in);
  struct event_scope scope = {.cpu = cpu, .pid = pid, .flags = read_u32(in)};
  if (scope.flags & ~(uint32_t)(PERF_FREQUENCY | PERF_INHERIT | PERF_ALL_THREADS)) in->bad = true;
  if (scope.pid < PERF_PID_ANY || scope.pid == 0 || scope.cpu < PERF_CPU_FIRST_ONLINE) in->bad = true;
  if (scope.pid == PERF_PID_ANY && scope.flags & (PERF_INHERIT | PERF_ALL_THREADS)) in->bad = true;
  return scope;
}

int attach_tracepoint(const struct attachment* to, struct reader* in) {
  struct name category, event;
  read_name(in, &category);
  read_name(in, &event);
  int error = check_read(to, in);
  if (error != 0) return error;
  uint64_t id;
  error = read_tracepoint_id(category.text, event.text, &id, to->why);
  if (error != 0) return error;
  struct perf_event_attr attr = {.type = PERF_TYPE_TRACEPOINT, .config = id};
  to->link->has_idle_events = true;
  return attach_to_event(to, &attr, -1, 0);
}

static int attach_on_cpus(const struct attachment* to, struct perf_event_attr* attr, bool only_first) {
  struct cpu_list cpus;
  int error = read_online_cpus(&cpus);
  if (error != 0) return fail(to->why, error, "open", "the list of online cpus cannot be read");
  for (unsigned i = 0; i < cpus.count && error == 0; i++) {
    error = attach_to_event(to, attr, -1, (int)cpus.numbers[i]);
    if (error == -ENODEV) error = 0; /* went offline meanwhile */
    if (only_first && to->link->programs.count > 0) break;
  }
  free_cpu_list(&cpus);
  if (error == 0 && to->link->programs.count == 0)
    return fail(to->why, -ENODEV, "open", "no cpu is online for the event");
  return error;
}

/* Threads that start while we look are children of threads that we have: with PERF_INHERIT none is missed. */
static int attach_to_threads(const struct attachment* to, struct perf_event_attr* attr, int32_t pid,
                             int32_t cpu) {
  char path[64];
  (void)snprintf(path, sizeof path, "/proc/%d/task", pid);
  DIR* threads = opendir(path);
  if (threads == NULL) return fail(to->why, -ESRCH, "open", "process %d is not there", pid);
  int error = 0;
  const struct dirent* entry;
  while (error == 0 && (entry = readdir(threads)) != NULL) {
    int thread = (int)strtol(entry->d_name, NULL, 10);
    if (thread <= 0) continue;
    error = attach_to_event(to, attr, thread, cpu);
    if (error == -ESRCH) error = 0; /* ended meanwhile */
  }
  closedir(threads);
  if (error == 0 && to->link->programs.count == 0)
    return fail(to->why, -ESRCH, "open", "process %d is not there", pid);
  return error;
}

static int attach_in_scope(const struct attachment* to, struct perf_event_attr* attr,
                           struct event_scope scope) {
  attr->inherit = (scope.flags & PERF_INHERIT) != 0;
  if (scope.pid == PERF_PID_ANY && scope.cpu < 0)
    return attach_on_cpus(to, attr, scope.cpu == PERF_CPU_FIRST_ONLINE);
  int cpu = scope.cpu < 0 ? -1 : scope.cpu;
  if (scope.flags & PERF_ALL_THREADS) return attach_to_threads(to, attr, scope.pid, cpu);
  return attach_to_event(to, attr, scope.pid, cpu);
}

int attach_perf_event(const struct attachment* to, struct reader* in) {
  struct perf_event_attr attr = {.type = read_u32(in)};
  attr.config = read_u64(in);
  attr.sample_period = read_u64(in); /* the same bytes as sample_freq */
  struct event_scope scope = read_scope(in);
  int error = check_read(to, in);
  if (error != 0) return error;
  if (attr.type > PERF_TYPE_RAW || attr.type == PERF_TYPE_TRACEPOINT || attr.type == PERF_TYPE_BREAKPOINT)
    return fail(to->why, -EPROTO, "frame", "event type %u is not one for PERF_EVENT", attr.type);
  attr.freq = (scope.flags & PERF_FREQUENCY) != 0;
  return attach_in_scope(to, &attr, scope);
}

int attach_breakpoint(const struct attachment* to, struct reader* in) {
  struct perf_event_attr attr = {.type = PERF_TYPE_BREAKPOINT, .sample_period = 1};
  attr.bp_addr = read_u64(in);
  attr.bp_len = read_u32(in);
  attr.bp_type = read_u32(in);
  struct event_scope scope = read_scope(in);
  int error = check_read(to, in);
  if (error != 0) return error;
  if ((attr.bp_type & ~(uint32_t)(HW_BREAKPOINT_RW | HW_BREAKPOINT_X)) != 0 || scope.flags & PERF_FREQUENCY)
    return fail(to->why, -EPROTO, "frame", "BREAKPOINT has an unknown type or flag");
  return attach_in_scope(to, &attr, scope);
}
