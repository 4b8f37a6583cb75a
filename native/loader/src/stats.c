/* stats.c: see stats.h. */
#include "stats.h"

#include "kernel.h"

#include <bpf/bpf.h>
#include <linux/bpf.h>

#include <errno.h>
#include <string.h>

enum { FLAGS_AT = 4, COUNT_AT = 8 };

int enable_stats(struct failure* why) {
  int fd = bpf_enable_stats(BPF_STATS_RUN_TIME);
  return fd >= 0 ? fd : fail(why, fd, "stats", "run time cannot be counted: %s", strerror(-fd));
}

static void begin_part(struct output* out, uint16_t type, uint32_t request_id) {
  output_begin(out, type, FRAME_CHUNK_BYTES);
  put_u32(out, request_id);
  put_u32(out, 0);
  put_u32(out, 0);
}

static void end_part(struct output* out, uint32_t count, bool last) {
  patch_u32(out, FLAGS_AT, last ? STREAM_LAST : 0);
  patch_u32(out, COUNT_AT, count);
  output_end(out);
}

/* Whether the program is loaded and was put. */
static bool put_program(const struct program* program, struct output* out) {
  int fd = bpf_program__fd(program->handle);
  struct bpf_prog_info info = {0};
  uint32_t size = sizeof info;
  if (fd < 0 || bpf_obj_get_info_by_fd(fd, &info, &size) != 0) return false;
  put_text(out, program->name);
  put_u32(out, info.id);
  put_u64(out, info.run_cnt);
  put_u64(out, info.run_time_ns);
  put_u64(out, info.recursion_misses);
  return true;
}

void send_program_stats(const struct object* object, uint32_t request_id, struct output* out) {
  enum { ITEM_BYTES = 4 + FRAME_MAX_NAME_BYTES + 28 };
  size_t total = object->loaded ? object->program_count : 0, i = 0;
  do {
    uint32_t count = 0;
    begin_part(out, REPLY_PROGRAM_STATS, request_id);
    for (; i < total && output_payload(out) + ITEM_BYTES <= FRAME_CHUNK_BYTES && !out->gone; i++)
      if (put_program(&object->programs[i], out)) count++;
    end_part(out, count, i == total);
  } while (i < total && !out->gone);
}

/* Hits that found the program busy, as far as this kernel counts them for this kind of link. */
static uint64_t count_missed(const struct link* link) {
  uint64_t missed = 0;
  for (size_t i = 0; i < link->programs.count; i++) {
    struct kernel_link_info info = {0};
    uint32_t size = sizeof info;
    if (bpf_obj_get_info_by_fd(link->programs.fds[i], &info, &size) != 0) continue;
    if (info.type == KERNEL_LINK_TYPE_KPROBE_MULTI) missed += info.kprobe_multi.missed;
    bool is_kprobe = info.perf_kprobe.type == KERNEL_PERF_EVENT_KPROBE ||
                     info.perf_kprobe.type == KERNEL_PERF_EVENT_KRETPROBE;
    if (info.type == KERNEL_LINK_TYPE_PERF_EVENT && is_kprobe) missed += info.perf_kprobe.missed;
  }
  return missed;
}

void send_link_stats(const struct links* links, uint32_t request_id, struct output* out) {
  enum { ITEM_BYTES = 12 };
  size_t i = 0;
  do {
    uint32_t count = 0;
    begin_part(out, REPLY_LINK_STATS, request_id);
    for (; i < links->count && output_payload(out) + ITEM_BYTES <= FRAME_CHUNK_BYTES && !out->gone;
         i++, count++) {
      put_u32(out, links->items[i].id);
      put_u64(out, count_missed(&links->items[i]));
    }
    end_part(out, count, i == links->count);
  } while (i < links->count && !out->gone);
}
