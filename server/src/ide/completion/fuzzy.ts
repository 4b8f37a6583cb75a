/** Finding names by some of their letters, best first, in lists of a hundred thousand and more. */

import { inPieces } from "@probewright/compiler";

interface Search {
  readonly query: string;
  readonly matches: readonly number[];
  /** Scattered letters have been looked for, too. */
  readonly scattered: boolean;
}

/** Names prepared for searching; made once a list. */
export interface NameIndex {
  readonly names: readonly string[];
  /** In lower case; the very same strings where they were so already. */
  readonly lower: readonly string[];
  /** Which letters each name has, a bit each: most names are ruled out without looking at them. */
  readonly letters: Uint32Array;
  /** Which pairs of neighbours it has, under 64 bits that pairs share: two numbers a name. */
  readonly pairs: Uint32Array;
  /** The last search, from which a longer one goes on. */
  last: Search | undefined;
}

export interface Found {
  /** Index in the list. */
  readonly index: number;
  readonly score: number;
}

export function indexNames(names: readonly string[]): NameIndex {
  return inPieces(indexing(names)).finish();
}

/** Names between two pauses: a few milliseconds. */
const PIECE = 2000;

/** As `indexNames`, in pieces. */
export function* indexing(names: readonly string[]): Generator<undefined, NameIndex> {
  const lower: string[] = [];
  const letters = new Uint32Array(names.length);
  const pairs = new Uint32Array(2 * names.length);
  const index: NameIndex = { names, lower, letters, pairs, last: undefined };
  for (let from = 0; from < names.length; from += PIECE) {
    indexPiece(names, from, lower, index);
    yield;
  }
  return index;
}

function indexPiece(
  names: readonly string[],
  from: number,
  lower: string[],
  { letters, pairs }: NameIndex,
): void {
  const end = Math.min(names.length, from + PIECE);
  for (let i = from; i < end; i += 1) {
    const name = (names[i] ?? "").toLowerCase();
    lower.push(name);
    letters[i] = lettersOf(name);
    let first = 0;
    let second = 0;
    let before = UNDERSCORE;
    for (let at = 0; at < name.length; at += 1) {
      const code = name.charCodeAt(at);
      const bit = pairBit(before, code);
      if (bit < 32) first |= 1 << bit;
      else second |= 1 << (bit - 32);
      before = code;
    }
    pairs[2 * i] = first;
    pairs[2 * i + 1] = second;
  }
}

const UNDERSCORE = 0x5f;

/** Below 64. */
function pairBit(before: number, code: number): number {
  return Math.imul(before * 37 + code, 0x9e3779b1) >>> 26;
}

/** Letters are bits 0 to 25, digits 26, underscores 27, all else 28. */
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

/** What a name must have to be worth a look. */
interface Sieve {
  readonly letters: number;
  readonly pairs: readonly [number, number];
}

/** @param text in lower case, that stands in the name in one piece; the start of a name counts as an underscore before it */
function sieveOf(text: string): Sieve {
  const pairs: [number, number] = [0, 0];
  for (let at = 1; at < text.length; at += 1) {
    const bit = pairBit(text.charCodeAt(at - 1), text.charCodeAt(at));
    if (bit < 32) pairs[0] |= 1 << bit;
    else pairs[1] |= 1 << (bit - 32);
  }
  return { letters: lettersOf(text), pairs };
}

/**
 * The best matches of a query, at most so many, and how many there are in all.
 * Letters must stand in the name in their order; those at its start, behind `_` and next to each other count more. Where enough
 * names have the query in one piece, those that have its letters scattered are left out.
 */
export function search(
  index: NameIndex,
  query: string,
  most: number,
): { readonly found: readonly Found[]; readonly count: number } {
  const wanted = query.toLowerCase();
  const last = index.last !== undefined && wanted.startsWith(index.last.query) ? index.last : undefined;
  const piece = sieveOf(wanted.length <= SHORT ? `_${wanted}` : wanted);
  // An underscore that is only thought before the name is none of its letters.
  const sieve = { ...piece, letters: lettersOf(wanted) };
  const inOnePiece = pass(index, wanted, last?.matches, { most, sieve, score: scoreOfPiece });
  const enough = inOnePiece.matches.length >= most || wanted.length <= SHORT;
  const candidates = last?.scattered === true ? last.matches : undefined;
  const result = enough
    ? inOnePiece
    : pass(index, wanted, candidates, { most, sieve: { ...sieve, pairs: [0, 0] }, score: scoreOf });
  // A letter or two have been looked for at the beginning of words only.
  index.last =
    wanted.length > SHORT ? { query: wanted, matches: result.matches, scattered: !enough } : undefined;
  return { found: result.best, count: result.matches.length };
}

interface Wanted {
  readonly most: number;
  readonly sieve: Sieve;
  readonly score: typeof scoreOf;
}

/** @param candidates indexes to look at; all without them */
function pass(
  index: NameIndex,
  query: string,
  candidates: readonly number[] | undefined,
  { most, sieve, score: scoreFor }: Wanted,
): { readonly best: readonly Found[]; readonly matches: readonly number[] } {
  const { lower } = index;
  const best: Found[] = [];
  const matches: number[] = [];
  let worst = Infinity;
  const count = candidates?.length ?? lower.length;
  for (let at = 0; at < count; at += 1) {
    const i = candidates === undefined ? at : (candidates[at] ?? 0);
    if (!fitsSieve(index, i, sieve)) continue;
    const score = scoreFor(lower[i] ?? "", query);
    if (score === undefined) continue;
    matches.push(i);
    if (best.length >= most && score >= worst) continue;
    best.push({ index: i, score });
    if (best.length >= 2 * most) worst = keepBest(best, most);
  }
  keepBest(best, most);
  return { best, matches };
}

function fitsSieve({ letters, pairs }: NameIndex, i: number, sieve: Sieve): boolean {
  const [first, second] = sieve.pairs;
  return (
    ((letters[i] ?? 0) & sieve.letters) === sieve.letters &&
    ((pairs[2 * i] ?? 0) & first) === first &&
    ((pairs[2 * i + 1] ?? 0) & second) === second
  );
}

/** Sorts and cuts the list. @returns the worst score left */
function keepBest(best: Found[], most: number): number {
  best.sort((left, right) => left.score - right.score || left.index - right.index);
  if (best.length > most) best.length = most;
  return best.length < most ? Infinity : (best.at(-1)?.score ?? Infinity);
}

/** A letter or two stand somewhere in nearly every name: only where words begin do they say anything. */
const SHORT = 2;

/** Lower is better; undefined when the letters are not there. Both in lower case. */
function scoreOf(name: string, query: string): number | undefined {
  const piece = scoreOfPiece(name, query);
  if (piece !== undefined) return piece;
  const gaps = gapsOf(name, query);
  return gaps === undefined ? undefined : 10 + gaps + name.length / 100;
}

/** Only for the query in one piece. */
function scoreOfPiece(name: string, query: string): number | undefined {
  const length = name.length / 100;
  if (name.startsWith(query)) return name.length === query.length ? 0 : 1 + length;
  if (query.length <= SHORT) return name.includes(`_${query}`) ? 3 + length : undefined;
  const at = name.indexOf(query);
  return at === -1 ? undefined : (startsWord(name, at) ? 3 : 6) + at / 1000 + length;
}

/** Behind what is neither letter nor digit. */
function startsWord(name: string, at: number): boolean {
  const before = name.charCodeAt(at - 1);
  const isLetter = before >= 97 && before <= 122;
  return !isLetter && !(before >= 48 && before <= 57);
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
