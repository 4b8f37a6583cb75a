/** A small kernel for the tests of this room. */

import { fakeKernel, type KernelFacts } from "@probewright/compiler";

export function testKernel(files: Readonly<Record<string, string>> = {}): KernelFacts {
  return fakeKernel({
    name: "test kernel",
    source: "profile",
    c: `
      typedef unsigned int u32; typedef unsigned long u64;
      enum pid_kind { KIND_PID, KIND_TGID };
      struct inode { u64 i_ino; u32 i_mode; u64 i_size; };
      struct path { void *mnt; void *dentry; };
      struct file { struct inode *f_inode; int f_flags; struct path f_path; };
      struct task_struct { int pid; int tgid; u64 start_time; char comm[16]; struct task_struct *real_parent; };
      struct sock { int sk_family; };
      struct pt_regs { u64 ip; u64 sp; };
      struct bpf_iter__task { struct task_struct *task; };
      long vfs_read(struct file *file, char *buf, u64 count, u64 *pos);
      long vfs_write(struct file *file, const char *buf, u64 count);
      int vfs_open(struct path *path, struct file *file);
      int tcp_sendmsg(struct sock *sk, u64 size);
      int do_sys_openat2(int dfd);
    `,
    modules: { nfs: "int nfs_open(struct file *file);" },
    functions: ["ksys_read"],
    tracepoints: {
      "sched:sched_switch": "int prev_pid; char prev_comm[16];",
      "sched:sched_wakeup": "int pid;",
      "syscalls:sys_enter_openat": "int dfd; const char * filename; int flags;",
      "syscalls:sys_exit_openat": "long ret;",
    },
    rawTracepoints: { sched_switch: "bool preempt, struct task_struct *prev" },
    binaries: {
      "/bin/bash": { functions: ["main", "readline", "read_command"], usdt: ["bash:start -4@%edi 8@%rsi"] },
      "/bin/busybox": { functions: ["main"] },
    },
    files,
  });
}
