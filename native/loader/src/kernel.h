/*
 * kernel.h: numbers and layouts of the kernel's interface that are newer than the headers we may be built
 * with. Source: include/uapi/linux/bpf.h of Linux 6.12 and later; the numbers are fixed for good once
 * released.
 */
#ifndef PROBEWRIGHT_KERNEL_H
#define PROBEWRIGHT_KERNEL_H

#include <linux/bpf.h>

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

/* enum bpf_attach_type */
#define KERNEL_TRACE_KPROBE_MULTI 42u
#define KERNEL_TRACE_UPROBE_MULTI 48u
#define KERNEL_TRACE_KPROBE_SESSION 56u
#define KERNEL_TRACE_UPROBE_SESSION 57u

/* flags of both multi links */
#define KERNEL_MULTI_RETURN 1u

/* enum bpf_func_id of the helpers that change what they watch */
#define KERNEL_HELPER_PROBE_WRITE_USER 36
#define KERNEL_HELPER_OVERRIDE_RETURN 58
#define KERNEL_HELPER_SEND_SIGNAL 109
#define KERNEL_HELPER_SEND_SIGNAL_THREAD 117
#define KERNEL_HELPER_SYS_BPF 166
#define KERNEL_HELPER_SYS_CLOSE 168

static_assert(KERNEL_HELPER_PROBE_WRITE_USER == BPF_FUNC_probe_write_user, "helper ids are the kernel's");
static_assert(KERNEL_HELPER_OVERRIDE_RETURN == BPF_FUNC_override_return, "helper ids are the kernel's");
static_assert(KERNEL_HELPER_SEND_SIGNAL == BPF_FUNC_send_signal, "helper ids are the kernel's");
static_assert(KERNEL_HELPER_SEND_SIGNAL_THREAD == BPF_FUNC_send_signal_thread, "helper ids are the kernel's");
static_assert(KERNEL_TRACE_KPROBE_MULTI == BPF_TRACE_KPROBE_MULTI, "attach types are the kernel's");

/* union bpf_attr for BPF_LINK_CREATE, with the parts of the two multi kinds */
struct kernel_link_create {
  uint32_t program_fd, target_fd, attach_type, flags;
  union {
    struct {
      uint32_t flags, count;
      uint64_t symbols, addresses, cookies;
    } kprobe_multi;
    struct {
      uint64_t path, offsets, ref_ctr_offsets, cookies;
      uint32_t count, flags, pid, unused;
    } uprobe_multi;
  };
};
static_assert(offsetof(struct kernel_link_create, kprobe_multi) ==
                  offsetof(union bpf_attr, link_create.kprobe_multi),
              "the union of link_create starts where the kernel has it");
static_assert(offsetof(struct kernel_link_create, kprobe_multi.symbols) ==
                  offsetof(union bpf_attr, link_create.kprobe_multi.syms),
              "kprobe_multi is laid out as in the kernel");

/* struct bpf_link_info, as far as missed hits are told (6.7 and newer; zero before) */
struct kernel_link_info {
  uint32_t type, id, program_id, padding;
  union {
    struct {
      uint64_t addresses;
      uint32_t count, flags;
      uint64_t missed, cookies;
    } kprobe_multi;
    struct {
      uint32_t type, padding;
      uint64_t function_name;
      uint32_t name_length, offset;
      uint64_t address, missed, cookie;
    } perf_kprobe;
    uint8_t bytes[112];
  };
};
#define KERNEL_LINK_TYPE_PERF_EVENT 7u
#define KERNEL_LINK_TYPE_KPROBE_MULTI 8u
/* enum bpf_perf_event_type */
#define KERNEL_PERF_EVENT_KPROBE 3u
#define KERNEL_PERF_EVENT_KRETPROBE 4u

#endif
