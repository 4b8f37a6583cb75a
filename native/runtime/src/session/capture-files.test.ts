/** Capture files from events, and what is said when they cannot be written any more. */

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { packetHeader, PACKET_HEADER, type EventSite } from "@probewright/compiler";
import type { SessionEvent } from "./events.ts";
import { openCaptures } from "./capture-files.ts";

const position = { file: "x.bt", startLine: 0, startColumn: 0, endLine: 0, endColumn: 1 };

function site(file: string, offset = 0): EventSite {
  const action = { kind: "skb-output", file, offset } as const;
  return { index: 0, position, expandedFrom: [], action, fields: [], size: PACKET_HEADER };
}

/** @param length bytes that were asked for */
function packet(time: bigint, bytes: string, length = bytes.length): Buffer {
  const record = Buffer.alloc(PACKET_HEADER + bytes.length + 4);
  record.writeBigUInt64LE(time, packetHeader.time);
  record.writeBigUInt64LE(BigInt(bytes.length), packetHeader.captured);
  record.writeBigUInt64LE(BigInt(length), packetHeader.length);
  record.write(bytes, PACKET_HEADER);
  return record;
}

function inFolder(use: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "probewright-captures-"));
  try {
    use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const wallAhead = (): bigint => 5_000_000_000n;
const silent = { wallAhead, emit: () => undefined };

test("packets of two sites go into one file, sorted by time, cut at both ends", () => {
  inFolder((folder) => {
    const path = join(folder, "a.pcap");
    const [plain, later] = [site(path), site(path, 2)];
    const opened = openCaptures([plain, later], silent);
    assert.ok(opened.ok);
    opened.value.take(plain, packet(2n, "second", 9), 0);
    opened.value.take(later, packet(1n, "first"), 0);
    opened.value.take(later, packet(3n, "x"), 0);
    opened.value.close();
    const file = readFileSync(path);
    const records = file.subarray(24);
    assert.deepEqual(
      [0, 4, 8, 12].map((at) => records.readUInt32LE(at)),
      [5, 1, 3, 3],
    );
    assert.equal(records.toString("latin1", 16, 19), "rst");
    assert.deepEqual(
      [0, 4, 8, 12].map((at) => records.readUInt32LE(19 + at)),
      [5, 2, 6, 9],
    );
    assert.equal(records.toString("latin1", 35, 41), "second");
    assert.deepEqual(
      [...records.subarray(41 + 8)],
      Array.from({ length: 8 }, () => 0),
    );
  });
});

test("events that are cut short make no record", () => {
  inFolder((folder) => {
    const path = join(folder, "a.pcap");
    const only = site(path);
    const opened = openCaptures([only], silent);
    assert.ok(opened.ok);
    opened.value.take(only, packet(1n, "").subarray(0, PACKET_HEADER - 1), 0);
    opened.value.take(only, packet(1n, "whole").subarray(0, PACKET_HEADER + 2), 0);
    opened.value.close();
    assert.equal(
      readFileSync(path)
        .subarray(24 + 16)
        .toString(),
      "wh",
    );
  });
});

test("the first place that cannot be written is named, and nothing stays open", () => {
  inFolder((folder) => {
    const bad = join(folder, "none", "a.pcap");
    const opened = openCaptures([site(join(folder, "good.pcap")), site(bad)], silent);
    assert.ok(!opened.ok);
    assert.match(opened.error.message, /none\/a\.pcap cannot be written: no such file or directory/);
    assert.equal(existsSync(join(folder, "good.pcap")), true);
  });
});

test("a full disk is told at once, and what is missing at the end", {
  skip: !existsSync("/dev/full") && "no /dev/full",
}, () => {
  inFolder((folder) => {
    const path = join(folder, "full.pcap");
    symlinkSync("/dev/full", path);
    const opened = openCaptures([site(path)], silent);
    assert.ok(!opened.ok);
    assert.match(opened.error.message, /no space left/);
  });
});

test("a file that becomes unwritable later", () => {
  inFolder((folder) => {
    const said: SessionEvent[] = [];
    const path = join(folder, "a.pcap");
    const only = site(path);
    let room = 1;
    const opened = openCaptures([only], {
      wallAhead,
      emit: (event) => said.push(event),
      write: (_descriptor, bytes, from) => {
        if (room === 0) throw new Error("ENOSPC: no space left on device, write");
        room -= 1;
        return bytes.length - from;
      },
    });
    assert.ok(opened.ok);
    for (const time of [1n, 2n, 3n]) {
      opened.value.take(only, packet(time, "p"), 0);
      opened.value.flush();
    }
    opened.value.close();
    const texts = said.map((event) => (event.kind === "message" ? event.text : ""));
    assert.match(texts[0] ?? "", /cannot be written any more: no space left on device; it ends here/);
    assert.match(texts[1] ?? "", /up to 3 packets are missing/);
    assert.equal(texts.length, 2);
  });
});
