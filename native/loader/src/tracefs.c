/* tracefs.c: see tracefs.h. */
#include "tracefs.h"

#include <linux/mount.h>

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A mount of our own that has no place in the tree; gone with its descriptor. */
static int mount_privately(void) {
  int context = (int)syscall(SYS_fsopen, "tracefs", FSOPEN_CLOEXEC);
  if (context < 0) return -errno;
  int mounted = -1;
  if (syscall(SYS_fsconfig, context, FSCONFIG_CMD_CREATE, NULL, NULL, 0) == 0)
    mounted = (int)syscall(SYS_fsmount, context, FSMOUNT_CLOEXEC, 0);
  int error = mounted < 0 ? -errno : 0;
  close(context);
  return error != 0 ? error : mounted;
}

static int open_tracefs(struct failure* why) {
  static const char* const places[] = {"/sys/kernel/tracing", "/sys/kernel/debug/tracing"};
  int error = -ENOENT;
  for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
    int root = open(places[i], O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (root < 0 && errno == EACCES) error = -EACCES;
    if (root < 0) continue;
    /* An unmounted place is an empty folder. */
    if (faccessat(root, "events", F_OK, AT_EACCESS) == 0) return root;
    if (errno == EACCES) error = -EACCES;
    close(root);
  }
  int root = error == -ENOENT ? mount_privately() : error;
  if (root >= 0) return root;
  return fail(why, error == -EACCES ? -EACCES : -ENODEV, "tracefs", "tracefs is %s",
              error == -EACCES ? "not open to this user" : "not mounted");
}

int open_tracefs_file(const char* file, struct failure* why) {
  int root = open_tracefs(why);
  if (root < 0) return root;
  int fd = openat(root, file, O_RDONLY | O_CLOEXEC);
  int error = fd < 0 ? -errno : 0;
  close(root);
  return error == 0 ? fd : fail(why, error, "tracefs", "%s: %s", file, strerror(-error));
}

/* One component of a path, so that no request can leave the events folder. */
static bool is_component(const char* name) {
  return name[0] != '\0' && name[0] != '.' && strchr(name, '/') == NULL;
}

int open_event_file(const char* category, const char* event, const char* file, struct failure* why) {
  if (!is_component(category) || !is_component(event))
    return fail(why, -EINVAL, "tracefs", "'%s:%s' is no tracepoint name", category, event);
  char path[600];
  (void)snprintf(path, sizeof path, "events/%s/%s/%s", category, event, file);
  return open_tracefs_file(path, why);
}

int read_tracepoint_id(const char* category, const char* event, uint64_t* id, struct failure* why) {
  int fd = open_event_file(category, event, "id", why);
  if (fd < 0) return fd;
  char text[32] = "";
  ssize_t got = read(fd, text, sizeof text - 1);
  close(fd);
  char* end = text;
  if (got > 0) *id = strtoull(text, &end, 10);
  return end != text ? 0 : fail(why, -EIO, "tracefs", "%s:%s has no id", category, event);
}
