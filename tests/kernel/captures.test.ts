/** Capture files of `skboutput()`: every packet that a program sent, whole, in order of time. */

import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { existsSync, readFileSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { unmet } from "../harness/needs.ts";
import { execute, start } from "./execute.ts";
import { openWorkshop, type Workshop } from "./workload.ts";

const lacks = unmet("linux", "root", "bpf", "loader", "llvm-bindings", "executable");
const loopback = Object.values(networkInterfaces()).some(
  (each) => each?.some(({ internal }) => internal) === true,
);
const skip = lacks === false && !loopback ? "no loopback interface is up" : lacks;

let shop: Workshop;
before(() => {
  if (skip === false) shop = openWorkshop();
});
after(() => {
  if (skip === false) shop.close();
});

interface Packet {
  readonly time: bigint;
  readonly length: number;
  readonly bytes: Buffer;
}

function readCapture(path: string): readonly Packet[] {
  const file = readFileSync(path);
  assert.equal(file.readUInt32LE(0), 0xa1b23c4d, "times in nanoseconds");
  assert.equal(file.readUInt32LE(20), 101, "raw IP");
  const packets: Packet[] = [];
  for (let at = 24; at < file.length; ) {
    const [seconds, rest] = [file.readUInt32LE(at), file.readUInt32LE(at + 4)];
    const size = file.readUInt32LE(at + 8);
    const bytes = file.subarray(at + 16, at + 16 + size);
    packets.push({
      time: BigInt(seconds) * 1_000_000_000n + BigInt(rest),
      length: file.readUInt32LE(at + 12),
      bytes,
    });
    at += 16 + size;
  }
  return packets;
}

/** UDP over IPv4 to the port, sent by nobody else. */
function sentTo(port: number, packets: readonly Packet[]): readonly Packet[] {
  return packets.filter(
    ({ bytes }) => bytes[0] === 0x45 && bytes[9] === 17 && bytes.readUInt16BE(22) === port,
  );
}

const DATAGRAMS = 40;
/** Of IPv4 and UDP. */
const HEADERS = 28;

async function sendDatagrams(): Promise<number> {
  const [from, to] = [createSocket("udp4"), createSocket("udp4")];
  await new Promise<void>((done) => {
    to.bind(0, "127.0.0.1", done);
  });
  const { port } = to.address();
  for (let i = 0; i < DATAGRAMS; i += 1) {
    const text = Buffer.from(`datagram ${i.toString()} `.repeat(1 + i * 8));
    await new Promise<void>((done, failed) => {
      from.send(text, port, "127.0.0.1", (error) => {
        if (error === null) done();
        else failed(error);
      });
    });
  }
  from.close();
  to.close();
  return port;
}

test("packets reach their file whole and in order", { skip }, async () => {
  const [whole, heads] = [join(shop.folder, "whole.pcap"), join(shop.folder, "heads.pcap")];
  const run = start([
    "run",
    "-e",
    `rawtracepoint:netif_receive_skb {
       if (skboutput("${whole}", args.skb, args.skb.len, 0) != 0) { @failed++; }
       _ = skboutput("${heads}", args.skb, 28, 8);
     }`,
  ]);
  await run.seen("Attached");
  const port = await sendDatagrams();
  run.child.kill("SIGINT");
  const { code, stdout, stderr } = await run.done;
  assert.equal(code, 0, stderr);
  assert.doesNotMatch(stdout, /@failed/, stderr);

  const all = readCapture(whole);
  assert.ok(all.every(({ time }, i) => i === 0 || time >= (all[i - 1]?.time ?? 0n)));
  const now = BigInt(Date.now()) * 1_000_000n;
  const last = all.at(-1)?.time ?? 0n;
  assert.ok(last <= now + 1_000_000_000n && last > now - 600_000_000_000n, last.toString());
  const ours = sentTo(port, all);
  assert.equal(ours.length, DATAGRAMS);
  ours.forEach(({ bytes, length }, i) => {
    assert.equal(bytes.length, length);
    assert.equal(bytes.subarray(HEADERS).toString(), `datagram ${i.toString()} `.repeat(1 + i * 8));
  });
  const cut = readCapture(heads).filter(({ bytes }) => bytes[1] === 17 && bytes.readUInt16BE(14) === port);
  assert.equal(cut.length, DATAGRAMS);
  assert.ok(cut.every(({ bytes, length }) => bytes.length === 20 && length === 20));
});

test("more than a packet has is told by the result, and said", { skip }, async () => {
  const file = join(shop.folder, "long.pcap");
  const run = start([
    ...["run", "-e"],
    `rawtracepoint:netif_receive_skb { @[(int32)skboutput("${file}", args.skb, 1 << 20, 0)] = count(); }`,
  ]);
  await run.seen("Attached");
  await sendDatagrams();
  run.child.kill("SIGINT");
  const { stdout, stderr } = await run.done;
  assert.match(stdout, /^@\[-14\]: \d+$/m);
  assert.match(stderr, /skb_output failed/);
  assert.equal(readCapture(file).length, 0);
});

test("a place that cannot be written ends the run before it begins", { skip }, async () => {
  const script = (file: string): string =>
    `rawtracepoint:netif_receive_skb { _ = skboutput("${file}", args.skb, args.skb.len, 0); }`;
  const refused = await execute(["run", "-e", script("/proc/no/such/place.pcap")]);
  assert.equal(refused.code, 255);
  assert.match(refused.stderr, /\/proc\/no\/such\/place\.pcap cannot be written: no such file/);
  assert.doesNotMatch(refused.stdout, /Attached/);
  const file = join(shop.folder, "dry.pcap");
  const dry = await execute(["run", "--dry-run", "-e", script(file)]);
  assert.equal(dry.code, 0, dry.stderr);
  assert.equal(existsSync(file), false);
});
