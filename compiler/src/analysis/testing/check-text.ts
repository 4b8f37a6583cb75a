/** Analysis of a text, for tests: parsing, findings with their texts, claims of fixtures. */

import { nativeParser } from "@probewright/grammar/testing";

import { fakeKernel } from "../../kernel/fake.ts";
import type { KernelFacts } from "../../kernel/facts.ts";
import { syntaxDiagnostics } from "../../diagnostics/catalog/syntax.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { createLocator } from "../../diagnostics/locate.ts";
import { parseScript } from "../../syntax/document.ts";
import type { Script } from "../../syntax/ast.ts";
import { analyze, defaultOptions, type Analysis, type AnalysisOptions } from "../analyze.ts";

const parser = nativeParser();

export function parse(text: string): Script {
  return parseScript(text, parser);
}

/** A finding with offsets in the text. */
export interface Finding {
  readonly code: string;
  readonly severity: Diagnostic["severity"];
  readonly message: string;
  readonly start: number;
  readonly end: number;
  /** What it is about. */
  readonly text: string;
  readonly diagnostic: Diagnostic;
}

export interface Checked {
  readonly analysis: Analysis;
  /** Those of form, then those of analysis. */
  readonly findings: readonly Finding[];
}

/** A kernel with a few types, functions and tracepoints that examples use. */
export function smallKernel(): KernelFacts {
  return fakeKernel({
    name: "test kernel",
    source: "profile",
    c: `
      typedef unsigned int u32; typedef unsigned long u64; typedef int pid_t;
      struct path { void *mnt; void *dentry; };
      struct task_struct { int pid; int tgid; u64 start_time; char comm[16];
        struct task_struct *real_parent; struct task_struct *group_leader; };
      struct file { void *f_inode; int f_flags; struct path f_path; };
      struct sock { int sk_family; };
      struct sk_buff { unsigned int len; };
      struct pt_regs { u64 ip; u64 sp; };
      struct bpf_perf_event_data { u64 addr; };
      struct bpf_iter__task { struct task_struct *task; };
      int f(int a); int vfs_read(struct file *file, char *buf, u64 count); int vfs_write(struct file *file);
      int vfs_open(struct path *path, struct file *file); int filp_close(struct file *filp, void *id); int tcp_shutdown(struct sock *sk, int how);
      int __dev_queue_xmit(struct sk_buff *skb); int security_file_open(struct file *file);
      struct device_state { int __iomem *registers; };
      int mapped(struct device_state *device); int __x64_sys_getuid(void); void _raw_spin_lock(void *lock);
    `,
    tracepoints: {
      "sched:sched_switch": "int prev_pid; char prev_comm[16];",
      "sched:sched_process_exec": "__data_loc char[] filename; int pid;",
      "raw_syscalls:sys_enter": "long id;",
      "syscalls:sys_enter_openat": "int dfd; const char * filename;",
      "syscalls:sys_exit_openat": "long ret;",
      "syscalls:sys_enter_read": "unsigned int fd; char * buf; size_t count;",
      "syscalls:sys_exit_read": "long ret;",
      "syscalls:sys_enter_write": "unsigned int fd; const char * buf; size_t count;",
      "syscalls:sys_enter_execve": "const char * filename; const char *const * argv;",
    },
    binaries: { "/bin/sh": { functions: ["main", "readline"], objects: ["optind+4"] } },
    variables: { process_counts: { kind: "integer", size: 8, signed: false } },
    symbols: { jiffies: 1n },
    files: { "notes.txt": "hello" },
  });
}

export function checkText(
  text: string,
  options: Partial<AnalysisOptions> = {},
  facts: KernelFacts = smallKernel(),
): Checked {
  const script = parse(text);
  const analysis = analyze({
    script,
    sourceName: "script.bt",
    facts,
    options: { ...defaultOptions, ...options },
    parse,
  });
  const locator = createLocator([{ name: "script.bt", text, script }]);
  const findings = [...syntaxDiagnostics(script), ...analysis.diagnostics].map((diagnostic) => {
    const { code, severity, message, place } = diagnostic;
    const span = locator.absolute(place) ?? { start: 0, end: 0 };
    return { code, severity, message, ...span, text: text.slice(span.start, span.end), diagnostic };
  });
  return { analysis, findings };
}

/** Codes of errors and warnings with the text each is about. */
export function serious({ findings }: Checked): readonly string[] {
  return findings.filter(({ severity }) => severity !== "hint").map(({ code, text }) => `${code} ${text}`);
}
