/** The short name of the local time zone at a time, such as `CET`: JavaScript knows offsets only. */

import { readFileSync } from "node:fs";

/** What a zone was at times: sources are the files of the time zone database. Format: RFC 9636. */
interface ZoneFile {
  /** Seconds since the epoch at which each type begins, ascending. */
  readonly begins: readonly { readonly at: number; readonly type: ZoneType }[];
  readonly types: readonly ZoneType[];
}

interface ZoneType {
  /** Seconds that local time is ahead of UTC. */
  readonly ahead: number;
  readonly name: string;
}

const HEADER_BYTES = 44;
const TYPE_BYTES = 6;
const zones = new Map<string, ZoneFile | undefined>();

export function zoneName(date: Date): string {
  const asked = (process.env["TZ"] ?? "").replace(/^:/, "");
  const ahead = -date.getTimezoneOffset() * 60;
  const zone = zoneOf(asked);
  const seconds = date.getTime() / 1000;
  // After the last change the zone goes on by its rule, between types it had before.
  const type =
    zone?.begins.findLast((each) => each.at <= seconds && each.type.ahead === ahead)?.type ??
    zone?.types.find((each) => each.ahead === ahead);
  return type?.name ?? /^[A-Za-z]{3,}(?=$|[-+\d])/.exec(asked)?.[0] ?? "UTC";
}

function zoneOf(asked: string): ZoneFile | undefined {
  const path =
    asked === "" ? "/etc/localtime" : asked.startsWith("/") ? asked : `/usr/share/zoneinfo/${asked}`;
  if (!zones.has(path)) zones.set(path, readZone(path));
  return zones.get(path);
}

function readZone(path: string): ZoneFile | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    return undefined;
  }
  if (bytes.toString("latin1", 0, 4) !== "TZif") return undefined;
  const first = countsAt(bytes, 0);
  if ((bytes[4] ?? 0) < 0x32) return parseBlock(bytes, 0, 4);
  // From version 2 on the same follows with 64 bits a time.
  const { leaps, isStandard, isUtc, times, types, characters } = first;
  const second = HEADER_BYTES + times * 5 + types * TYPE_BYTES + characters + leaps * 8 + isStandard + isUtc;
  return parseBlock(bytes, second, 8);
}

function countsAt(
  bytes: Buffer,
  at: number,
): Readonly<Record<"isUtc" | "isStandard" | "leaps" | "times" | "types" | "characters", number>> {
  const count = (index: number): number => bytes.readUInt32BE(at + 20 + index * 4);
  return {
    isUtc: count(0),
    isStandard: count(1),
    leaps: count(2),
    times: count(3),
    types: count(4),
    characters: count(5),
  };
}

function parseBlock(bytes: Buffer, at: number, timeBytes: 4 | 8): ZoneFile {
  const counts = countsAt(bytes, at);
  const times = at + HEADER_BYTES;
  const indexes = times + counts.times * timeBytes;
  const typesAt = indexes + counts.times;
  const names = typesAt + counts.types * TYPE_BYTES;
  const types = Array.from({ length: counts.types }, (_, index): ZoneType => {
    const type = typesAt + index * TYPE_BYTES;
    const name = names + (bytes[type + 5] ?? 0);
    return { ahead: bytes.readInt32BE(type), name: bytes.toString("latin1", name, bytes.indexOf(0, name)) };
  });
  const begins = Array.from({ length: counts.times }, (_, index) => {
    const time = times + index * timeBytes;
    const type = types[bytes[indexes + index] ?? 0];
    const begin = timeBytes === 8 ? Number(bytes.readBigInt64BE(time)) : bytes.readInt32BE(time);
    return type === undefined ? [] : [{ at: begin, type }];
  });
  return { begins: begins.flat(), types };
}
