/*
 * privilege.h: who started us, what we may do, and giving it up. The real user is the one who gets things
 * done for him: root (also through sudo), or somebody who runs a loader that carries file capabilities.
 */
#ifndef PROBEWRIGHT_PRIVILEGE_H
#define PROBEWRIGHT_PRIVILEGE_H

#include "failure.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct privilege {
  uid_t real_user, effective_user;
  gid_t real_group, effective_group;
  uint64_t capabilities; /* effective, after what we never need was given up */
  bool unprivileged;     /* the real user is not root */
  bool may_pin;
};

/*
 * First thing in main: forgets the environment, dies with the parent, gives up capabilities that no request
 * needs, forbids new privileges, raises limits. 0 or -errno.
 */
int establish_privilege(struct privilege* privilege);

/* Opens a regular file for reading with nothing but the real user's rights. A descriptor (the caller's) or
 * -errno. */
int open_as_real_user(const struct privilege* privilege, const char* path, struct failure* why);

/* Gives up all capabilities and puts the system call filter in place. 0 or -errno. */
int seal_process(struct privilege* privilege, struct failure* why);

#endif
