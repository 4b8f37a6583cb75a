/** Reads all maps again and again while a run goes on, for displays that show them as they grow. */

import type { MapContext } from "./map-actions.ts";
import { readSnapshot } from "./map-actions.ts";

/** Entries of one map that a display gets; what is more is counted, not sent. */
const MOST_ENTRIES = 1000;

/**
 * Emits `map-values` for each map that was written to, and again when it changed; a slow reading delays the next one.
 *
 * @returns the function that ends it; it resolves once no reading is under way
 */
export function watchMaps(context: MapContext, intervalMs: number): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  let reading = Promise.resolve();
  const readAll = async (): Promise<void> => {
    for (const spec of context.manifest.maps) {
      if (ended) return;
      const map = await readSnapshot(context, spec, 0);
      if (map === undefined || map.empty) continue;
      const omitted = Math.max(0, map.entries.length - MOST_ENTRIES);
      const kept = { ...map, entries: map.entries.slice(omitted) };
      context.emit({ kind: "map-values", map: kept, spec, omitted });
    }
  };
  const next = (): void => {
    timer = setTimeout(() => {
      reading = readAll().then(() => {
        if (!ended) next();
      });
    }, intervalMs);
  };
  next();
  return async () => {
    ended = true;
    clearTimeout(timer);
    await reading;
  };
}
