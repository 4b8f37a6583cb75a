/** Kept objects: found again for the same IR, and never believed when somebody else could have written them. */

import assert from "node:assert/strict";
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { unmet } from "@probewright/tests/harness/needs";
import { openObjectCache } from "./object-cache.ts";

const skip = unmet("llvm-bindings");
const object = Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 1, 2, 3]);

function folderFor(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "probewright-objects-"));
  context.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** A cache that holds `object` for the IR `kept`, and the file it is in. */
async function filled(context: TestContext): Promise<{
  readonly find: (ir: string) => Uint8Array | undefined;
  readonly folder: string;
  readonly file: string;
}> {
  const folder = folderFor(context);
  const cache = openObjectCache({ PROBEWRIGHT_OBJECT_CACHE: folder });
  assert.ok(cache !== undefined);
  cache.keep("kept", object);
  while (!readdirSync(folder).some((name) => !name.includes("."))) await sleep(1);
  const [name = ""] = readdirSync(folder);
  return { find: cache.find, folder, file: join(folder, name) };
}

test("an object is found for its IR and for no other", { skip }, async (context) => {
  const { find } = await filled(context);
  assert.deepEqual(Buffer.from(find("kept") ?? []), Buffer.from(object));
  assert.equal(find("kepu"), undefined);
});

test("a damaged entry is none", { skip }, async (context) => {
  const { find, file } = await filled(context);
  const whole = readFileSync(file);
  for (const bytes of [whole.length - 1, 8, 0]) {
    truncateSync(file, bytes);
    assert.equal(find("kept"), undefined);
    writeFileSync(file, whole);
  }
  assert.ok(find("kept") !== undefined);
});

test("what others may write is not believed", { skip }, async (context) => {
  const { find, folder, file } = await filled(context);
  chmodSync(file, 0o620);
  assert.equal(find("kept"), undefined);
  chmodSync(file, 0o600);
  chmodSync(folder, 0o707);
  assert.equal(find("kept"), undefined);
  chmodSync(folder, 0o700);
  assert.ok(find("kept") !== undefined);
});

test("nothing is kept where it is turned off or cannot be", { skip }, () => {
  assert.equal(openObjectCache({ PROBEWRIGHT_OBJECT_CACHE: "off" }), undefined);
  const nowhere = openObjectCache({ PROBEWRIGHT_OBJECT_CACHE: "/proc/none" });
  nowhere?.keep("kept", object);
  assert.equal(nowhere?.find("kept"), undefined);
});
