/* trial.c: see trial.h. */
#include "trial.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
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

/* What locking down a kernel takes away first. */
static int try_memory(void) {
  static const struct bpf_insn reads_nothing[] = {
      {.code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = BPF_REG_1, .src_reg = BPF_REG_10},
      {.code = BPF_ALU64 | BPF_K, .dst_reg = BPF_REG_1, .imm = -8}, /* BPF_ADD is 0 */
      {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_2, .imm = 8},
      {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_3},
      {.code = BPF_JMP | BPF_CALL, .imm = BPF_FUNC_probe_read_kernel},
      {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0},
      {.code = BPF_JMP | BPF_EXIT},
  };
  const size_t length = sizeof reads_nothing / sizeof *reads_nothing;
  return outcome(bpf_prog_load(BPF_PROG_TYPE_RAW_TRACEPOINT, "trial", "GPL", reads_nothing, length, NULL));
}

/* A program for a function that every kernel has; it is loaded and not attached. */
static int try_tracing(const struct btf* types, enum bpf_attach_type attach, const char* function) {
  static const struct bpf_insn returns_nothing[] = {
      {.code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0},
      {.code = BPF_JMP | BPF_EXIT},
  };
  int id = btf__find_by_name_kind(types, function, BTF_KIND_FUNC);
  if (id < 0) return ENOENT;
  LIBBPF_OPTS(bpf_prog_load_opts, options, .expected_attach_type = attach, .attach_btf_id = (uint32_t)id);
  return outcome(bpf_prog_load(BPF_PROG_TYPE_TRACING, "trial", "GPL", returns_nothing, 2, &options));
}

int print_trials(void) {
  int written = printf("trial program %d\ntrial ring %d\ntrial event %d\ntrial memory %d\n", try_program(),
                       try_ring(), try_event(), try_memory());
  struct btf* types = btf__load_vmlinux_btf();
  if (types == NULL) return written < 0;
  written = printf("trial fentry %d\ntrial iter %d\n", try_tracing(types, BPF_TRACE_FENTRY, "vfs_read"),
                   try_tracing(types, BPF_TRACE_ITER, "bpf_iter_task"));
  btf__free(types);
  return written < 0;
}
