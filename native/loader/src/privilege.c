/* privilege.c: see privilege.h. */
#include "privilege.h"

#include "sandbox.h"

#include <linux/capability.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/fsuid.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define BIT(capability) (1ull << (capability))

/* What some request can need; whatever else we were given goes at once. */
static const uint64_t needed_capabilities =
    BIT(CAP_BPF) | BIT(CAP_PERFMON) |
    BIT(CAP_SYS_ADMIN) |       /* perf uprobes, tracefs, statistics, ids to descriptors */
    BIT(CAP_NET_ADMIN) |       /* XDP programs, which test: and bench: are */
    BIT(CAP_SYS_PTRACE) |      /* other users' processes */
    BIT(CAP_DAC_READ_SEARCH) | /* tracefs without root */
    BIT(CAP_SYSLOG) |          /* kernel addresses */
    BIT(CAP_SYS_RESOURCE) | BIT(CAP_SETUID) |
    BIT(CAP_SETGID); /* limits; becoming the real user for an open */

struct capability_sets {
  uint64_t effective, permitted;
};

static int get_capabilities(struct capability_sets* sets) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct data[2] = {{0}, {0}};
  if (syscall(SYS_capget, &header, data) != 0) return -errno;
  sets->effective = data[0].effective | (uint64_t)data[1].effective << 32;
  sets->permitted = data[0].permitted | (uint64_t)data[1].permitted << 32;
  return 0;
}

/* The inheritable set is emptied: we start no programs. */
static int set_capabilities(struct capability_sets sets) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct data[2] = {
      {.effective = (uint32_t)sets.effective, .permitted = (uint32_t)sets.permitted},
      {.effective = (uint32_t)(sets.effective >> 32), .permitted = (uint32_t)(sets.permitted >> 32)}};
  return syscall(SYS_capset, &header, data) == 0 ? 0 : -errno;
}

/* The kernel forgets this whenever credentials change, so it is said again after each change. */
static int die_with_parent(void) {
  return prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 ? 0 : -errno;
}

static void raise_limit(int resource, rlim_t wanted) {
  struct rlimit limit;
  if (getrlimit((__rlimit_resource_t)resource, &limit) != 0) return;
  const struct rlimit raised = {.rlim_cur = wanted,
                                .rlim_max = limit.rlim_max > wanted ? limit.rlim_max : wanted};
  if (setrlimit((__rlimit_resource_t)resource, &raised) == 0) return;
  limit.rlim_cur = limit.rlim_max;
  (void)setrlimit((__rlimit_resource_t)resource, &limit);
}

static void set_limits(void) {
  static const struct rlimit no_core = {.rlim_cur = 0, .rlim_max = 0};
  enum { MANY_DESCRIPTORS = 1 << 20 };
  raise_limit(RLIMIT_NOFILE, MANY_DESCRIPTORS);
  raise_limit(RLIMIT_MEMLOCK, RLIM_INFINITY); /* kernels before 5.11 account maps there */
  (void)setrlimit(RLIMIT_CORE, &no_core);
}

int establish_privilege(struct privilege* privilege) {
  pid_t parent = getppid();
  int error = die_with_parent();
  if (error != 0) return error;
  if (getppid() != parent) return -ESRCH;
  clearenv(); /* libbpf would listen to it */
  umask(077);
  set_limits();
  *privilege = (struct privilege){.real_user = getuid(),
                                  .effective_user = geteuid(),
                                  .real_group = getgid(),
                                  .effective_group = getegid()};
  privilege->unprivileged = privilege->real_user != 0;
  privilege->may_pin = !privilege->unprivileged;
  struct capability_sets sets = {0};
  error = get_capabilities(&sets);
  if (error != 0) return error;
  /* Whatever we keep permitted is made effective: file capabilities may come without the effective bit. */
  sets.permitted &= needed_capabilities;
  sets.effective = sets.permitted;
  if ((error = set_capabilities(sets)) != 0) return error;
  privilege->capabilities = sets.effective;
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -errno;
  return die_with_parent();
}

static int open_regular(const char* path, struct failure* why) {
  if (path[0] != '/') return fail(why, -EINVAL, "path", "'%s' is not an absolute path", path);
  /* A FIFO or device must not block us, a terminal not become ours. */
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (fd < 0) return fail(why, -errno, "path", "%s: %s", path, strerror(errno));
  struct stat status;
  if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode)) return fd;
  close(fd);
  return fail(why, -EINVAL, "path", "%s is not a regular file", path);
}

static bool become(uid_t user, gid_t group) {
  (void)setfsgid(group);
  (void)setfsuid(user);
  /* setfsuid tells only what was before: asking again tells whether it worked. */
  return (uid_t)setfsuid((uid_t)-1) == user && (gid_t)setfsgid((gid_t)-1) == group;
}

int open_as_real_user(const struct privilege* privilege, const char* path, struct failure* why) {
  if (!privilege->unprivileged) return open_regular(path, why);
  struct capability_sets held = {0};
  int error = get_capabilities(&held);
  if (error != 0) return fail(why, error, "path", "the capabilities cannot be read");
  const struct capability_sets none = {.effective = 0, .permitted = held.permitted};
  int result = -EPERM;
  if (become(privilege->real_user, privilege->real_group) && set_capabilities(none) == 0)
    result = open_regular(path, why);
  else
    fail(why, -EPERM, "path", "the rights of the real user cannot be taken");
  error = set_capabilities(held);
  if (!become(privilege->effective_user, privilege->effective_group)) error = -EPERM;
  if (error == 0) error = set_capabilities(held); /* changing the user may have cleared some */
  if (error == 0) error = die_with_parent();
  if (error == 0) return result;
  if (result >= 0) close(result);
  return fail(why, error, "path", "the loader's own rights cannot be taken back");
}

int seal_process(struct privilege* privilege, struct failure* why) {
  const struct capability_sets none = {0};
  int error = set_capabilities(none);
  if (error == 0) error = die_with_parent();
  if (error != 0) return fail(why, error, "privilege", "the capabilities cannot be given up");
  privilege->capabilities = 0;
  error = install_filter();
  return error == 0 ? 0 : fail(why, error, "privilege", "the system call filter cannot be installed");
}
