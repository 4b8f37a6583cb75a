/** The results panel under 50,000 events and 10,000 map updates a second for a minute, in Chromium. */

import { measureFlood } from "../editors/vscode/panel-flood.ts";

const MIB = 1024 * 1024;

export async function run(): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { events, mapUpdates, frameGapP95, frameGapMost, heapStart, heapEnd } = await measureFlood(60);
  return [
    {
      events,
      "map updates": mapUpdates,
      "frame gap p95 (ms, at most 100)": frameGapP95.toFixed(1),
      "longest gap (ms)": frameGapMost.toFixed(1),
      "memory before (MiB)": (heapStart / MIB).toFixed(1),
      "most memory (MiB)": (heapEnd / MIB).toFixed(1),
    },
  ];
}
