/** Maps that the kernel does not make: named as the script names them. */

import assert from "node:assert/strict";
import { constants } from "node:os";
import { test } from "node:test";

import type { Manifest } from "@probewright/compiler";
import { explainMapFailure } from "./map-failure.ts";

const { ENOMEM } = constants.errno;
const position = { file: "x.bt", startLine: 0, startColumn: 0, endLine: 0, endColumn: 2 };
const map = { object: "AT_big", name: "big", maxEntries: 1000, keySize: 8, valueSize: 16, position };
const manifest = { maps: [map], ringBuffer: "events" } as unknown as Pick<Manifest, "maps" | "ringBuffer">;
const failed = (name: string): string => `map '${name}': failed to create: Cannot allocate memory(-12)`;

test("a map that is too big is named, with its size and its place", () => {
  const failure = explainMapFailure({ text: failed("AT_big"), errno: ENOMEM }, manifest);
  assert.match(failure?.message ?? "", /the map @big with room for 1000 entries of 24 bytes: out of memory/);
  assert.match(failure?.advice.join() ?? "", /max_map_keys/);
  assert.equal(failure?.position, position);
});

test("a ring buffer that is too big is called that", () => {
  const failure = explainMapFailure({ text: failed("events"), errno: ENOMEM }, manifest);
  assert.match(failure?.message ?? "", /the ring buffer: out of memory/);
  assert.match(failure?.advice.join() ?? "", /perf_rb_pages/);
});

test("what is about no map is left to others", () => {
  assert.equal(explainMapFailure({ text: "the object cannot be read", errno: ENOMEM }, manifest), undefined);
});
