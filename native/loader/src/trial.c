/* trial.c: see trial.h. */
#include "trial.h"

#include <bpf/bpf.h>
#include <linux/bpf.h>
#include <linux/perf_event.h>

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

/* 0 or a positive errno for what a call gave: a descriptor, or -errno. */
static int outcome(int fd) {
  if (fd < 0) return -fd;
  close(fd);
  return 0;
}

static int try_program(void) {
  static const struct bpf_insn returns_nothing[] = {
      {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0},
      {.code = BPF_JMP | BPF_EXIT},
  };
  return outcome(bpf_prog_load(BPF_PROG_TYPE_RAW_TRACEPOINT, "trial", "GPL", returns_nothing, 2, NULL));
}

static int try_ring(void) {
  return outcome(bpf_map_create(BPF_MAP_TYPE_RINGBUF, "trial", 0, 0, (uint32_t)sysconf(_SC_PAGESIZE), NULL));
}

static int try_event(void) {
  struct perf_event_attr attr = {
      .size = sizeof attr,
      .type = PERF_TYPE_SOFTWARE,
      .config = PERF_COUNT_SW_CPU_CLOCK,
      .sample_period = 1000000000,
      .disabled = 1,
  };
  int fd = (int)syscall(SYS_perf_event_open, &attr, -1, 0, -1, PERF_FLAG_FD_CLOEXEC);
  return outcome(fd < 0 ? -errno : fd);
}

int print_trials(void) {
  int written =
      printf("trial program %d\ntrial ring %d\ntrial event %d\n", try_program(), try_ring(), try_event());
  return written < 0;
}
