/** Sorting the lines of a text where they stand, by their bytes, in short pieces. */

export interface Lines {
  readonly bytes: Uint8Array;
  readonly starts: number[];
  readonly ends: number[];
}

/** Numbers of lines that are the same up to `depth`, and still to be sorted. */
interface Range {
  readonly from: number;
  readonly to: number;
  readonly depth: number;
}

/** Lines between two pauses: a millisecond or two, also before V8 has made fast code of the loops. */
const PIECE = 2000;
/** More lines are cut up by their next byte first. */
const MOST_LINES = 2 ** 14;
/** Fewer are sorted as fast by comparing. */
const FEW_LINES = 24;
/** Bytes that go into one number, together with the place of the line: of what a number holds exactly. */
const KEY_BYTES = 4;

/** @returns numbers of the lines in their order */
export function* sortingLines(lines: Lines): Generator<undefined, Uint32Array> {
  const order = new Uint32Array(lines.starts.length);
  for (let index = 0; index < order.length; index += 1) order[index] = index;
  yield;
  const waiting: Range[] = [{ from: 0, to: order.length, depth: 0 }];
  let sinceLast = 0;
  for (let range = waiting.pop(); range !== undefined; range = waiting.pop()) {
    const count = range.to - range.from;
    sinceLast += count;
    if (count > MOST_LINES) yield* distributing(lines, order, range, waiting);
    else if (count > FEW_LINES) sortByKeys(lines, order, range, waiting);
    else sortByComparing(lines, order, range);
    if (sinceLast < PIECE) continue;
    sinceLast = 0;
    yield;
  }
  return order;
}

/** What stands behind the end of a line sorts before all else. */
function byteAt({ bytes, starts, ends }: Lines, line: number, depth: number): number {
  const at = (starts[line] ?? 0) + depth;
  return at < (ends[line] ?? 0) ? (bytes[at] ?? 0) + 1 : 0;
}

const BUCKETS = 257;

/** By one byte. */
function* distributing(
  lines: Lines,
  order: Uint32Array,
  { from, to, depth }: Range,
  waiting: Range[],
): Generator<undefined, void> {
  const before = order.slice(from, to);
  const ends = new Uint32Array(BUCKETS);
  for (let at = 0; at < before.length; at += PIECE) {
    countBytes(lines, before.subarray(at, at + PIECE), depth, ends);
    yield;
  }
  const next = new Uint32Array(BUCKETS);
  for (let bucket = 0, start = from; bucket < BUCKETS; bucket += 1) {
    next[bucket] = start;
    const end = start + (ends[bucket] ?? 0);
    if (bucket > 0 && end - start > 1) waiting.push({ from: start, to: end, depth: depth + 1 });
    start = end;
  }
  for (let at = 0; at < before.length; at += PIECE) {
    place(lines, before.subarray(at, at + PIECE), { order, depth, next });
    yield;
  }
}

function countBytes(lines: Lines, some: Uint32Array, depth: number, counts: Uint32Array): void {
  for (const line of some) {
    const byte = byteAt(lines, line, depth);
    counts[byte] = (counts[byte] ?? 0) + 1;
  }
}

function place(
  lines: Lines,
  some: Uint32Array,
  { order, depth, next }: { readonly order: Uint32Array; readonly depth: number; readonly next: Uint32Array },
): void {
  for (const line of some) {
    const byte = byteAt(lines, line, depth);
    const to = next[byte] ?? 0;
    order[to] = line;
    next[byte] = to + 1;
  }
}

/** Numbers made of a few bytes at a time are sorted, which the engine does without calling anything. */
function sortByKeys(lines: Lines, order: Uint32Array, { from, to, depth }: Range, waiting: Range[]): void {
  const before = order.slice(from, to);
  const keys = keysOf(lines, before, depth).sort();
  let start = 0;
  let tied = -1;
  const end = (at: number): void => {
    // Lines that ended are the same.
    if (at - start > 1 && tied % BUCKETS !== 0)
      waiting.push({ from: from + start, to: from + at, depth: depth + KEY_BYTES });
    start = at;
  };
  for (let at = 0; at < keys.length; at += 1) {
    const key = Math.floor((keys[at] ?? 0) / MOST_LINES);
    if (key !== tied) end(at);
    tied = key;
    order[from + at] = before[(keys[at] ?? 0) % MOST_LINES] ?? 0;
  }
  end(keys.length);
}

function keysOf(lines: Lines, some: Uint32Array, depth: number): Float64Array {
  const keys = new Float64Array(some.length);
  for (let index = 0; index < some.length; index += 1) {
    const line = some[index] ?? 0;
    let key = 0;
    for (let at = depth; at < depth + KEY_BYTES; at += 1) key = key * BUCKETS + byteAt(lines, line, at);
    keys[index] = key * MOST_LINES + index;
  }
  return keys;
}

function sortByComparing(lines: Lines, order: Uint32Array, { from, to, depth }: Range): void {
  for (let index = from + 1; index < to; index += 1) {
    const line = order[index] ?? 0;
    let at = index;
    while (at > from && compare(lines, line, order[at - 1] ?? 0, depth) < 0) {
      order[at] = order[at - 1] ?? 0;
      at -= 1;
    }
    order[at] = line;
  }
}

function compare(lines: Lines, left: number, right: number, depth: number): number {
  for (let at = depth; ; at += 1) {
    const byte = byteAt(lines, left, at);
    const difference = byte - byteAt(lines, right, at);
    if (difference !== 0 || byte === 0) return difference;
  }
}
