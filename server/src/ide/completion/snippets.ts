/** Whole probes and statements to start from, one row each; `${n:text}` are places to fill in. */

import type { Completion } from "./completion.ts";

export interface Snippet {
  readonly label: string;
  readonly where: "top" | "code";
  readonly summary: string;
  readonly body: string;
}

export const snippets: readonly Snippet[] = [
  {
    label: "count events by process",
    where: "top",
    summary: "How often something happens, by process name.",
    body: "${1:tracepoint:syscalls:sys_enter_openat} {\n\t@[comm] = count();\n}\n$0",
  },
  {
    label: "latency of a kernel function",
    where: "top",
    summary: "A histogram of the time between entry and return.",
    body: "kprobe:${1:vfs_read} {\n\t@start[tid] = nsecs;\n}\n\nkretprobe:${1:vfs_read} /@start[tid]/ {\n\t@us = hist((nsecs - @start[tid]) / 1000);\n\tdelete(@start, tid);\n}\n$0",
  },
  {
    label: "stacks on the CPU",
    where: "top",
    summary: "Samples kernel stacks at 99 Hz.",
    body: "profile:hz:${1:99} {\n\t@[kstack] = count();\n}\n$0",
  },
  {
    label: "print and clear a map every second",
    where: "top",
    summary: "A map's content, again and again.",
    body: "interval:s:${1:1} {\n\ttime();\n\tprint(@${2:counts});\n\tclear(@${2:counts});\n}\n$0",
  },
  {
    label: "system calls by name",
    where: "top",
    summary: "Which system calls a program makes.",
    body: 'tracepoint:syscalls:sys_enter_* /comm == "${1:bash}"/ {\n\t@[probe] = count();\n}\n$0',
  },
  {
    label: "config",
    where: "top",
    summary: "Settings of the script; stands before its probes.",
    body: "config = {\n\t${1:max_map_keys} = ${2:4096};\n}\n$0",
  },
  {
    label: "macro",
    where: "top",
    summary: "Code with a name, written out where it is used.",
    body: "macro ${1:name}(${2:value}) {\n\t${0:$2}\n}\n",
  },
  {
    label: "if",
    where: "code",
    summary: "Code for some cases only.",
    body: "if (${1:pid == 1}) {\n\t$0\n}",
  },
  {
    label: "if else",
    where: "code",
    summary: "One of two.",
    body: "if (${1:pid == 1}) {\n\t$2\n} else {\n\t$0\n}",
  },
  {
    label: "for",
    where: "code",
    summary: "Each element of a map: `$kv.0` is the key, `$kv.1` the value.",
    body: "for ($${1:kv} : @${2:map}) {\n\t$0\n}",
  },
  {
    label: "for range",
    where: "code",
    summary: "Numbers in order, without the last.",
    body: "for ($${1:i} : ${2:0}..${3:10}) {\n\t$0\n}",
  },
  {
    label: "while",
    where: "code",
    summary: "Again while something holds.",
    body: "while (${1:pid == 1}) {\n\t$0\n}",
  },
  {
    label: "unroll",
    where: "code",
    summary: "Written out so many times.",
    body: "unroll(${1:4}) {\n\t$0\n}",
  },
  {
    label: "histogram",
    where: "code",
    summary: "A distribution in powers of two.",
    body: "@${1:sizes} = hist(${2:arg2});$0",
  },
  {
    label: "linear histogram",
    where: "code",
    summary: "A distribution in equal steps.",
    body: "@${1:sizes} = lhist(${2:arg2}, ${3:0}, ${4:1000}, ${5:100});$0",
  },
  {
    label: "count by key",
    where: "code",
    summary: "Counts by a key.",
    body: "@${1:counts}[${2:comm}] = count();$0",
  },
  {
    label: "print a line",
    where: "code",
    summary: "A line of text.",
    body: 'printf("${1:%d %s}\\\\n", ${2:pid}, ${3:comm});$0',
  },
];

export function probeSnippets(from: number): readonly Completion[] {
  return toCompletions("top", from);
}

export function statementSnippets(from: number): readonly Completion[] {
  return toCompletions("code", from);
}

function toCompletions(wanted: Snippet["where"], from: number): readonly Completion[] {
  return snippets
    .filter(({ where }) => where === wanted)
    .map(({ label, summary, body }) => ({
      label,
      kind: "snippet",
      detail: "snippet",
      documentation: `${summary}\n\n\`\`\`bpftrace\n${withoutStops(body).trim()}\n\`\`\``,
      from,
      insert: body,
      snippet: true,
      rank: 700,
    }));
}

/** A snippet's text as if each place was filled in with what it suggests. */
export function withoutStops(body: string): string {
  return body
    .replace(/\$\{\d+:((?:[^{}$]|\$(?!\d))*)\}/g, "$1")
    .replace(/\$\{\d+:\$(\d)\}/g, "value")
    .replace(/\$\d/g, "")
    .replaceAll("\\\\", "\\");
}
