/** Finding names by some of their letters, best first, in lists of a hundred thousand and more. */

import { inPieces } from "@probewright/compiler";

interface Search {
  readonly query: string;
  readonly matches: readonly number[];
  /** Scattered letters have been looked for, too. */
  readonly scattered: boolean;
}

/** Names prepared for searching; made once a list. Bytes, as strings of all would be many times that. */
export interface NameIndex {
  readonly count: number;
  /** The names one behind the other, in lower case; see `folded`. */
  readonly text: Uint8Array;
  /** Where each name begins, and behind the last. */
  readonly starts: Uint32Array;
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
  return inPieces(indexing(names.length, (index) => names[index] ?? "")).finish();
}

/** Names between two pauses: a millisecond or two, also before V8 has made fast code of the loops. */
const PIECE = 500;

/** As `indexNames`, in pieces. */
export function* indexing(count: number, nameAt: (index: number) => string): Generator<undefined, NameIndex> {
  const starts = new Uint32Array(count + 1);
  for (let from = 0; from < count; from += PIECE) {
    measurePiece(starts, nameAt, from);
    yield;
  }
  const index: NameIndex = {
    count,
    text: new Uint8Array(starts[count] ?? 0),
    starts,
    letters: new Uint32Array(count),
    pairs: new Uint32Array(2 * count),
    last: undefined,
  };
  for (let from = 0; from < count; from += PIECE) {
    indexPiece(index, nameAt, from);
    yield;
  }
  return index;
}

function measurePiece(starts: Uint32Array, nameAt: (index: number) => string, from: number): void {
  const end = Math.min(starts.length - 1, from + PIECE);
  for (let i = from; i < end; i += 1) starts[i + 1] = (starts[i] ?? 0) + nameAt(i).length;
}

function indexPiece(
  { count, text, starts, letters, pairs }: NameIndex,
  nameAt: (index: number) => string,
  from: number,
): void {
  const end = Math.min(count, from + PIECE);
  for (let i = from; i < end; i += 1) {
    const name = nameAt(i);
    const start = starts[i] ?? 0;
    let has = 0;
    let first = 0;
    let second = 0;
    let before = UNDERSCORE;
    for (let at = 0; at < name.length; at += 1) {
      const code = folded(name.charCodeAt(at));
      text[start + at] = code;
      has |= letterBit(code);
      const bit = pairBit(before, code);
      if (bit < 32) first |= 1 << bit;
      else second |= 1 << (bit - 32);
      before = code;
    }
    letters[i] = has;
    pairs[2 * i] = first;
    pairs[2 * i + 1] = second;
  }
}

/** Lower case in a byte, of which characters beyond ASCII share what is left. */
function folded(code: number): number {
  if (code >= 65 && code <= 90) return code + 32;
  return code < 128 ? code : 128 | (String.fromCharCode(code).toLowerCase().charCodeAt(0) & 127);
}

function foldedCodes(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length }, (_, at) => folded(text.charCodeAt(at)));
}

const UNDERSCORE = 0x5f;

/** Below 64. */
function pairBit(before: number, code: number): number {
  return Math.imul(before * 37 + code, 0x9e3779b1) >>> 26;
}

/** Letters are bits 0 to 25, digits 26, underscores 27, all else 28. */
function letterBit(code: number): number {
  if (code >= 97 && code <= 122) return 1 << (code - 97);
  if (code >= 48 && code <= 57) return 1 << 26;
  return code === UNDERSCORE ? 1 << 27 : 1 << 28;
}

/** What a name must have to be worth a look. */
interface Sieve {
  readonly letters: number;
  readonly pairs: readonly [number, number];
}

/** @param codes that stand in the name in one piece; the start of a name counts as an underscore before it */
function sieveOf(codes: Uint8Array, isShort: boolean): Sieve {
  const pairs: [number, number] = [0, 0];
  let letters = 0;
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    letters |= letterBit(code);
    const before = at > 0 ? codes[at - 1] : isShort ? UNDERSCORE : undefined;
    if (before === undefined) continue;
    const bit = pairBit(before, code);
    if (bit < 32) pairs[0] |= 1 << bit;
    else pairs[1] |= 1 << (bit - 32);
  }
  return { letters, pairs };
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
  const codes = foldedCodes(wanted);
  const sieve = sieveOf(codes, wanted.length <= SHORT);
  const inOnePiece = pass(index, codes, last?.matches, { most, sieve, score: scoreOfPiece });
  const enough = inOnePiece.matches.length >= most || wanted.length <= SHORT;
  const candidates = last?.scattered === true ? last.matches : undefined;
  const result = enough
    ? inOnePiece
    : pass(index, codes, candidates, { most, sieve: { ...sieve, pairs: [0, 0] }, score: scoreOf });
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
  query: Uint8Array,
  candidates: readonly number[] | undefined,
  { most, sieve, score: scoreFor }: Wanted,
): { readonly best: readonly Found[]; readonly matches: readonly number[] } {
  const { text, starts } = index;
  const best: Found[] = [];
  const matches: number[] = [];
  let worst = Infinity;
  const count = candidates?.length ?? index.count;
  for (let at = 0; at < count; at += 1) {
    const i = candidates === undefined ? at : (candidates[at] ?? 0);
    if (!fitsSieve(index, i, sieve)) continue;
    const score = scoreFor(text, starts[i] ?? 0, starts[i + 1] ?? 0, query);
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

/** Lower is better; undefined when the letters are not there. */
function scoreOf(text: Uint8Array, start: number, end: number, query: Uint8Array): number | undefined {
  const piece = scoreOfPiece(text, start, end, query);
  if (piece !== undefined) return piece;
  const gaps = gapsOf(text, start, end, query);
  return gaps === undefined ? undefined : 10 + gaps + (end - start) / 100;
}

/** Only for the query in one piece. */
function scoreOfPiece(text: Uint8Array, start: number, end: number, query: Uint8Array): number | undefined {
  const length = (end - start) / 100;
  const isShort = query.length <= SHORT;
  for (let at = start; at + query.length <= end; at += 1) {
    if (!standsAt(text, at, query)) continue;
    if (at === start) return query.length === end - start ? 0 : 1 + length;
    if (isShort && text[at - 1] !== UNDERSCORE) continue;
    return (isShort || startsWord(text, at) ? 3 : 6) + (isShort ? 0 : (at - start) / 1000) + length;
  }
  return undefined;
}

function standsAt(text: Uint8Array, at: number, query: Uint8Array): boolean {
  for (let i = 0; i < query.length; i += 1) if (text[at + i] !== query[i]) return false;
  return true;
}

/** Behind what is neither letter nor digit. */
function startsWord(text: Uint8Array, at: number): boolean {
  const before = text[at - 1] ?? 0;
  const isLetter = before >= 97 && before <= 122;
  return !isLetter && !(before >= 48 && before <= 57);
}

/** How scattered the letters are; undefined when they do not stand there in their order. */
function gapsOf(text: Uint8Array, start: number, end: number, query: Uint8Array): number | undefined {
  let from = start;
  let gaps = 0;
  for (const letter of query) {
    let at = from;
    while (at < end && text[at] !== letter) at += 1;
    if (at === end) return undefined;
    if (at !== from) gaps += startsWord(text, at) ? 0.5 : 2;
    from = at + 1;
  }
  return gaps;
}
