/** Where going to a definition, to a type, along calls and along links leads. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { callNodeAt, incomingCalls, outgoingCalls } from "./calls.ts";
import { kernelHeader, tracepointHeader } from "./kernel-header.ts";
import { linkedSpans } from "./linked-editing.ts";
import { scriptLinks } from "./links.ts";
import { definition, typeDefinition } from "./navigate.ts";
import type { Target } from "./target.ts";
import { testKernel } from "./testing/kernel.ts";
import { open, spell } from "./testing/open.ts";

const kernel = testKernel({ "/lib.bt": "macro twice(x) { x * 2 }\n" });

/** The text that is gone to: the claim, or the line of a view or of a file. */
function leadsTo(target: Target | undefined, source: string): string | undefined {
  switch (target?.kind) {
    case "here":
      return source.slice(target.span.start, target.span.end);
    case "file":
      return `${target.name}: ${target.text.slice(target.span.start, target.span.end)}`;
    case "view": {
      const { view, subject, line } = target;
      const make = view === "kernel-type" ? kernelHeader : tracepointHeader;
      const text = make(subject, kernel)?.text.split("\n")[line] ?? "";
      return `${subject}: ${text.replace(/\/\*.*\*\//, "").trim()}`;
    }
    case undefined:
      return undefined;
  }
}

function defined(marked: string): string | undefined {
  const { snapshot, at, source } = open(marked, kernel);
  return leadsTo(definition(snapshot, at), source);
}

function typed(marked: string): string | undefined {
  const { snapshot, at, source } = open(marked, kernel);
  return leadsTo(typeDefinition(snapshot, at), source);
}

test("fields lead into generated headers, or into the script's own definition", () => {
  assert.equal(defined("fentry:vfs_read { print(args.file->f_fl<|>ags); }"), "struct file: int f_flags;");
  assert.equal(defined("fentry:vfs_read { print(args.co<|>unt); }"), "vfs_read: u64 count,");
  assert.equal(
    defined("tracepoint:sched:sched_switch { print(args.prev_<|>comm); }"),
    "sched:sched_switch: char prev_comm[16];",
  );
  assert.equal(
    defined("struct pair { int a; int b; };\nbegin { $p = (struct pair *)1; print($p.<|>b); }"),
    "b",
  );
});

test("attach points, types, enumerators and C macros have definitions too", () => {
  assert.match(defined("kprobe:vfs_<|>read { }") ?? "", /^vfs_read: long.*vfs_read\($/);
  assert.equal(defined("tracepoint:sched:sched_<|>wakeup { }"), "sched:sched_wakeup: struct args {");
  assert.equal(defined("begin { print(sizeof(struct fi<|>le)); }"), "struct file: struct file {");
  assert.equal(defined("enum color { RED, BLUE };\nbegin { print(BL<|>UE); }"), "BLUE");
  assert.equal(defined("begin { print(KIND_T<|>GID); }"), "enum pid_kind: KIND_TGID = 1,");
  assert.equal(defined("#define LIMIT 5\nbegin { print(LI<|>MIT); }"), "LIMIT");
});

test("imports lead to their file, and so do the macros in it", () => {
  assert.equal(defined('import "lib<|>.bt";\nbegin { print(twice(1)); }'), "/lib.bt: ");
  assert.equal(defined('import "lib.bt";\nbegin { print(tw<|>ice(1)); }'), "/lib.bt: twice");
});

test("a value leads to its type", () => {
  assert.equal(typed("fentry:vfs_read { $f = args.file; print($<|>f); }"), "struct file: struct file {");
  assert.equal(typed("fentry:vfs_read { @f = args.file; print(@<|>f); }"), "struct file: struct file {");
  assert.equal(typed("begin { $x = 1; print($<|>x); }"), undefined);
});

test("calls go from probes through macros to subprograms", () => {
  const { snapshot, source } = open(`
    fn low($a: int64): int64 { return $a; }
    macro high(a) { low(a) + low(1) }
    begin { print(high(2)); }
  `);
  const high = callNodeAt(snapshot, source.indexOf("high") + 1);
  assert.ok(high !== undefined);
  assert.deepEqual(
    outgoingCalls(snapshot, high).map(({ node, places }) => [node.name, places.length]),
    [["low", 2]],
  );
  assert.deepEqual(
    incomingCalls(snapshot, high).map(({ node }) => [node.kind, node.name]),
    [["probe", "begin"]],
  );
});

test("links are the imports that were found", () => {
  const { snapshot, claims } = open(
    `
    import "lib.bt";
    //     ^^^^^^^^ /lib.bt
    import "nowhere.bt";
    begin { }
  `,
    kernel,
  );
  assert.deepEqual(spell(scriptLinks(snapshot).map((link) => ({ ...link, text: link.file }))), spell(claims));
});

test("variables are edited together in their item; maps are not", () => {
  const { snapshot, at, claims } = open(`
    begin { $v = 1; print($<|>v); }
    //      ^^ here
    //                    ^^ here
    end { $v = 2; }
  `);
  const found = linkedSpans(snapshot, at) ?? [];
  assert.deepEqual(spell(found.map((span) => ({ ...span, text: "here" }))), spell(claims));
  const map = open("begin { @m = 1; print(@<|>m); }");
  assert.equal(linkedSpans(map.snapshot, map.at), undefined);
});

test("headers show holes, bit-fields and enumerators", () => {
  const text = kernelHeader("struct file", kernel)?.text ?? "";
  assert.match(text, /hole of 4 bytes at 12/);
  assert.match(text, /int f_flags; +\/\* {5}8 {5}4 \*\//);
  assert.match(kernelHeader("enum pid_kind", kernel)?.text ?? "", /KIND_TGID = 1/);
  assert.match(tracepointHeader("sched:sched_switch", kernel)?.text ?? "", /int common_pid;/);
  assert.equal(kernelHeader("struct nothing", kernel), undefined);
});
