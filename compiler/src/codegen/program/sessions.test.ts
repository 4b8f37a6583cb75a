/** Probes on entry and return as one program, for kernels that have kprobe.session. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { generateText, instructionsOf, programOf } from "../testing/generate.ts";

const session = { session: () => ({ takesContext: false, isTraceable: () => true }) };

function programs(text: string, options: Parameters<typeof generateText>[1] = session): readonly string[] {
  const { manifest } = generateText(text, options);
  return manifest.programs.map(({ function: name, attachType }) => `${name} ${attachType}`);
}

test("entry and return of one function are one program", () => {
  const text =
    "kprobe:f { @start[tid] = nsecs; } kretprobe:f { @took = nsecs - @start[tid]; print(retval); }";
  const generated = generateText(text, session);
  const [program, ...others] = generated.manifest.programs;
  assert.deepEqual(others, []);
  assert.equal(program?.attachType, "kprobe_session");
  assert.equal(program.targets[0]?.name, "kprobe:f and kretprobe:f");
  assert.deepEqual(generated.manifest.requiredFeatures.includes("kprobe_session"), true);
  const asked = instructionsOf(programOf(generated)).filter(({ kind }) => kind === "kernel-call");
  assert.equal(asked.length, 1);
  assert.match(generated.ir, /declare !dbg !\d+ i8 @bpf_session_is_return\(\) #3 section "\.ksyms"/);
});

test("a later kernel's function is given the context", () => {
  const { ir } = generateText("kprobe:f { @++; } kretprobe:f { @--; }", {
    session: () => ({ takesContext: true, isTraceable: () => true }),
  });
  assert.match(ir, /declare !dbg !\d+ i8 @bpf_session_is_return\(ptr\)/);
});

test("where the kernel has no sessions, or cannot reach the function by one, they are two", () => {
  const text = "kprobe:f { @++; } kretprobe:f { @--; }";
  const two = ["kprobe_f_1 none", "kretprobe_f_2 none"];
  assert.deepEqual(programs(text, {}), two);
  assert.deepEqual(programs(text, { session: () => undefined }), two);
  assert.deepEqual(
    programs(text, { session: () => ({ takesContext: false, isTraceable: () => false }) }),
    two,
  );
});

test("more than one probe on a side, other functions and places inside functions stay as they are", () => {
  assert.equal(programs("kprobe:f { @++; } kprobe:f { @++; } kretprobe:f { @--; }").length, 3);
  assert.equal(programs("kprobe:f { @++; } kretprobe:vfs_read { @--; }").length, 2);
  assert.equal(programs("kprobe:f+4 { @++; } kretprobe:f { @--; }").length, 2);
});

test("an answer of the script's own must not keep the return from being traced", () => {
  assert.equal(programs("kprobe:f { @++; return 1; } kretprobe:f { @--; }").length, 2);
  assert.equal(programs("kprobe:f { @++; return; } kretprobe:f { @--; }").length, 1);
});

test("which function it was is asked of the kernel on both sides", () => {
  const generated = generateText("kprobe:f { print(func); } kretprobe:f { print(func); }", session);
  const asked = instructionsOf(programOf(generated)).filter(
    (node) => node.kind === "helper" && node.helper === "get_func_ip",
  );
  assert.equal(asked.length, 2);
});
