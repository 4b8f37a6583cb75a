/* target.c: see target.h. */
#include "target.h"

#include <bpf/bpf.h>
#include <linux/bpf.h>

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void targets_init(struct targets* targets) {
  *targets = (struct targets){.module_fd = -1};
}

static void forget_module(struct targets* targets) {
  btf__free(targets->module);
  if (targets->module_fd >= 0) close(targets->module_fd);
  targets->module = NULL;
  targets->module_fd = -1;
}

void targets_close(struct targets* targets) {
  forget_module(targets);
  btf__free(targets->kernel);
  targets->kernel = NULL;
}

static int need_kernel(struct targets* targets, struct failure* why) {
  if (targets->kernel != NULL) return 0;
  targets->kernel = btf__load_vmlinux_btf();
  return targets->kernel != NULL ? 0 : fail(why, -errno, "program", "the kernel's BTF cannot be read");
}

/* The kernel knows BTF objects by number; the one of a module carries its name. Returns its descriptor or
 * -errno. */
static int open_module_btf(const char* module) {
  for (uint32_t id = 0; bpf_btf_get_next_id(id, &id) == 0;) {
    int fd = bpf_btf_get_fd_by_id(id);
    if (fd == -ENOENT) continue; /* unloaded meanwhile */
    if (fd < 0) return fd;
    char name[64] = "";
    struct bpf_btf_info info = {.name = (uint64_t)(uintptr_t)name, .name_len = sizeof name};
    uint32_t size = sizeof info;
    if (bpf_obj_get_info_by_fd(fd, &info, &size) == 0 && info.kernel_btf && strcmp(name, module) == 0)
      return fd;
    close(fd);
  }
  return errno == ENOENT ? -ENOENT : -errno;
}

/* Leaves the module's BTF in `targets`; one module at a time is enough, since programs come sorted by name.
 */
static int need_module(struct targets* targets, const char* module, bool with_names, struct failure* why) {
  if (targets->module_fd < 0 || strcmp(targets->module_name, module) != 0) {
    forget_module(targets);
    int fd = open_module_btf(module);
    if (fd < 0) return fail(why, fd, "program", "the BTF of module '%s' cannot be found", module);
    targets->module_fd = fd;
    (void)snprintf(targets->module_name, sizeof targets->module_name, "%s", module);
  }
  if (!with_names || targets->module != NULL) return 0;
  int error = need_kernel(targets, why);
  if (error != 0) return error;
  targets->module = btf__load_module_btf(module, targets->kernel);
  return targets->module != NULL
             ? 0
             : fail(why, -errno, "program", "the BTF of module '%s' cannot be read", module);
}

/* How the kernel names the BTF type of a target. Source: bpf_check_attach_target, kernel/bpf/verifier.c. */
static int find_by_name(const struct btf* btf, uint32_t first_id, uint32_t attach_type,
                        const char* function) {
  char name[320];
  const char* prefix = "";
  uint32_t kind = BTF_KIND_FUNC;
  switch (attach_type) {
  case BPF_TRACE_RAW_TP:
    prefix = "btf_trace_";
    kind = BTF_KIND_TYPEDEF;
    break;
  case BPF_TRACE_ITER: prefix = "bpf_iter_"; break;
  case BPF_LSM_MAC: prefix = "bpf_lsm_"; break;
  default: break;
  }
  (void)snprintf(name, sizeof name, "%s%s", prefix, function);
  if (first_id == 1) return btf__find_by_name_kind(btf, name, kind);
  /* A module's own types follow the kernel's: a function of the same name in the kernel is another one. */
  for (uint32_t id = first_id, end = btf__type_cnt(btf); id < end; id++) {
    const struct btf_type* type = btf__type_by_id(btf, id);
    const char* own = type == NULL ? NULL : btf__name_by_offset(btf, type->name_off);
    if (own != NULL && btf_kind(type) == kind && strcmp(own, name) == 0) return (int)id;
  }
  return -ENOENT;
}

static int find_in_program(const struct target_query* query, struct failure* why) {
  struct bpf_prog_info info = {0};
  uint32_t size = sizeof info;
  int error = bpf_obj_get_info_by_fd(query->program_fd, &info, &size);
  if (error != 0) return fail(why, error, "program", "the target program cannot be looked at");
  struct btf* btf = info.btf_id == 0 ? NULL : btf__load_from_kernel_by_id(info.btf_id);
  if (btf == NULL) return fail(why, -ENOENT, "program", "the target program has no BTF");
  int id = btf__find_by_name_kind(btf, query->function, BTF_KIND_FUNC);
  btf__free(btf);
  return id > 0 ? id
                : fail(why, -ENOENT, "program", "the target program has no function '%s'", query->function);
}

static int find_in_kernel(struct targets* targets, const struct target_query* query, struct failure* why) {
  bool in_module = query->module != NULL;
  int error = in_module ? need_module(targets, query->module, true, why) : need_kernel(targets, why);
  if (error != 0) return error;
  const struct btf* btf = in_module ? targets->module : targets->kernel;
  uint32_t first_id = in_module ? btf__type_cnt(targets->kernel) : 1;
  int id = find_by_name(btf, first_id, query->attach_type, query->function);
  return id > 0 ? id : fail(why, -ENOENT, "program", "the BTF has no target '%s'", query->function);
}

int find_target(struct targets* targets, const struct target_query* query, struct target* target,
                struct failure* why) {
  *target = (struct target){.btf_id = query->btf_id, .program_fd = query->program_fd};
  if (query->btf_id == 0) {
    if (query->function == NULL) return fail(why, -EINVAL, "program", "the program has no target");
    int id = query->program_fd > 0 ? find_in_program(query, why) : find_in_kernel(targets, query, why);
    if (id < 0) return id;
    target->btf_id = (uint32_t)id;
  }
  if (query->module == NULL || query->program_fd > 0) return 0;
  int error = need_module(targets, query->module, false, why);
  target->btf_fd = targets->module_fd;
  return error;
}

const char* find_function_name(struct targets* targets, uint32_t btf_id) {
  struct failure ignored;
  if (need_kernel(targets, &ignored) != 0) return NULL;
  const struct btf_type* type = btf__type_by_id(targets->kernel, btf_id);
  return type != NULL && btf_is_func(type) ? btf__name_by_offset(targets->kernel, type->name_off) : NULL;
}
