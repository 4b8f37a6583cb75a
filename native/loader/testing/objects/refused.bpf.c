// refused.bpf.c: a program that no verifier takes. generate.sh makes refused.ll of it.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <linux/types.h>

char LICENSE[] SEC("license") = "GPL";

struct {
  __uint(type, BPF_MAP_TYPE_HASH);
  __uint(max_entries, 8);
  __type(key, __u32);
  __type(value, __u64);
} counts SEC(".maps");

SEC("probe/fine")
int fine(void *context) { return 0; }

SEC("probe/unchecked")
int unchecked(void *context) {
  __u32 key = 1;
  __u64 *value = bpf_map_lookup_elem(&counts, &key);
  return (int)*value; // may be NULL
}
