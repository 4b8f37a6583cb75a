/** The loader's manners on the wire: greeting, order, and what it says to frames that are wrong. Needs no privilege. */

import assert from "node:assert/strict";
import { before, test, afterEach } from "node:test";

import { endLoaders, RequestError, startLoader, TestHost, loaderPath } from "./testing/client.ts";
import { abiVersion, bytes, frame, numberOf, Payload, text, u16, u32 } from "./testing/frames.ts";
import { buildLoader } from "./testing/probes.ts";

before(buildLoader);
afterEach(endLoaders);

const EPROTO = 71;
const EOPNOTSUPP = 95;
const EMSGSIZE = 90;
const ENOENT = 2;

/** Sends raw bytes to a new loader, ends its input, and gives back its ERROR and exit code. */
async function sendRaw(
  data: Buffer,
): Promise<{ readonly errno: number; readonly stage: string; readonly code: number | null }> {
  const host = new TestHost([loaderPath]);
  host.write(data);
  host.child.stdin.end();
  const { code } = await host.exit;
  const received = host.frames.find(({ type }) => type === numberOf("REPLY_ERROR"));
  const payload = new Payload(received?.payload ?? Buffer.alloc(16));
  payload.u32();
  return { errno: payload.u32(), stage: payload.text(), code };
}

function hello(): Buffer {
  return frame(numberOf("REQUEST_HELLO"), Buffer.concat([u32(1), u32(abiVersion), u32(0)]));
}

test("the loader introduces itself, greets, and ends", async () => {
  const host = await startLoader();
  const ready = new Payload((await host.notice("READY")).payload);
  assert.equal(ready.u32(), abiVersion);
  assert.equal(ready.u32(), host.child.pid);
  assert.equal(ready.u32(), process.getuid?.());
  assert.deepEqual(await host.shutdown(), { code: 0, signal: null });
});

test("the end of input ends the loader well", async () => {
  const host = await startLoader();
  host.child.stdin.end();
  assert.deepEqual(await host.exit, { code: 0, signal: null });
});

test("a request before HELLO ends the session", async () => {
  const host = await startLoader({ greet: false });
  await assert.rejects(
    host.request("DETACH_ALL"),
    (error: RequestError) => error.errno === EPROTO && error.stage === "state",
  );
  assert.equal((await host.exit).code, 2);
});

test("another version of the protocol is refused", async () => {
  const host = await startLoader({ greet: false });
  await assert.rejects(host.request("HELLO", u32(99), u32(0)), RequestError);
  assert.equal((await host.exit).code, 2);
});

test("an oversized frame is refused before its bytes come", async () => {
  const oversized = Buffer.concat([u32(0xffff_fff0), u16(numberOf("REQUEST_LOAD")), u16(0)]);
  assert.deepEqual(await sendRaw(Buffer.concat([hello(), oversized])), {
    errno: EMSGSIZE,
    stage: "frame",
    code: 2,
  });
});

test("a header with flags is refused", async () => {
  const flagged = Buffer.concat([u32(4), u16(numberOf("REQUEST_LOAD")), u16(1), u32(2)]);
  assert.deepEqual(await sendRaw(Buffer.concat([hello(), flagged])), {
    errno: EPROTO,
    stage: "frame",
    code: 2,
  });
});

test("input that ends inside a frame is said to be cut", async () => {
  const whole = frame(numberOf("REQUEST_DETACH"), Buffer.concat([u32(2), u32(0)]));
  assert.deepEqual(await sendRaw(Buffer.concat([hello(), whole.subarray(0, 9)])), {
    errno: EPROTO,
    stage: "frame",
    code: 2,
  });
});

test("garbage ends in an error, not in a crash", async () => {
  let seed = 12345;
  const next = (): number => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) >>> 16;
  for (let round = 0; round < 20; round += 1) {
    const garbage = Buffer.from(Array.from({ length: 64 }, () => next() & 0xff));
    assert.equal((await sendRaw(Buffer.concat([hello(), garbage]))).code, 2);
  }
});

test("a wrong payload costs its request, not the session", async () => {
  const host = await startLoader();
  const refused = async (name: string, ...fields: readonly Buffer[]): Promise<RequestError> => {
    const error: unknown = await host.request(name, ...fields).then(
      () => new Error("was accepted"),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof RequestError, String(error));
    return error;
  };
  for (const fields of [[], [u32(1)], [u32(1), u32(0), u32(0)], [u32(0xffff_ffff), Buffer.alloc(8)]]) {
    assert.equal((await refused("MAP_READ", ...fields)).errno, EPROTO);
  }
  assert.equal((await refused("MAP_READ", text("a\0b"))).errno, EPROTO);
  assert.equal((await refused("MAP_READ", text("x".repeat(256)))).errno, EPROTO);
  assert.equal((await refused("MAP_READ", text("none"))).errno, ENOENT);
  assert.equal((await refused("OBJECT", bytes(Buffer.from("not an object")))).stage, "object");
  assert.equal((await refused("LOAD", u32(0), u32(0))).stage, "state");
  assert.equal((await refused("DETACH", u32(4))).errno, ENOENT);
  host.write(frame(0x7777, u32(77)));
  await assert.rejects(host.reply(77), (error: RequestError) => error.errno === EOPNOTSUPP);
  await host.request("DETACH_ALL");
  assert.equal((await host.shutdown()).code, 0);
});

test("requests are answered in their order, however many are sent at once", async () => {
  const host = await startLoader();
  const ids = Array.from({ length: 5000 }, () => host.send("DETACH_ALL"));
  await host.reply(ids.at(-1) ?? 0);
  const answered = host.frames
    .filter(({ type }) => type === numberOf("REPLY_OK"))
    .map(({ payload }) => payload.readUInt32LE(0));
  assert.deepEqual(answered.slice(1), ids);
  await host.shutdown();
});

test("a host that wants to hear libbpf does", async () => {
  const host = await startLoader({ greet: false });
  await host.request("HELLO", u32(abiVersion), u32(numberOf("FRAME_LOG_DEBUG")));
  const elf = Buffer.alloc(64);
  elf.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  elf.set([1, 0, 247, 0], 16);
  await assert.rejects(host.request("OBJECT", bytes(elf)), (error: RequestError) => error.stage === "object");
  const notice = new Payload((await host.notice("LOG")).payload);
  assert.ok(notice.u32() <= numberOf("FRAME_LOG_DEBUG"));
  assert.ok(notice.text().length > 0);
  await host.shutdown();
});
