/** Renaming is exact: every name of every example, renamed, compiles to the same instructions in every program. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { compileCore, createLocator, openDocument, type KernelFacts } from "@probewright/compiler";
import { nativeParser } from "@probewright/grammar/testing";
import { compileIr } from "@probewright/llvm-bindings";
import { openDefaultProfile, withHostFiles } from "@probewright/runtime";
import { namedThings, rename, takeSnapshot, type NamedThing, type Snapshot } from "@probewright/server/ide";

import { unmet } from "./harness/needs.ts";

const folder = fileURLToPath(new URL("../examples/", import.meta.url));
const parser = nativeParser();

function snapshotOf(text: string, facts: KernelFacts): Snapshot {
  return takeSnapshot("file:///example.bt", 1, openDocument(text, parser), facts, parser);
}

/** Instructions of every program section by its name; undefined when this kernel lacks what the script needs. */
function programsOf({ analysis, text, facts }: Snapshot): Readonly<Record<string, string>> | undefined {
  const { core, files } = analysis();
  if (core === undefined) return undefined;
  const locator = createLocator(files.map((file) => ({ ...file, text: file.text ?? text })));
  const { ir } = compileCore(core, {
    file: "example.bt",
    locate: (place) => locator.position(place),
    sourceText: (file) => locator.text(file),
    architecture: facts.architecture,
    hasFeature: facts.hasFeature,
    warnings: "default",
  });
  const made = compileIr(ir, { stackSizeLimit: Infinity });
  assert.ok(made.kind === "ok", made.kind === "ok" ? "" : made.message);
  return programSections(made.object);
}

const EXECUTABLE = 0x4n;
const SECTION_HEADER_BYTES = 64;

/** The executable sections of an ELF file, as hexadecimal text. */
function programSections(bytes: Uint8Array): Readonly<Record<string, string>> {
  const file = Buffer.from(bytes);
  const table = Number(file.readBigUInt64LE(0x28));
  const header = (index: number): number => table + index * SECTION_HEADER_BYTES;
  const bodyOf = (index: number): Buffer => {
    const start = Number(file.readBigUInt64LE(header(index) + 0x18));
    return file.subarray(start, start + Number(file.readBigUInt64LE(header(index) + 0x20)));
  };
  const names = bodyOf(file.readUInt16LE(0x3e));
  const sections: Record<string, string> = {};
  for (let index = 0; index < file.readUInt16LE(0x3c); index += 1) {
    if ((file.readBigUInt64LE(header(index) + 8) & EXECUTABLE) === 0n) continue;
    const at = file.readUInt32LE(header(index));
    const name = names.toString("utf8", at, names.indexOf(0, at));
    sections[`${index} ${name}`] = bodyOf(index).toString("hex");
  }
  return sections;
}

function renamed(snapshot: Snapshot, thing: NamedThing, name: string): string {
  const offset = thing.occurrences[0]?.start ?? 0;
  const renaming = rename(snapshot, offset, name);
  assert.ok(renaming.kind === "edits", `${thing.sigil}${thing.name}: ${JSON.stringify(renaming)}`);
  return [...(renaming.files[0]?.edits ?? [])]
    .sort((left, right) => right.start - left.start)
    .reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), snapshot.text);
}

const scripts = readdirSync(folder).filter((name) => name.endsWith(".bt"));

for (const script of scripts) {
  test(`every name of examples/${script} can be another one`, { skip: unmet("llvm-bindings") }, (t) => {
    const opened = openDefaultProfile();
    assert.ok(opened.ok);
    // Programs and libraries that examples look into are this machine's.
    const facts = withHostFiles(opened.value, {
      environment: process.env,
      workingDirectory: folder,
      eager: true,
    });
    const text = readFileSync(`${folder}${script}`, "utf8");
    const snapshot = snapshotOf(text, facts);
    const before = programsOf(snapshot);
    if (before === undefined) {
      t.skip(`this machine lacks what ${script} looks into`);
      return;
    }
    assert.ok(Object.keys(before).length > 0);
    for (const [index, thing] of namedThings(snapshot).entries()) {
      // The map without a name stays without one.
      if (thing.name === "") continue;
      const changed = renamed(snapshot, thing, `another_name_${index}`);
      const after = programsOf(snapshotOf(changed, facts));
      assert.deepEqual(after, before, `${thing.sigil}${thing.name} in\n${changed}`);
    }
  });
}
