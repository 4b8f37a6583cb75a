/** Whether two pieces of syntax say the same, wherever they stand. */

const PLACES: ReadonlySet<string> = new Set(["id", "span", "operatorSpan", "indexSpan"]);

export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const left = Object.entries(a).filter(([key]) => !PLACES.has(key));
  const right = new Map<string, unknown>(Object.entries(b).filter(([key]) => !PLACES.has(key)));
  return (
    left.length === right.size &&
    left.every(([key, value]) => right.has(key) && isSame(value, right.get(key)))
  );
}
