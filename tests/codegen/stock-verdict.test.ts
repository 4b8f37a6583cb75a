/** Whether a script would exceed the stack with stock bpftrace: our verdict against the frames that bpftrace makes. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { openDefaultProfile } from "@probewright/runtime";

import { toolPaths, unmet } from "../harness/needs.ts";
import { stackFindingsOf } from "./compile.ts";
import type { NamedProgram } from "../conformance/programs.ts";
import { classicScripts, scriptsIn } from "./programs.ts";
import { deepestStack } from "./stock-frames.ts";

const MOST = 512;

const repeat = (count: number, text: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => text(i)).join(" ");

/** Scripts of a kind, by how many values of it they have. */
const kinds: Readonly<Record<string, (count: number) => string>> = {
  "tuples printed": (count) =>
    `begin { ${repeat(count, (i) => `$v${i} = (pid, nsecs, ${i});`)} ${repeat(count, (i) => `print($v${i});`)} }`,
  "tuples as keys": (count) =>
    `begin { ${repeat(count, (i) => `$v${i} = (pid, nsecs, ${i});`)} ${repeat(count, (i) => `@m[$v${i}] = ${i};`)} }`,
  "keys in place": (count) => `begin { ${repeat(count, (i) => `@m[pid, nsecs, ${i}] = ${i};`)} }`,
  "names kept": (count) =>
    `begin { ${repeat(count, (i) => `$c${i} = comm;`)} ${repeat(count, (i) => `@[$c${i}] = ${i};`)} }`,
  "numbers kept": (count) =>
    `begin { ${repeat(count, (i) => `$n${i} = nsecs;`)} ${repeat(count, (i) => `print($n${i});`)} }`,
  "short strings": (count) =>
    `begin { ${repeat(count, (i) => `$s${i} = str(0, 24);`)} ${repeat(count, (i) => `@[$s${i}] = ${i};`)} }`,
  "names in a loop": (count) =>
    `begin { ${repeat(count, (i) => `$c${i} = comm;`)} for ($i : 0..3) { ${repeat(count, (i) => `@[$c${i}] = $i;`)} } }`,
  "numbers in a loop": (count) =>
    `begin { ${repeat(count, (i) => `$n${i} = nsecs;`)} for ($i : 0..3) { ${repeat(count, (i) => `@[${i}] = $n${i};`)} } }`,
  "counts by name": (count) =>
    `begin { ${repeat(count, (i) => `@a${i}[comm, pid] = count(); @h${i}[comm] = hist(nsecs);`)} }`,
  "maps read": (count) =>
    `begin { @m[1] = (pid, nsecs); ${repeat(count, (i) => `$t${i} = @m[${i}];`)} ${repeat(count, (i) => `@n[$t${i}] = 1;`)} }`,
};
const counts = [4, 18, 36];

const made = Object.entries(kinds).flatMap(([kind, text]) =>
  counts.map((count): NamedProgram => ({ id: `${count} ${kind}`, text: text(count) })),
);

/** What the object takes; Infinity when LLVM refuses to make it; undefined when bpftrace does not take the script. */
function stackOfStock(text: string): number | undefined {
  const folder = mkdtempSync(join(tmpdir(), "probewright-stock-"));
  try {
    const [script, object] = [join(folder, "script.bt"), join(folder, "object")];
    writeFileSync(script, text);
    const { stderr } = spawnSync(toolPaths.bpftrace, ["--unsafe", "--emit-elf", object, script], {
      encoding: "utf8",
    });
    if (stderr.includes("BPF stack limit is exceeded")) return Infinity;
    return existsSync(object) ? deepestStack(readFileSync(object)) : undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("the verdict for stock bpftrace is what its own frames say", {
  skip: unmet("root", "bpf", "bpftrace", "llvm-bindings"),
}, () => {
  const profile = openDefaultProfile();
  assert.ok(profile.ok);
  const wrong: string[] = [];
  const seen = { fits: 0, exceeds: 0, refused: 0 };
  for (const { id, text } of [...made, ...scriptsIn(classicScripts)]) {
    const findings = stackFindingsOf(text, profile.value);
    const real = stackOfStock(text);
    if (findings === undefined || real === undefined) {
      seen.refused += 1;
      continue;
    }
    const told = findings.find(({ code }) => code === "PW7603");
    seen[real > MOST ? "exceeds" : "fits"] += 1;
    if ((told !== undefined) !== real > MOST) wrong.push(`${id}: ${told?.message ?? "fits"}; really ${real}`);
  }
  console.log(
    `${seen.fits} scripts fit, ${seen.exceeds} exceed, ${seen.refused} are not taken by one of the two`,
  );
  assert.deepEqual(wrong, []);
  assert.ok(seen.fits >= 20 && seen.exceeds >= 5);
});
