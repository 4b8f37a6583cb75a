/** What reaches a stream of a message. */

import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { test } from "node:test";

import { StreamWriter } from "./stream-writer.ts";

interface Sink {
  readonly stream: Writable;
  readonly chunks: readonly string[];
}

function sink(failure?: Error): Sink {
  const chunks: string[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk.toString("utf8"));
      done(failure);
    },
  });
  return { stream, chunks };
}

test("a message is one write, with its length in bytes", async () => {
  const { stream, chunks } = sink();
  const writer = new StreamWriter(stream);
  await writer.write({ jsonrpc: "2.0", text: "größer" } as never);
  await writer.write({ jsonrpc: "2.0" });
  assert.deepEqual(chunks, [
    'Content-Length: 35\r\n\r\n{"jsonrpc":"2.0","text":"größer"}',
    'Content-Length: 17\r\n\r\n{"jsonrpc":"2.0"}',
  ]);
});

test("a message is on its way when the call returns", () => {
  const { stream, chunks } = sink();
  void new StreamWriter(stream).write({ jsonrpc: "2.0" });
  assert.equal(chunks.length, 1);
});

test("a stream that takes nothing is told of", async () => {
  const { stream } = sink(new Error("nobody listens"));
  const writer = new StreamWriter(stream);
  const told: string[] = [];
  writer.onError(([error]) => told.push(error.message));
  await assert.rejects(writer.write({ jsonrpc: "2.0" }), /nobody listens/);
  assert.ok(told.includes("nobody listens"));
});
