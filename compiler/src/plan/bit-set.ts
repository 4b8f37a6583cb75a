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

export function count(set: BitSet): number {
  let total = 0;
  for (const word of set) {
    let rest = word;
    rest -= (rest >>> 1) & 0x55555555;
    rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
    total += (((rest + (rest >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
  }
  return total;
}

export function forEachMember(set: BitSet, visit: (n: number) => void): void {
  for (let i = 0; i < set.length; i += 1) {
    for (let rest = set[i] ?? 0; rest !== 0; rest &= rest - 1)
      visit(32 * i + (31 - Math.clz32(rest & -rest)));
  }
}
