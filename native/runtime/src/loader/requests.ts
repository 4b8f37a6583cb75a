/** The requests the runtime sends, each as one function: fields in, decoded reply out. */

import { err, ok, type Result } from "@probewright/compiler";
import type { LoaderChannel, LoaderError, Reply } from "./channel.ts";
import { replyType, requestType } from "./frames.ts";
import type { FrameWriter } from "./wire.ts";

type Request = Pick<LoaderChannel, "request">;

/** Sends a request whose reply carries nothing. */
export async function send(
  channel: Request,
  type: number,
  fields: (writer: FrameWriter) => void,
): Promise<Result<undefined, LoaderError>> {
  const reply = await channel.request(type, fields);
  return reply.ok ? ok(undefined) : reply;
}

export interface LoadedProgram {
  readonly name: string;
  readonly id: number;
  /** Instructions the verifier walked through, all paths together; the limit is one million. */
  readonly verifiedInstructions: number;
  readonly instructions: number;
  /** The verifier's; empty at log level 0. */
  readonly log: string;
}

export interface LoadFailure {
  readonly errno: number;
  /** Empty when it was not a program that failed. */
  readonly program: string;
  readonly text: string;
  /** Verifier log by program. */
  readonly logs: ReadonlyMap<string, string>;
}

export async function load(
  channel: Request,
  logLevel: number,
  logSize: number,
): Promise<Result<readonly LoadedProgram[], LoadFailure>> {
  const reply = await channel.request(requestType.LOAD, (writer) => writer.u32(logLevel).u32(logSize));
  if (!reply.ok)
    return err({ errno: reply.error.errno, program: "", text: reply.error.text, logs: new Map() });
  const logs = new Map<string, string>();
  const programs: LoadedProgram[] = [];
  for (const { type, reader } of reply.value) {
    if (type === replyType.PROGRAM_LOG) {
      const name = reader.string();
      logs.set(name, (logs.get(name) ?? "") + reader.bytes().toString("utf8"));
    } else if (type === replyType.LOAD_FAILED) {
      return err({ errno: reader.u32(), program: reader.string(), text: reader.string(), logs });
    } else {
      programs.push(...readLoaded(reader, logs));
    }
  }
  return ok(programs);
}

/** @param logs come before what they are of */
function readLoaded(reader: Reply["reader"], logs: ReadonlyMap<string, string>): readonly LoadedProgram[] {
  const count = reader.u32();
  return Array.from({ length: count }, () => {
    const name = reader.string();
    return {
      name,
      id: reader.u32(),
      verifiedInstructions: reader.u32(),
      instructions: reader.u32(),
      log: logs.get(name) ?? "",
    };
  });
}

/** Runs a program once; `repeat` 0 for types that take none. */
export async function run(
  channel: Request,
  program: string,
  data: Uint8Array,
  repeat: number,
): Promise<Result<{ readonly returnValue: number; readonly durationNs: number }, LoaderError>> {
  const reply = await channel.request(requestType.RUN, (writer) =>
    writer.string(program).bytes(new Uint8Array(0)).bytes(data).u32(repeat).i32(-1),
  );
  if (!reply.ok) return reply;
  const reader = reply.value[0]?.reader;
  return ok({ returnValue: reader?.u32() ?? 0, durationNs: reader?.u32() ?? 0 });
}

/** @returns the number of kernel objects behind the link */
export async function attach(
  channel: Request,
  link: number,
  program: string,
  cookie: bigint,
  target: (writer: FrameWriter) => void,
): Promise<Result<number, LoaderError>> {
  const reply = await channel.request(requestType.ATTACH, (writer) => {
    writer.u32(link).string(program).u64(cookie);
    target(writer);
  });
  if (!reply.ok) return reply;
  const reader = reply.value[0]?.reader;
  reader?.u32();
  return ok(reader?.u32() ?? 0);
}

export interface RawMapEntry {
  readonly key: Buffer;
  /** Of a per-CPU map one value per possible CPU, each padded to 8 bytes. */
  readonly value: Buffer;
}

export interface RawMap {
  readonly cpus: number;
  readonly entries: readonly RawMapEntry[];
}

/** Reads a whole map. The entries are copies. */
export async function readMap(channel: Request, map: string): Promise<Result<RawMap, LoaderError>> {
  const reply = await channel.request(requestType.MAP_READ, (writer) => writer.string(map));
  if (!reply.ok) return reply;
  const entries: RawMapEntry[] = [];
  let cpus = 1;
  for (const { reader } of reply.value) {
    const keyBytes = reader.u32();
    const valueBytes = reader.u32();
    cpus = reader.u32();
    const count = reader.u32();
    for (let index = 0; index < count; index += 1) {
      entries.push({ key: Buffer.from(reader.raw(keyBytes)), value: Buffer.from(reader.raw(valueBytes)) });
    }
  }
  return ok({ cpus, entries });
}

export interface RingTotals {
  readonly ring: number;
  readonly records: bigint;
  readonly leftBytes: bigint;
}

export async function stopEvents(channel: Request): Promise<Result<readonly RingTotals[], LoaderError>> {
  const reply = await channel.request(requestType.STOP_EVENTS, () => undefined);
  if (!reply.ok) return reply;
  const reader = reply.value[0]?.reader;
  const totals: RingTotals[] = [];
  const count = reader?.u32() ?? 0;
  for (let index = 0; index < count && reader !== undefined; index += 1) {
    const ring = reader.u32();
    const records = reader.u64();
    reader.u64();
    reader.u64();
    totals.push({ ring, records, leftBytes: reader.u64() });
  }
  return ok(totals);
}

/** Everything an iterator prints, as bytes. */
export async function readIterator(channel: Request, link: number): Promise<Result<Buffer, LoaderError>> {
  const reply = await channel.request(requestType.ITER_READ, (writer) => writer.u32(link));
  if (!reply.ok) return reply;
  return ok(Buffer.concat(reply.value.map(({ reader }) => reader.bytes())));
}

export interface ProgramStats {
  readonly name: string;
  readonly runCount: bigint;
  readonly runTimeNs: bigint;
  readonly recursionMisses: bigint;
}

export async function programStats(channel: Request): Promise<Result<readonly ProgramStats[], LoaderError>> {
  const reply = await channel.request(requestType.PROGRAM_STATS, () => undefined);
  if (!reply.ok) return reply;
  return ok(
    reply.value.flatMap(({ reader }) => {
      const count = reader.u32();
      return Array.from({ length: count }, () => {
        const name = reader.string();
        reader.u32();
        return { name, runCount: reader.u64(), runTimeNs: reader.u64(), recursionMisses: reader.u64() };
      });
    }),
  );
}

/** Hits that the kernel could not hand to the programs behind each link; 0 where it does not count them. */
export async function linkMisses(
  channel: Request,
): Promise<Result<readonly { readonly link: number; readonly missed: bigint }[], LoaderError>> {
  const reply = await channel.request(requestType.LINK_STATS, () => undefined);
  if (!reply.ok) return reply;
  return ok(
    reply.value.flatMap(({ reader }) =>
      Array.from({ length: reader.u32() }, () => ({ link: reader.u32(), missed: reader.u64() })),
    ),
  );
}
