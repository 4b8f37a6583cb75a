/** Sizes and offsets as they lie in maps and events. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { noTypes } from "../kernel/c-declarations.ts";
import { alignOf, layoutOf, partsOf, sizeOf } from "./layout.ts";
import { show } from "./show.ts";
import { boolean, int16, int32, int64, int8, pointer, string, uint64, type Type } from "./type.ts";

const tuple = (...elements: Type[]): Type & { readonly kind: "tuple" } => ({ kind: "tuple", elements });

test("plain types", () => {
  const sizes: readonly (readonly [Type, number])[] = [
    [boolean, 1],
    [int32, 4],
    [pointer(int8, "kernel"), 8],
    [string(16), 16],
    [{ kind: "buffer", capacity: 10 }, 14],
    [{ kind: "inet" }, 24],
    [{ kind: "array", element: int16, count: 3 }, 6],
    [{ kind: "kernel-symbol" }, 8],
    [{ kind: "user-symbol" }, 16],
    [{ kind: "timestamp" }, 16],
    [{ kind: "mac-address" }, 6],
    [{ kind: "cgroup-path" }, 16],
    [{ kind: "username" }, 8],
    [{ kind: "stack", user: false, mode: "bpftrace", limit: 127 }, 1024],
    [{ kind: "stack", user: true, mode: "bpftrace", limit: 127 }, 1032],
    [{ kind: "stack", user: true, mode: "build_id", limit: 2 }, 80],
    [{ kind: "aggregation", function: "count", signed: false, parameters: [] }, 8],
    [{ kind: "aggregation", function: "min", signed: true, parameters: [] }, 16],
    [{ kind: "aggregation", function: "tseries", signed: true, parameters: [] }, 24],
  ];
  for (const [type, size] of sizes) assert.equal(sizeOf(type, noTypes), size, show(type));
});

test("elements lie at their natural alignment, and the whole is padded", () => {
  const type = tuple(int8, int64, string(3), int16);
  assert.deepEqual(layoutOf(partsOf(type), noTypes), { size: 24, align: 8, offsets: [0, 8, 16, 20] });
  assert.equal(sizeOf(type, noTypes), 24);
});

test("strings and booleans need no alignment", () => {
  assert.equal(sizeOf(tuple(string(5), boolean, int8), noTypes), 7);
  assert.equal(alignOf(tuple(string(5), boolean), noTypes), 1);
});

test("tuples nest, and an empty one has no size", () => {
  assert.deepEqual(layoutOf([int8, tuple(int8, uint64)], noTypes), { size: 24, align: 8, offsets: [0, 8] });
  assert.equal(sizeOf(tuple(), noTypes), 0);
});
