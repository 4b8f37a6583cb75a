/** The rows and rules of all files of a run, as programs search them: rules are numbered, each kept once. */

import { unwindRow } from "@probewright/compiler";
import { readFrameEntries, type FrameSection } from "./frame-entries.ts";
import { runEntry } from "./frame-rules.ts";
import { ruleKey, unknownRule, type Rule } from "./rule.ts";

/** The rows of one file. */
export interface FileRows {
  readonly first: number;
  readonly count: number;
}

const FIRST_ROWS = 1 << 14;
/** Rows are addressed by 32 bits. */
const MOST_ADDRESS = 2 ** 32;

export class RowStore {
  /** Address and rule of each row. */
  private words = new Uint32Array(2 * FIRST_ROWS);
  private readonly numbers = new Map<string, number>();
  readonly rules: Rule[] = [];
  rows = 0;

  /** No more rows are taken than this. */
  most: number;

  constructor(most: number) {
    this.most = most;
    this.numberOf(unknownRule);
  }

  /** @returns undefined when there is no room for another file */
  add(section: FrameSection): FileRows | undefined {
    const first = this.rows;
    let covered = 0;
    for (const entry of readFrameEntries(section)) {
      // Of two entries for one address neither is to be trusted more; the first has been taken.
      if (entry.start < covered || entry.end > MOST_ADDRESS) continue;
      if (entry.start > covered) this.put(first, covered, unknownRule);
      runEntry(entry, section.address, (from, rule) => {
        this.put(first, from, rule);
      });
      covered = entry.end;
      if (this.rows >= this.most) {
        this.rows = first;
        return undefined;
      }
    }
    this.put(first, covered, unknownRule);
    return { first, count: this.rows - first };
  }

  /** The bytes of rows, as their array has them. */
  rowBytes(first: number, count: number): Uint8Array {
    const { buffer } = this.words;
    const end = Math.min(first + count, this.rows);
    const bytes = new Uint8Array(count * unwindRow.bytes);
    bytes.set(new Uint8Array(buffer, first * unwindRow.bytes, Math.max(0, end - first) * unwindRow.bytes));
    return bytes;
  }

  private put(first: number, address: number, rule: Rule): void {
    const number = this.numberOf(rule);
    const { words, rows } = this;
    const last = 2 * (rows - 1);
    if (rows > first && words[last] === address) {
      words[last + 1] = number;
      return;
    }
    if (rows > first && words[last + 1] === number) return;
    if (words.length < 2 * (rows + 1)) {
      this.words = new Uint32Array(2 * words.length);
      this.words.set(words);
    }
    this.words[2 * rows] = address;
    this.words[2 * rows + 1] = number;
    this.rows += 1;
  }

  private numberOf(rule: Rule): number {
    const key = ruleKey(rule);
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const number = this.rules.push(rule) - 1;
    this.numbers.set(key, number);
    return number;
  }
}
