/** Sets of small numbers, for data flow over functions with thousands of instructions. */

export type BitSet = Uint32Array;

export function emptySet(size: number): BitSet {
  return new Uint32Array((size + 31) >>> 5);
}

export function add(set: BitSet, n: number): void {
  set[n >>> 5] = (set[n >>> 5] ?? 0) | (1 << (n & 31));
}

export function remove(set: BitSet, n: number): void {
  set[n >>> 5] = (set[n >>> 5] ?? 0) & ~(1 << (n & 31));
}

export function has(set: BitSet, n: number): boolean {
  return ((set[n >>> 5] ?? 0) & (1 << (n & 31))) !== 0;
}

/** Adds all of `more` to `set`. @returns whether `set` grew */
export function include(set: BitSet, more: BitSet): boolean {
  let grew = false;
  for (let i = 0; i < set.length; i += 1) {
    const before = set[i] ?? 0;
    const after = (before | (more[i] ?? 0)) >>> 0;
    if (after !== before >>> 0) {
      set[i] = after;
      grew = true;
    }
  }
  return grew;
}

export function forEachMember(set: BitSet, visit: (n: number) => void): void {
  for (let i = 0; i < set.length; i += 1) {
    for (let rest = set[i] ?? 0; rest !== 0; rest &= rest - 1)
      visit(32 * i + (31 - Math.clz32(rest & -rest)));
  }
}

/** A set for each block of a function, in one piece: there are many blocks, and most of their sets are small. */
export interface BitRows {
  readonly words: Uint32Array;
  /** Words of one row. */
  readonly width: number;
}

export function emptyRows(rows: number, size: number): BitRows {
  const width = (size + 31) >>> 5;
  return { words: new Uint32Array(rows * width), width };
}

export function copyRow({ words, width }: BitRows, row: number, to: BitSet): void {
  for (let i = 0; i < width; i += 1) to[i] = words[row * width + i] ?? 0;
}

/** Adds all of `more` to a row. @returns whether the row grew */
export function includeInRow({ words, width }: BitRows, row: number, more: BitSet): boolean {
  let grew = false;
  for (let i = 0; i < width; i += 1) {
    const before = words[row * width + i] ?? 0;
    const after = (before | (more[i] ?? 0)) >>> 0;
    if (after !== before) {
      words[row * width + i] = after;
      grew = true;
    }
  }
  return grew;
}
