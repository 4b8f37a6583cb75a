/** Finding names by some of their letters, best first, in lists of a hundred thousand and more. */

/** Names prepared for searching; made once a list. */
export interface NameIndex {
  readonly names: readonly string[];
  /** Which letters each name has, a bit each: most names are ruled out without looking at them. */
  readonly letters: Uint32Array;
  /** The last search, from which a longer one goes on. */
  last: { readonly query: string; readonly matches: readonly number[] } | undefined;
}

export interface Found {
  /** Index in the list. */
  readonly index: number;
  readonly score: number;
}

export function indexNames(names: readonly string[]): NameIndex {
  const letters = new Uint32Array(names.length);
  for (const [i, name] of names.entries()) letters[i] = lettersOf(name);
  return { names, letters, last: undefined };
}

/** Letters without case are bits 0 to 25, digits 26, underscores 27, all else 28. */
function lettersOf(text: string): number {
  let bits = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i) | 0x20;
    if (code >= 97 && code <= 122) bits |= 1 << (code - 97);
    else if (code >= 48 && code <= 57) bits |= 1 << 26;
    else bits |= code === 0x7f ? 1 << 27 : 1 << 28;
  }
  return bits;
}

/**
 * The best matches of a query, at most so many, and how many there are in all.
 * Letters must stand in the name in their order; those at its start, behind `_` and next to each other count more.
 */
export function search(
  index: NameIndex,
  query: string,
  most: number,
): { readonly found: readonly Found[]; readonly count: number } {
  const wanted = query.toLowerCase();
  const mask = lettersOf(wanted);
  const { names, letters, last } = index;
  const narrowed =
    last !== undefined && last.query !== "" && wanted.startsWith(last.query) ? last.matches : undefined;
  const best: Found[] = [];
  const matches: number[] = [];
  let worst = Infinity;
  const consider = (i: number): void => {
    if (((letters[i] ?? 0) & mask) !== mask) return;
    const score = scoreOf(names[i] ?? "", wanted);
    if (score === undefined) return;
    matches.push(i);
    if (best.length >= most && score >= worst) return;
    best.push({ index: i, score });
    if (best.length >= 2 * most) worst = keepBest(best, most);
  };
  if (narrowed === undefined) for (let i = 0; i < names.length; i += 1) consider(i);
  else for (const i of narrowed) consider(i);
  keepBest(best, most);
  index.last = { query: wanted, matches };
  return { found: best, count: matches.length };
}

/** Sorts and cuts the list. @returns the worst score left */
function keepBest(best: Found[], most: number): number {
  best.sort((left, right) => left.score - right.score || left.index - right.index);
  if (best.length > most) best.length = most;
  return best.length < most ? Infinity : (best.at(-1)?.score ?? Infinity);
}

/** Lower is better; undefined when the letters are not there. @param query in lower case */
export function scoreOf(name: string, query: string): number | undefined {
  if (query === "") return name.length / 100;
  const lower = name.toLowerCase();
  const at = lower.indexOf(query);
  const length = name.length / 100;
  if (at === 0) return name.length === query.length ? 0 : 1 + length;
  if (at !== -1) return (startsWord(name, at) ? 3 : 6) + at / 1000 + length;
  const gaps = gapsOf(lower, query);
  return gaps === undefined ? undefined : 10 + gaps + length;
}

function startsWord(name: string, at: number): boolean {
  return /[\W_]/.test(name.charAt(at - 1));
}

/** How scattered the letters are; undefined when they do not stand there in their order. */
function gapsOf(name: string, query: string): number | undefined {
  let from = 0;
  let gaps = 0;
  for (let i = 0; i < query.length; i += 1) {
    const at = name.indexOf(query.charAt(i), from);
    if (at === -1) return undefined;
    if (at !== from) gaps += startsWord(name, at) ? 0.5 : 2;
    from = at + 1;
  }
  return gaps;
}
