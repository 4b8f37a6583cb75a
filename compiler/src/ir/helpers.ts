/**
 * The BPF helpers that programs call, one row each. Numbers are the kernel's ABI: enum bpf_func_id in
 * include/uapi/linux/bpf.h.
 */

import type { IrType } from "./ir-type.ts";

export interface HelperRow {
  readonly number: number;
  readonly returns: IrType;
  readonly parameters: number;
  /**
   * `pure`: same answer for the whole run of a program and no memory touched, so LLVM may merge calls.
   * `reads`: touches no memory of ours but may answer differently each time.
   */
  readonly effect: "pure" | "reads" | "memory";
}

const rows = {
  map_lookup_elem: { number: 1, returns: "ptr", parameters: 2, effect: "memory" },
  map_update_elem: { number: 2, returns: "i64", parameters: 4, effect: "memory" },
  map_delete_elem: { number: 3, returns: "i64", parameters: 2, effect: "memory" },
  probe_read: { number: 4, returns: "i64", parameters: 3, effect: "memory" },
  ktime_get_ns: { number: 5, returns: "i64", parameters: 0, effect: "reads" },
  trace_printk: { number: 6, returns: "i64", parameters: 5, effect: "memory" },
  get_prandom_u32: { number: 7, returns: "i64", parameters: 0, effect: "reads" },
  get_smp_processor_id: { number: 8, returns: "i64", parameters: 0, effect: "pure" },
  get_current_pid_tgid: { number: 14, returns: "i64", parameters: 0, effect: "pure" },
  get_current_uid_gid: { number: 15, returns: "i64", parameters: 0, effect: "pure" },
  get_current_comm: { number: 16, returns: "i64", parameters: 2, effect: "memory" },
  get_current_task: { number: 35, returns: "i64", parameters: 0, effect: "pure" },
  probe_write_user: { number: 36, returns: "i64", parameters: 3, effect: "memory" },
  get_numa_node_id: { number: 42, returns: "i64", parameters: 0, effect: "pure" },
  probe_read_str: { number: 45, returns: "i64", parameters: 3, effect: "memory" },
  get_socket_cookie: { number: 46, returns: "i64", parameters: 1, effect: "memory" },
  override_return: { number: 58, returns: "i64", parameters: 2, effect: "memory" },
  get_stack: { number: 67, returns: "i64", parameters: 4, effect: "memory" },
  get_current_cgroup_id: { number: 80, returns: "i64", parameters: 0, effect: "pure" },
  send_signal: { number: 109, returns: "i64", parameters: 1, effect: "memory" },
  skb_output: { number: 111, returns: "i64", parameters: 5, effect: "memory" },
  probe_read_user: { number: 112, returns: "i64", parameters: 3, effect: "memory" },
  probe_read_kernel: { number: 113, returns: "i64", parameters: 3, effect: "memory" },
  probe_read_user_str: { number: 114, returns: "i64", parameters: 3, effect: "memory" },
  probe_read_kernel_str: { number: 115, returns: "i64", parameters: 3, effect: "memory" },
  send_signal_thread: { number: 117, returns: "i64", parameters: 1, effect: "memory" },
  jiffies64: { number: 118, returns: "i64", parameters: 0, effect: "reads" },
  get_ns_current_pid_tgid: { number: 120, returns: "i64", parameters: 4, effect: "memory" },
  ktime_get_boot_ns: { number: 125, returns: "i64", parameters: 0, effect: "reads" },
  seq_printf: { number: 126, returns: "i64", parameters: 5, effect: "memory" },
  seq_write: { number: 127, returns: "i64", parameters: 3, effect: "memory" },
  ringbuf_reserve: { number: 131, returns: "ptr", parameters: 3, effect: "memory" },
  ringbuf_submit: { number: 132, returns: "i64", parameters: 2, effect: "memory" },
  ringbuf_discard: { number: 133, returns: "i64", parameters: 2, effect: "memory" },
  d_path: { number: 147, returns: "i64", parameters: 3, effect: "memory" },
  per_cpu_ptr: { number: 153, returns: "i64", parameters: 2, effect: "memory" },
  this_cpu_ptr: { number: 154, returns: "i64", parameters: 1, effect: "memory" },
  get_current_task_btf: { number: 158, returns: "ptr", parameters: 0, effect: "pure" },
  for_each_map_elem: { number: 164, returns: "i64", parameters: 4, effect: "memory" },
  get_func_ip: { number: 173, returns: "i64", parameters: 1, effect: "memory" },
  get_attach_cookie: { number: 174, returns: "i64", parameters: 1, effect: "memory" },
  task_pt_regs: { number: 175, returns: "ptr", parameters: 1, effect: "pure" },
  find_vma: { number: 180, returns: "i64", parameters: 5, effect: "memory" },
  loop: { number: 181, returns: "i64", parameters: 4, effect: "memory" },
  map_lookup_percpu_elem: { number: 195, returns: "ptr", parameters: 3, effect: "memory" },
  ktime_get_tai_ns: { number: 208, returns: "i64", parameters: 0, effect: "reads" },
} as const satisfies Readonly<Record<string, HelperRow>>;

export type HelperName = keyof typeof rows;

export const helpers: Readonly<Record<HelperName, HelperRow>> = rows;
