/** Changes of whole maps that a script asks for. */

import type { MapSpec } from "@probewright/compiler";
import type { LoaderChannel } from "../loader/channel.ts";
import { requestType } from "../loader/frames.ts";
import { readMap, send } from "../loader/requests.ts";
import { paddedSize } from "../values/decode.ts";

/** Zeroes every value. A scalar map in an array stays marked as written, on the CPU that had it so. */
export async function zeroMap(channel: Pick<LoaderChannel, "request">, map: MapSpec): Promise<void> {
  const at = map.presentOffset;
  const marked = map.storage === "array" && at !== undefined && map.maxEntries === 1;
  const before = marked ? await readMap(channel, map.object) : undefined;
  await send(channel, requestType.MAP_ZERO, (writer) => writer.string(map.object));
  if (!marked || before?.ok !== true) return;
  const stride = map.perCpu ? paddedSize(map.valueSize) : map.valueSize;
  for (const { key, value } of before.value.entries) {
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
