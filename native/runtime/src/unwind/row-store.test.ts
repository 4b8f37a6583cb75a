/** Rows of call frame information: those of this machine's files against what binutils say, and of bytes that are none. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { test } from "node:test";

import fc from "fast-check";
import { unwindRow } from "@probewright/compiler";
import { unmet } from "@probewright/tests/harness/needs";
import { fileSource, openElf } from "../facts/elf.ts";
import { findLibrary } from "../facts/library-cache.ts";
import { frameSectionOf } from "./process-memory.ts";
import type { FrameSection } from "./frame-entries.ts";
import type { Place } from "./frame-expression.ts";
import { RowStore } from "./row-store.ts";
import type { Rule } from "./rule.ts";

const skip = unmet("linux", "gcc");
const MOST = 1 << 22;

interface Row {
  readonly address: number;
  readonly rule: Rule;
}

function rowsOf(section: FrameSection): readonly Row[] {
  const store = new RowStore(MOST);
  const found = store.add(section);
  assert.ok(found !== undefined);
  const bytes = Buffer.from(store.rowBytes(found.first, found.count));
  return Array.from({ length: found.count }, (_, i) => {
    const at = i * unwindRow.bytes;
    const rule = store.rules[bytes.readUInt32LE(at + unwindRow.rule)];
    assert.ok(rule !== undefined);
    return { address: bytes.readUInt32LE(at + unwindRow.address), rule };
  });
}

function sectionOf(path: string): FrameSection {
  const elf = openElf(fileSource(path));
  assert.ok(elf.ok);
  const section = frameSectionOf(elf.value);
  assert.ok(section !== undefined);
  return section;
}

function ruleAt(rows: readonly Row[], address: number): Rule | undefined {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle]?.address ?? 0) <= address) low = middle + 1;
    else high = middle;
  }
  return rows[low - 1]?.rule;
}

/** Lines of `readelf -wF` about each address: where the frame is, and the frame pointer and the return address. */
function* tableOf(
  path: string,
): Generator<{ address: number; frame: string; pointer: string; caller: string }> {
  const { stdout } = spawnSync("readelf", ["--debug-dump=frames-interp", path], {
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  let columns: readonly string[] = [];
  for (const line of stdout.split("\n")) {
    const words = line.trim().split(/\s+/);
    if (words[0] === "LOC") columns = words;
    const [first = ""] = words;
    if (!/^[0-9a-f]{16}$/.test(first) || words.length !== columns.length) continue;
    const cell = (name: string): string => words[columns.indexOf(name)] ?? "u";
    yield { address: parseInt(first, 16), frame: cell("CFA"), pointer: cell("rbp"), caller: cell("ra") };
  }
}

function spelt({ base, offset }: Place): string {
  const name = base === "frame" ? "c" : base === "stack-pointer" ? "rsp" : "rbp";
  return `${name}${offset < 0 ? "" : "+"}${offset.toString()}`;
}

for (const name of ["libc.so.6", "libm.so.6"]) {
  test(`each row of ${name} is as readelf has it`, { skip }, () => {
    const path = realpathSync(findLibrary(name, "", process.arch) ?? "");
    const rows = rowsOf(sectionOf(path));
    assert.ok(rows.every(({ address }, i) => i === 0 || address > (rows[i - 1]?.address ?? 0)));
    let compared = 0;
    for (const { address, frame, pointer, caller } of tableOf(path)) {
      // Entries without a length, and those of common entries, are of no address.
      const rule = ruleAt(rows, address);
      if (rule?.kind !== "known" || frame === "exp" || caller !== "c-8") continue;
      assert.equal(spelt(rule.frame), frame, address.toString(16));
      const saved = typeof rule.pointer === "string" ? rule.pointer : spelt(rule.pointer);
      if (pointer !== "exp") assert.equal(saved, pointer === "u" || pointer === "s" ? "same" : pointer);
      compared += 1;
    }
    assert.ok(compared > 2000, compared.toString());
  });
}

test("a signal's return and the entries of a PLT have rules", { skip }, () => {
  const path = realpathSync(findLibrary("libc.so.6", "", process.arch) ?? "");
  const rows = rowsOf(sectionOf(path));
  const interrupted = rows.filter(({ rule }) => rule.kind === "known" && rule.interruptedAt === 168);
  assert.equal(interrupted.length, 1);
  const [{ rule } = { rule: undefined }] = interrupted;
  assert.deepEqual(rule, {
    kind: "known",
    frame: { base: "stack-pointer", offset: 160, read: 0 },
    pointer: { base: "stack-pointer", offset: 120, read: undefined },
    interruptedAt: 168,
  });
});

test("bytes that are no call frame information give rows that are sorted, or none", { skip }, () => {
  const { bytes, address } = sectionOf("/bin/sh");
  const change = fc.record({ at: fc.nat(), to: fc.nat({ max: 255 }) });
  fc.assert(
    fc.property(fc.nat({ max: bytes.length }), fc.array(change, { maxLength: 40 }), (length, changes) => {
      const damaged = Buffer.from(bytes.subarray(0, length));
      for (const { at, to } of changes) if (length > 0) damaged[at % length] = to;
      const rows = rowsOf({ bytes: damaged, address });
      assert.ok(rows.every((row, i) => i === 0 || row.address > (rows[i - 1]?.address ?? 0)));
    }),
    { numRuns: 200 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (random) => {
      rowsOf({ bytes: Buffer.from(random), address: 0x1000 });
    }),
    { numRuns: 500 },
  );
});
