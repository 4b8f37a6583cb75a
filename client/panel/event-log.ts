/** The last events of a run: a ring that never grows beyond its size, and those of them that a filter lets through. */

export interface LogRow {
  /** Milliseconds since the run began. */
  readonly at: number;
  readonly kind: string;
  text: string;
  /** A further line of the event above. */
  readonly continues: boolean;
}

/** Rows kept; older ones go, and are counted. */
export const MOST_ROWS = 100_000;
/** Output without line ends is joined up to this length. */
const LONGEST_ROW = 4096;

export class EventLog {
  private readonly rows: LogRow[] = [];
  private next = 0;
  private lineOpen = false;
  private eventCount = 0;
  private filterText = "";
  /** Numbers of the rows that the filter lets through, ascending, from `matchStart` on. */
  private matches: number[] = [];
  private matchStart = 0;

  /** Rows that ever came. */
  get total(): number {
    return this.next;
  }

  /** Events that ever came; one may have several rows. */
  get events(): number {
    return this.eventCount;
  }

  /** Number of the oldest row still kept. */
  get first(): number {
    return Math.max(0, this.next - MOST_ROWS);
  }

  /** How many rows the filter lets through. */
  get length(): number {
    return this.filterText === "" ? this.next - this.first : this.matches.length - this.matchStart;
  }

  get filter(): string {
    return this.filterText;
  }

  /** Adds output as it would stand in a terminal: pieces of one line become one row, several lines several rows. */
  add(at: number, kind: string, text: string): void {
    for (let from = 0; from < text.length; ) {
      const end = text.indexOf("\n", from);
      this.addToLine(at, kind, end === -1 ? text.slice(from) : text.slice(from, end), from > 0);
      this.lineOpen = end === -1;
      from = end === -1 ? text.length : end + 1;
    }
  }

  /** Adds an event of its own. */
  note(at: number, kind: string, text: string): void {
    this.lineOpen = false;
    this.add(at, kind, text === "" ? "\n" : text);
    this.lineOpen = false;
  }

  private addToLine(at: number, kind: string, text: string, continues: boolean): void {
    const last = this.rows[(this.next - 1) % MOST_ROWS];
    if (this.lineOpen && last?.kind === kind && last.text.length + text.length < LONGEST_ROW) {
      last.text += text;
      return;
    }
    if (!continues) this.eventCount += 1;
    this.push({ at, kind, text, continues });
  }

  /** @param index among those that the filter lets through */
  row(index: number): LogRow | undefined {
    const number = this.filterText === "" ? this.first + index : this.matches[this.matchStart + index];
    return number === undefined ? undefined : this.rows[number % MOST_ROWS];
  }

  setFilter(text: string): void {
    this.filterText = text.toLowerCase();
    this.matches = [];
    this.matchStart = 0;
    if (this.filterText === "") return;
    for (let number = this.first; number < this.next; number += 1) {
      const row = this.rows[number % MOST_ROWS];
      if (row !== undefined && this.fits(row)) this.matches.push(number);
    }
  }

  /** All rows kept, oldest first. */
  *all(): Generator<LogRow> {
    for (let number = this.first; number < this.next; number += 1) {
      const row = this.rows[number % MOST_ROWS];
      if (row !== undefined) yield row;
    }
  }

  private push(row: LogRow): void {
    this.rows[this.next % MOST_ROWS] = row;
    if (this.filterText !== "" && this.fits(row)) this.matches.push(this.next);
    this.next += 1;
    this.forgetOld();
  }

  private forgetOld(): void {
    const { first } = this;
    for (
      let oldest = this.matches[this.matchStart];
      oldest !== undefined && oldest < first;
      oldest = this.matches[this.matchStart]
    ) {
      this.matchStart += 1;
    }
    if (this.matchStart > MOST_ROWS) {
      this.matches = this.matches.slice(this.matchStart);
      this.matchStart = 0;
    }
  }

  private fits({ kind, text }: LogRow): boolean {
    return text.toLowerCase().includes(this.filterText) || kind.includes(this.filterText);
  }
}
