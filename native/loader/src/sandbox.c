/* sandbox.c: see sandbox.h. */
#include "sandbox.h"

#include <linux/audit.h>
#include <linux/bpf.h>
#include <linux/filter.h>
#include <linux/seccomp.h>

#include <errno.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

#if defined(__x86_64__)
#define OUR_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OUR_ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "the system call filter does not know this architecture"
#endif

/* Reading requests, writing frames, waiting; memory; detaching; ending. bpf() has a list of its own below. */
static const uint32_t allowed_calls[] = {
    SYS_read,
    SYS_write,
    SYS_writev,
    SYS_close,
    SYS_ppoll,
#ifdef SYS_poll
    SYS_poll,
#endif
    SYS_mmap,
    SYS_munmap,
    SYS_mremap,
    SYS_brk,
    SYS_madvise,
    SYS_clock_gettime,
    SYS_nanosleep,
    SYS_futex,
    SYS_clock_nanosleep,
    SYS_restart_syscall,
    SYS_rt_sigreturn,
    SYS_rt_sigaction,
    SYS_rt_sigprocmask,
    SYS_getpid,
    SYS_gettid,
    SYS_tgkill,
    SYS_exit,
    SYS_exit_group,
    SYS_sched_yield,
    /* Threads, for closing; clone itself has a rule of its own below. */
    SYS_mprotect,
    SYS_set_robust_list,
    SYS_rseq,
#ifdef __SANITIZE_ADDRESS__
    SYS_sched_getaffinity,
    SYS_sigaltstack,
#endif
};

/* What maps, runs, iterators and statistics need: always on descriptors that we hold. */
static const uint32_t allowed_bpf_commands[] = {
    BPF_MAP_LOOKUP_ELEM,  BPF_MAP_UPDATE_ELEM,    BPF_MAP_DELETE_ELEM, BPF_MAP_GET_NEXT_KEY,
    BPF_MAP_LOOKUP_BATCH, BPF_OBJ_GET_INFO_BY_FD, BPF_PROG_TEST_RUN,   BPF_ITER_CREATE,
};

/* How the C library starts a thread. Source: sysdeps/unix/sysv/linux/createthread.c of glibc. */
#define THREAD_FLAGS                                                                                         \
  (CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SYSVSEM | CLONE_SIGHAND | CLONE_THREAD | CLONE_SETTLS |         \
   CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID)

enum { MOST_INSTRUCTIONS = 16 + 2 * COUNT(allowed_calls) + 2 * COUNT(allowed_bpf_commands) };

struct filter {
  struct sock_filter code[MOST_INSTRUCTIONS];
  unsigned short length;
};

static void add(struct filter* filter, struct sock_filter instruction) {
  filter->code[filter->length++] = instruction;
}

static void load_field(struct filter* filter, size_t offset) {
  add(filter, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset));
}

static void refuse(struct filter* filter, uint32_t error) {
  add(filter, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error));
}

/* What follows is passed over unless the loaded field has this value. */
static void when_equal(struct filter* filter, uint32_t value, uint8_t following) {
  add(filter, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, following));
}

/* Allows when the loaded field has one of the values. */
static void allow_values(struct filter* filter, const uint32_t* values, size_t count) {
  for (size_t i = 0; i < count; i++) {
    add(filter, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, values[i], 0, 1));
    add(filter, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  }
}

int install_filter(void) {
  struct filter filter = {.length = 0};
  load_field(&filter, offsetof(struct seccomp_data, arch));
  add(&filter, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OUR_ARCHITECTURE, 1, 0));
  add(&filter, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS));
  load_field(&filter, offsetof(struct seccomp_data, nr));
  allow_values(&filter, allowed_calls, COUNT(allowed_calls));
  /* The flags of clone3 are in memory, out of a filter's sight: without it the C library takes clone. */
  when_equal(&filter, SYS_clone3, 1);
  refuse(&filter, ENOSYS);
  when_equal(&filter, SYS_clone, 4);
  load_field(&filter, offsetof(struct seccomp_data, args[0]));
  when_equal(&filter, THREAD_FLAGS, 1);
  add(&filter, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  refuse(&filter, EPERM);
  when_equal(&filter, SYS_bpf, 2 + 2 * COUNT(allowed_bpf_commands));
  load_field(&filter, offsetof(struct seccomp_data, args[0]));
  allow_values(&filter, allowed_bpf_commands, COUNT(allowed_bpf_commands));
  refuse(&filter, EPERM);
  refuse(&filter, EPERM);
  const struct sock_fprog program = {.len = filter.length, .filter = filter.code};
  if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0) return 0;
  return errno == EINVAL ? 0 : -errno; /* EINVAL: built without filters */
}
