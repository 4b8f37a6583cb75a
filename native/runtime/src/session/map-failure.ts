/** A map that the kernel does not make: which of the script's, and what would help. */

import type { Manifest } from "@probewright/compiler";
import type { LoadFailure } from "../loader/requests.ts";
import { errnoText } from "./errno.ts";
import { startFailure, type StartFailure } from "./start-failure.ts";

/** How the loader's library says it. Source: bpf_object__create_maps in libbpf. */
const NOT_CREATED = /(?:^|; )map '(\w+)': failed to create/;

/** Undefined when it was something else that failed. */
export function explainMapFailure(
  { text, errno }: Pick<LoadFailure, "text" | "errno">,
  { maps, ringBuffer }: Pick<Manifest, "maps" | "ringBuffer">,
): StartFailure | undefined {
  const object = NOT_CREATED.exec(text)?.[1];
  if (object === undefined) return undefined;
  if (object === ringBuffer)
    return startFailure("load", `the kernel cannot make the ring buffer: ${errnoText(errno)}`, [
      "set a smaller perf_rb_pages in the config block",
    ]);
  const map = maps.find((each) => each.object === object);
  if (map === undefined) return undefined;
  const size = `${map.maxEntries.toString()} entries of ${(map.keySize + map.valueSize).toString()} bytes`;
  return startFailure(
    "load",
    `the kernel cannot make the map @${map.name} with room for ${size}: ${errnoText(errno)}`,
    ["give it fewer: max_map_keys in the config block, or the number in its declaration"],
    map.position,
  );
}
