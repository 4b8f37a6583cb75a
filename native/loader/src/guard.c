/* guard.c: see guard.h. */
#include "guard.h"

#include "kernel.h"

#include <linux/bpf.h>

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static bool contains(const uint32_t* values, size_t count, uint32_t value) {
  for (size_t i = 0; i < count; i++)
    if (values[i] == value) return true;
  return false;
}

static const uint32_t allowed_map_types[] = {
    BPF_MAP_TYPE_HASH,         BPF_MAP_TYPE_ARRAY,           BPF_MAP_TYPE_PERCPU_HASH,
    BPF_MAP_TYPE_PERCPU_ARRAY, BPF_MAP_TYPE_STACK_TRACE,     BPF_MAP_TYPE_LRU_HASH,
    BPF_MAP_TYPE_LPM_TRIE,     BPF_MAP_TYPE_LRU_PERCPU_HASH, BPF_MAP_TYPE_RINGBUF,
    BPF_MAP_TYPE_PROG_ARRAY,   BPF_MAP_TYPE_QUEUE,           BPF_MAP_TYPE_STACK,
    BPF_MAP_TYPE_TASK_STORAGE, BPF_MAP_TYPE_BLOOM_FILTER,
};

/* Kernel functions that only read, copy or count. Anything else would need its own judgement. */
static const char* const allowed_functions[] = {
    "bpf_rdonly_cast",    "bpf_cast_to_kern_ctx", "bpf_get_fsverity_digest",
    "bpf_iter_num_new",   "bpf_iter_num_next",    "bpf_iter_num_destroy",
    "bpf_rcu_read_lock",  "bpf_rcu_read_unlock",  "bpf_task_from_pid",
    "bpf_task_acquire",   "bpf_task_release",     "bpf_session_is_return",
    "bpf_session_cookie", "bpf_strlen",           "bpf_strnlen",
    "bpf_strcmp",         "bpf_strncmp",          "bpf_strstr",
    "bpf_strnstr",        "bpf_strchr",           "bpf_copy_from_user_str",
};

static bool is_allowed_function(const char* name) {
  for (size_t i = 0; i < COUNT(allowed_functions); i++)
    if (strcmp(allowed_functions[i], name) == 0) return true;
  return false;
}

int guard_object(const struct bpf_object* object, struct failure* why) {
  struct bpf_map* map;
  bpf_object__for_each_map(map, object) {
    uint32_t type = bpf_map__type(map);
    if (!contains(allowed_map_types, COUNT(allowed_map_types), type))
      return fail(why, -EPERM, "privilege", "map '%s' has type %u, which is for root only",
                  bpf_map__name(map), type);
  }
  return 0;
}

int guard_program_type(uint32_t type, uint32_t attach_type, struct failure* why) {
  static const uint32_t types[] = {BPF_PROG_TYPE_KPROBE,     BPF_PROG_TYPE_TRACEPOINT,
                                   BPF_PROG_TYPE_PERF_EVENT, BPF_PROG_TYPE_RAW_TRACEPOINT,
                                   BPF_PROG_TYPE_TRACING,    BPF_PROG_TYPE_XDP};
  static const uint32_t tracing_types[] = {BPF_TRACE_RAW_TP, BPF_TRACE_FENTRY, BPF_TRACE_FEXIT,
                                           BPF_TRACE_ITER};
  bool allowed = contains(types, COUNT(types), type);
  if (type == BPF_PROG_TYPE_TRACING) allowed = contains(tracing_types, COUNT(tracing_types), attach_type);
  if (allowed) return 0;
  return fail(why, -EPERM, "privilege", "program type %u with attach type %u is for root only", type,
              attach_type);
}

static int guard_helper(int32_t helper, struct failure* why) {
  static const struct {
    uint32_t number;
    const char* does;
  } refused[] = {
      {KERNEL_HELPER_PROBE_WRITE_USER, "writing into a process"},
      {KERNEL_HELPER_OVERRIDE_RETURN, "overriding a return value"},
      {KERNEL_HELPER_SEND_SIGNAL, "sending a signal"},
      {KERNEL_HELPER_SEND_SIGNAL_THREAD, "sending a signal"},
      {KERNEL_HELPER_SYS_BPF, "a system call"},
      {KERNEL_HELPER_SYS_CLOSE, "a system call"},
  };
  for (size_t i = 0; i < COUNT(refused); i++)
    if (refused[i].number == (uint32_t)helper)
      return fail(why, -EPERM, "privilege", "%s is for root only", refused[i].does);
  return 0;
}

/* The instruction names the function by its id in the kernel's BTF, or (offset not 0) in a module's. */
static int guard_kernel_function(const struct bpf_insn* call, struct targets* targets, struct failure* why) {
  const char* name = call->off == 0 ? find_function_name(targets, (uint32_t)call->imm) : NULL;
  if (name != NULL && is_allowed_function(name)) return 0;
  return fail(why, -EPERM, "privilege", "kernel function %s is for root only",
              name == NULL ? "of a module" : name);
}

int guard_instructions(const struct bpf_program* program, struct targets* targets, struct failure* why) {
  const struct bpf_insn* instructions = bpf_program__insns(program);
  size_t count = bpf_program__insn_cnt(program);
  for (size_t i = 0; i < count; i++) {
    const struct bpf_insn* instruction = &instructions[i];
    if (instruction->code == (BPF_LD | BPF_IMM | BPF_DW)) i++; /* its second half is no instruction */
    if (instruction->code != (BPF_JMP | BPF_CALL)) continue;
    int error = 0;
    if (instruction->src_reg == 0) error = guard_helper(instruction->imm, why);
    if (instruction->src_reg == BPF_PSEUDO_KFUNC_CALL)
      error = guard_kernel_function(instruction, targets, why);
    if (error != 0) return error;
  }
  return 0;
}
