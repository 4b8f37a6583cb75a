/* listing.c: see listing.h. */
#include "listing.h"

#include <bpf/bpf.h>
#include <linux/bpf.h>

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int print_program(int fd) {
  struct bpf_prog_info info = {0};
  uint32_t size = sizeof info;
  int error = bpf_obj_get_info_by_fd(fd, &info, &size);
  if (error == 0) printf("program %u %u %s\n", info.id, info.type, info.name);
  return error;
}

static int print_link(int fd) {
  struct bpf_link_info info = {0};
  uint32_t size = sizeof info;
  int error = bpf_obj_get_info_by_fd(fd, &info, &size);
  if (error == 0) printf("link %u %u %u\n", info.id, info.type, info.prog_id);
  return error;
}

/* What vanishes between its id and its descriptor is passed over. */
static int print_each(int (*next)(uint32_t start, uint32_t* id), int (*open_id)(uint32_t id),
                      int (*print)(int fd)) {
  uint32_t id = 0;
  int error;
  while ((error = next(id, &id)) == 0) {
    int fd = open_id(id);
    if (fd == -ENOENT) continue;
    if (fd < 0) return fd;
    error = print(fd);
    close(fd);
    if (error != 0) return error;
  }
  return error == -ENOENT ? 0 : error;
}

int print_listing(const struct privilege* privilege) {
  int error = privilege->unprivileged
                  ? -EPERM
                  : print_each(bpf_prog_get_next_id, bpf_prog_get_fd_by_id, print_program);
  if (error == 0) error = print_each(bpf_link_get_next_id, bpf_link_get_fd_by_id, print_link);
  if (error == 0) return 0;
  (void)fprintf(stderr, "probewright-loader: the kernel's list cannot be read: %s\n", strerror(-error));
  return 1;
}
