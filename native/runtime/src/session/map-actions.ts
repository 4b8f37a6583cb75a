/** Changes of whole maps that a script asks for. */

import { sizeOf, type Manifest, type MapSpec } from "@probewright/compiler";
import type { LoaderChannel } from "../loader/channel.ts";
import { requestType } from "../loader/frames.ts";
import { readMap, send } from "../loader/requests.ts";
import { paddedSize, type DecodeContext } from "../values/decode.ts";
import { snapshotMap } from "../values/map-snapshot.ts";
import type { MapSnapshot, SessionEvent } from "./events.ts";

export interface MapContext {
  readonly channel: Pick<LoaderChannel, "request">;
  readonly manifest: Manifest;
  readonly decode: DecodeContext;
  /** Maps that were zeroed when something was in them: they are there, though all they hold is zeroes. */
  readonly zeroed: Set<MapSpec>;
  readonly emit: (event: SessionEvent) => void;
}

/** `print(@m, top, divisor)` */
export async function printMap(
  context: MapContext,
  { map, top, divisor }: { readonly map: MapSpec; readonly top: number; readonly divisor: number },
): Promise<void> {
  const snapshot = await readSnapshot(context, map, top);
  if (snapshot !== undefined) context.emit({ kind: "map", map: snapshot, spec: map, divisor, final: false });
}

/** All maps that anything was ever written to, by name in byte order. */
export async function printFinalMaps(context: MapContext): Promise<void> {
  const byName = [...context.manifest.maps].sort((left, right) =>
    Buffer.compare(Buffer.from(left.name), Buffer.from(right.name)),
  );
  for (const spec of byName) {
    const snapshot = await readSnapshot(context, spec, 0);
    if (snapshot === undefined || snapshot.empty) continue;
    context.emit({ kind: "map", map: snapshot, spec, divisor: 1, final: true });
  }
}

/** One map as it is now; undefined when it cannot be read. @param top most entries kept, 0 for all */
export async function readSnapshot(
  { channel, decode, zeroed }: MapContext,
  spec: MapSpec,
  top: number,
): Promise<MapSnapshot | undefined> {
  const raw = await readMap(channel, spec.object);
  if (!raw.ok) return undefined;
  const snapshot = snapshotMap(spec, raw.value, decode, top);
  return { ...snapshot, empty: snapshot.empty && !zeroed.has(spec) };
}

/**
 * Zeroes every value. What is marked as written stays so, on the CPU that had it so, where the mark is no part of the
 * value: how many an average has, or whether there is a minimum, is zero from here on.
 */
export async function zeroMap(context: MapContext, map: MapSpec): Promise<void> {
  const { channel } = context;
  const before = await readMap(channel, map.object);
  await send(channel, requestType.MAP_ZERO, (writer) => writer.string(map.object));
  if (!before.ok) return;
  const { entries } = before.value;
  if (entries.some(({ value }) => value.some((byte) => byte !== 0))) context.zeroed.add(map);
  const at = map.presentOffset;
  if (at === undefined || at < sizeOf(map.value, context.decode.structs)) return;
  const stride = map.perCpu ? paddedSize(map.valueSize) : map.valueSize;
  for (const { key, value } of entries) {
    const zeroed = Buffer.alloc(value.length);
    let written = false;
    for (let start = 0; start + at + 8 <= value.length; start += stride) {
      const mark = value.readBigUInt64LE(start + at);
      zeroed.writeBigUInt64LE(mark, start + at);
      written ||= mark !== 0n;
    }
    if (written)
      await send(channel, requestType.MAP_UPDATE, (writer) =>
        writer.string(map.object).u64(0n).bytes(key).bytes(zeroed),
      );
  }
}
