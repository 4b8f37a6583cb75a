/** What the panel shows, for other programs and for pasting. */

import { rangeText } from "./histogram.ts";
import type { MapState, RunModel } from "./model.ts";

/** Events that are copied as text; all that are kept are saved. */
const MOST_COPIED = 5000;

export function asJson(model: RunModel): string {
  return `${JSON.stringify(
    {
      script: model.title,
      exitCode: model.exitCode,
      maps: [...model.maps.values()],
      losses: [...model.losses.values()],
      notShown: model.skipped,
      messages: [...model.messages.values()],
      events: [...model.log.all()],
      eventsInAll: model.log.events,
    },
    undefined,
    2,
  )}\n`;
}

export function asText(model: RunModel): string {
  const from = Math.max(0, model.log.length - MOST_COPIED);
  const lines: string[] = [];
  for (let index = from; index < model.log.length; index += 1) lines.push(model.log.row(index)?.text ?? "");
  return `${[...[...model.maps.values()].map(mapText), ...lines].join("\n")}\n`;
}

function mapText({ name, entries }: MapState): string {
  return entries
    .map(({ key, text, value }) => {
      const head = `@${name}${key === undefined ? "" : `[${key}]`}:`;
      if (value.kind === "histogram") {
        const rows = value.buckets.map(
          (bucket) => `${rangeText(bucket).padEnd(16)} ${bucket.count.toString()}`,
        );
        return [head, ...rows].join("\n");
      }
      if (value.kind === "time-series") {
        const rows = value.points.map(
          (point) => `${(point.startNs / 1e9).toFixed(3)} ${String(point.value ?? "-")}`,
        );
        return [head, ...rows].join("\n");
      }
      return `${head} ${text}`;
    })
    .join("\n");
}
