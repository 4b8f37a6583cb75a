/** An entry of a running script's map in a few characters, to stand in the text. */

type Json = Readonly<Record<string, unknown>>;

/** @returns `bash: 12`, `▁▂█ 10 values in [64, 1024)`, `▃█▁ last 3` */
export function spellEntry(entry: unknown): string {
  if (!isObject(entry)) return "";
  const { key, text, value } = entry;
  const spelt = isObject(value) ? spellValue(value) : undefined;
  const line = spelt ?? (typeof text === "string" ? firstLine(text) : "");
  return typeof key === "string" ? `${key}: ${line}` : line;
}

function firstLine(text: string): string {
  return text.trim().replace(/\s*\n[^]*$/, " …");
}

/** What is a drawing elsewhere, as a small drawing; undefined for what is a text anyway. */
function spellValue({ kind, buckets, points }: Json): string | undefined {
  if (kind === "histogram" && Array.isArray(buckets)) return spellHistogram(buckets.filter(isObject));
  if (kind === "time-series" && Array.isArray(points)) return spellSeries(points.filter(isObject));
  return undefined;
}

function spellHistogram(buckets: readonly Json[]): string {
  const counts = buckets.map(({ count }) => Number(count));
  const all = counts.reduce((sum, count) => sum + count, 0);
  const low = buckets[0]?.["low"];
  const high = buckets.at(-1)?.["high"];
  const range = `[${bound(low, "-∞")}, ${bound(high, "∞")})`;
  return counts.length === 0
    ? "no values"
    : `${bars(counts)} ${all.toString()} ${all === 1 ? "value" : "values"} in ${range}`;
}

/** Open ends have no number. */
function bound(value: unknown, open: string): string {
  return typeof value === "number" || typeof value === "string" ? String(value) : open;
}

function spellSeries(points: readonly Json[]): string {
  const values = points.map(({ value }) => (typeof value === "number" ? value : 0));
  const last = values.at(-1);
  return last === undefined ? "no values" : `${bars(values)} last ${last.toString()}`;
}

const LEVELS = "▁▂▃▄▅▆▇█";
/** More columns are drawn as fewer, each as high as the highest of them. */
const MOST_COLUMNS = 20;

function bars(values: readonly number[]): string {
  const step = Math.ceil(values.length / MOST_COLUMNS);
  const columns = Array.from({ length: Math.ceil(values.length / step) }, (_, index) =>
    Math.max(...values.slice(index * step, (index + 1) * step)),
  );
  const most = Math.max(1, ...columns);
  return columns
    .map((value) => LEVELS[Math.max(0, Math.round((value / most) * (LEVELS.length - 1)))] ?? "")
    .join("");
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null;
}
