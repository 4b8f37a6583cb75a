/* listing.c: see listing.h. */
#include "listing.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <linux/bpf.h>

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
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

static void print_functions_of(const struct bpf_prog_info* info, const struct btf* btf) {
  const char* record = (const char*)(uintptr_t)info->func_info; // NOLINT(performance-no-int-to-ptr)
  for (uint32_t i = 0; i < info->nr_func_info; i++, record += info->func_info_rec_size) {
    struct bpf_func_info function;
    memcpy(&function, record, sizeof function);
    const struct btf_type* type = btf__type_by_id(btf, function.type_id);
    const char* name = type == NULL ? NULL : btf__name_by_offset(btf, type->name_off);
    if (name != NULL) printf("function %u %s\n", info->id, name);
  }
}

/* Without BTF a program has no functions that anybody could name. */
static int print_functions(int fd) {
  struct bpf_prog_info info = {0};
  uint32_t size = sizeof info;
  int error = bpf_obj_get_info_by_fd(fd, &info, &size);
  if (error != 0 || info.btf_id == 0 || info.nr_func_info == 0 ||
      info.func_info_rec_size < sizeof(struct bpf_func_info))
    return error;
  void* records = calloc(info.nr_func_info, info.func_info_rec_size);
  struct btf* btf = records == NULL ? NULL : btf__load_from_kernel_by_id(info.btf_id);
  if (btf != NULL) {
    info = (struct bpf_prog_info){.nr_func_info = info.nr_func_info,
                                  .func_info_rec_size = info.func_info_rec_size,
                                  .func_info = (uint64_t)(uintptr_t)records};
    error = bpf_obj_get_info_by_fd(fd, &info, &size);
    if (error == 0) print_functions_of(&info, btf);
  }
  btf__free(btf);
  free(records);
  return error;
}

int print_listing(enum listing listing, const struct privilege* privilege) {
  int (*print)(int fd) = listing == LISTING_FUNCTIONS ? print_functions : print_program;
  int error =
      privilege->unprivileged ? -EPERM : print_each(bpf_prog_get_next_id, bpf_prog_get_fd_by_id, print);
  if (error == 0 && listing == LISTING_ALL)
    error = print_each(bpf_link_get_next_id, bpf_link_get_fd_by_id, print_link);
  if (error == 0) return 0;
  (void)fprintf(stderr, "probewright-loader: the kernel's list cannot be read: %s\n", strerror(-error));
  return 1;
}
