// probes.bpf.c: one program for each kind of attachment that the loader's tests use. generate.sh makes probes.ll of it.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <linux/types.h>

char LICENSE[] SEC("license") = "GPL";

struct event {
  __u64 site, sequence;
};

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, 1 << 20);
} ring SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 10240);
  __type(key, __u64);
  __type(value, __u64);
} counts SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_HASH);
  __uint(max_entries, 1024);
  __type(key, __u32);
  __type(value, __u32); // smaller than 8: the kernel pads each cpu's part
} percpu_counts SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
  __uint(max_entries, 4);
  __type(key, __u32);
  __type(value, __u64);
} percpu_slots SEC(".maps");

const volatile __u32 wanted_process; // 0: every process
const volatile __u64 burst_length = 3;
__u64 sequence, lost;
char resizable[8] SEC(".bss.room");

static __always_inline int is_wanted(void) {
  return wanted_process == 0 || bpf_get_current_pid_tgid() >> 32 == wanted_process;
}

static __always_inline void count(__u64 key) {
  __u64 one = 1, *value = bpf_map_lookup_elem(&counts, &key);
  if (value)
    __sync_fetch_and_add(value, 1);
  else
    bpf_map_update_elem(&counts, &key, &one, BPF_ANY);
}

static __always_inline void emit(__u64 site) {
  struct event *event = bpf_ringbuf_reserve(&ring, sizeof *event, 0);
  if (!event) {
    __sync_fetch_and_add(&lost, 1);
    return;
  }
  event->site = site;
  event->sequence = __sync_fetch_and_add(&sequence, 1);
  bpf_ringbuf_submit(event, BPF_RB_NO_WAKEUP);
}

SEC("probe/begin")
int begin(void *context) {
  emit(1);
  return 0;
}

SEC("probe/burst")
int burst(void *context) {
  for (__u64 i = 0; i < burst_length && i < 100000; i++) emit(2);
  resizable[0] = 1;
  return 0;
}

SEC("probe/on_tracepoint")
int on_tracepoint(void *context) {
  if (!is_wanted()) return 0;
  __u32 key = 7, first = 1, *value = bpf_map_lookup_elem(&percpu_counts, &key);
  if (value)
    *value += 1;
  else
    bpf_map_update_elem(&percpu_counts, &key, &first, BPF_ANY);
  count(bpf_get_attach_cookie(context));
  emit(3);
  return 0;
}

SEC("probe/on_clock")
int on_clock(void *context) {
  emit(4);
  return 0;
}

SEC("probe/on_function")
int on_function(void *context) {
  count(bpf_get_attach_cookie(context));
  return 0;
}

SEC("probe/on_function_multi")
int on_function_multi(void *context) {
  count(bpf_get_attach_cookie(context));
  return 0;
}

SEC("probe/on_raw")
int on_raw(void *context) {
  if (is_wanted()) count(100);
  return 0;
}

SEC("probe/on_switch")
int on_switch(void *context) {
  count(200);
  return 0;
}

struct bpf_iter_meta {
  void *seq;
};

struct task_iterator_context {
  struct bpf_iter_meta *meta;
  void *task;
};

SEC("probe/dump_tasks")
int dump_tasks(struct task_iterator_context *context) {
  static const char line[] = "task\n";
  if (context->task) {
    bpf_seq_write(context->meta->seq, line, sizeof line - 1);
    emit(5);
  }
  return 0;
}

// A record longer than a common frame, one longer than any frame, and a small one after them.
SEC("probe/giants")
int giants(void *context) {
  struct event *large = bpf_ringbuf_reserve(&ring, 300 << 10, 0);
  if (large) {
    large->site = 6;
    bpf_ringbuf_submit(large, BPF_RB_NO_WAKEUP);
  }
  struct event *giant = bpf_ringbuf_reserve(&ring, 1 << 20, 0);
  if (giant) {
    giant->site = 7;
    bpf_ringbuf_submit(giant, BPF_RB_NO_WAKEUP);
  }
  emit(8);
  return 0;
}

SEC("probe/packet")
int packet(struct xdp_md *context) {
  count(300);
  return (int)(context->data_end - context->data);
}

SEC("probe/signals")
int signals(void *context) {
  if (wanted_process == 0xffffffff) bpf_send_signal(9);
  return 0;
}
