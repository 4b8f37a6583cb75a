/** The line tables: which addresses a source line starts at. */

import { cString, type Cursor, cursorAt, i8, offset, skip, sleb, u16, u32, u64, u8, uleb } from "./cursor.ts";
import { type FormContext, readForm } from "./forms.ts";
import type { Sections } from "./units.ts";

interface LineFile {
  readonly path: string;
}

interface Program {
  readonly files: readonly LineFile[];
  readonly minimumLength: number;
  readonly isStatement: boolean;
  readonly lineBase: number;
  readonly lineRange: number;
  readonly opcodeBase: number;
  readonly opcodeLengths: readonly number[];
  /** Where the instructions start and end. */
  readonly start: number;
  readonly end: number;
}

export interface LineQuery {
  /** May leave out leading folders. */
  readonly file: string;
  readonly line: number;
  /** 0 for any. */
  readonly column: number;
}

const WIDE_MARK = 0xffffffff;
/** Rows of one program; more is damage. */
const MAX_ROWS = 50_000_000;

/** Addresses of the statements that begin on a line, ascending, each stretch of code once. */
export function addressesOfLine(sections: Sections, query: LineQuery): readonly bigint[] {
  const found = new Set<bigint>();
  const cursor = cursorAt(sections.lines, 0);
  try {
    while (cursor.at < sections.lines.length) {
      const program = readProgram(cursor, sections);
      if (program === undefined) continue;
      const wanted = new Set<number>();
      program.files.forEach(({ path }, number) => {
        if (path === query.file || path.endsWith(`/${query.file}`)) wanted.add(number);
      });
      if (wanted.size > 0) runProgram(sections.lines, program, wanted, query, found);
    }
  } catch {
    // What is damaged ends the search; what was found before it holds.
  }
  return [...found].sort((left, right) => (left < right ? -1 : left > right ? 1 : 0));
}

/** Leaves the cursor behind the program. @returns undefined for versions that are not known */
function readProgram(cursor: Cursor, sections: Sections): Program | undefined {
  const first = u32(cursor);
  const wide = first === WIDE_MARK;
  const length = wide ? Number(u64(cursor)) : first;
  const end = cursor.at + length;
  if (end > sections.lines.length) throw new RangeError("a line table is cut off");
  const version = u16(cursor);
  const program = version >= 2 && version <= 5 ? readHeader(cursor, sections, version, wide, end) : undefined;
  cursor.at = end;
  return program;
}

function readHeader(
  cursor: Cursor,
  sections: Sections,
  version: number,
  wide: boolean,
  end: number,
): Program {
  const addressSize = version >= 5 ? u8(cursor) : 8;
  if (version >= 5) skip(cursor, 1);
  const headerLength = offset(cursor, wide);
  const start = cursor.at + headerLength;
  const minimumLength = u8(cursor);
  if (version >= 4) skip(cursor, 1);
  const isStatement = u8(cursor) === 1;
  const lineBase = i8(cursor);
  const lineRange = Math.max(1, u8(cursor));
  const opcodeBase = u8(cursor);
  const opcodeLengths = Array.from({ length: Math.max(0, opcodeBase - 1) }, () => u8(cursor));
  const context = contextOf(sections, version, wide, addressSize);
  const files = version >= 5 ? readTables(cursor, context) : readOldTables(cursor);
  return { files, minimumLength, isStatement, lineBase, lineRange, opcodeBase, opcodeLengths, start, end };
}

function contextOf(sections: Sections, version: number, wide: boolean, addressSize: number): FormContext {
  return {
    version,
    wide,
    addressSize,
    unitStart: 0,
    infoStart: 0,
    strings: sections.strings,
    lineStrings: sections.lineStrings,
    stringOffsets: sections.stringOffsets,
    stringOffsetsBase: wide ? 16 : 8,
    typeBySignature: () => undefined,
  };
}

function joined(folder: string, name: string): string {
  return name.startsWith("/") || folder === "" ? name : `${folder}/${name}`;
}

/** Before version 5 files count from 1, and folder 0 is the compilation's own, which is not named here. */
function readOldTables(cursor: Cursor): readonly LineFile[] {
  const folders = [""];
  for (let name = cString(cursor); name !== ""; name = cString(cursor)) folders.push(name);
  const files: LineFile[] = [{ path: "" }];
  for (let name = cString(cursor); name !== ""; name = cString(cursor)) {
    const folder = folders[uleb(cursor)] ?? "";
    uleb(cursor);
    uleb(cursor);
    files.push({ path: joined(folder, name) });
  }
  return files;
}

const CONTENT_PATH = 1;
const CONTENT_FOLDER = 2;

function readTables(cursor: Cursor, context: FormContext): readonly LineFile[] {
  const folders = readEntries(cursor, context).map(({ path }) => path);
  const root = folders[0] ?? "";
  return readEntries(cursor, context).map(({ path, folder }) => ({
    path: joined(joined(root, folders[folder] ?? ""), path),
  }));
}

function readEntries(
  cursor: Cursor,
  context: FormContext,
): readonly { readonly path: string; readonly folder: number }[] {
  const format = Array.from({ length: u8(cursor) }, () => ({ content: uleb(cursor), form: uleb(cursor) }));
  const count = uleb(cursor);
  if (count > cursor.bytes.length) throw new RangeError("more files than bytes");
  return Array.from({ length: count }, () => {
    let path = "";
    let folder = 0;
    for (const { content, form } of format) {
      const value = readForm(cursor, form, context, undefined);
      if (content === CONTENT_PATH && typeof value === "string") path = value;
      if (content === CONTENT_FOLDER && typeof value === "number") folder = value;
    }
    return { path, folder };
  });
}

/** Registers of the line machine. */
interface Row {
  address: bigint;
  file: number;
  line: number;
  column: number;
  isStatement: boolean;
}

interface Machine {
  readonly row: Row;
  readonly emit: () => void;
  readonly endSequence: () => void;
}

function createMachine(
  program: Program,
  wanted: ReadonlySet<number>,
  query: LineQuery,
  found: Set<bigint>,
): Machine {
  const row: Row = { address: 0n, file: 1, line: 1, column: 0, isStatement: program.isStatement };
  let within = false;
  return {
    row,
    emit: () => {
      const onLine = wanted.has(row.file) && row.line === query.line;
      const matches = onLine && (query.column === 0 || row.column === query.column);
      // Rows that follow each other on one line are one stretch of code, unless a column was asked for.
      if (matches && row.isStatement && (!within || query.column !== 0)) found.add(row.address);
      within = onLine && (within || row.isStatement);
    },
    endSequence: () => {
      within = false;
      row.address = 0n;
      row.file = 1;
      row.line = 1;
      row.column = 0;
      row.isStatement = program.isStatement;
    },
  };
}

function runProgram(
  bytes: Buffer,
  program: Program,
  wanted: ReadonlySet<number>,
  query: LineQuery,
  found: Set<bigint>,
): void {
  const cursor = cursorAt(bytes, program.start);
  const machine = createMachine(program, wanted, query, found);
  for (let rows = 0; cursor.at < program.end && rows < MAX_ROWS; rows += 1) {
    const opcode = u8(cursor);
    if (opcode >= program.opcodeBase) special(opcode, program, machine);
    else if (opcode === 0) extended(cursor, machine);
    else standard(cursor, opcode, program, machine);
  }
}

function special(opcode: number, program: Program, { row, emit }: Machine): void {
  const adjusted = opcode - program.opcodeBase;
  row.address += BigInt(Math.floor(adjusted / program.lineRange) * program.minimumLength);
  row.line += program.lineBase + (adjusted % program.lineRange);
  emit();
}

function extended(cursor: Cursor, machine: Machine): void {
  const length = uleb(cursor);
  const end = cursor.at + length;
  const opcode = length > 0 ? u8(cursor) : 0;
  if (opcode === 1) machine.endSequence();
  if (opcode === 2 && length >= 9) machine.row.address = u64(cursor);
  if (end > cursor.bytes.length) throw new RangeError("an instruction is cut off");
  cursor.at = end;
}

function standard(cursor: Cursor, opcode: number, program: Program, { row, emit }: Machine): void {
  switch (opcode) {
    case 1:
      emit();
      break;
    case 2:
      row.address += BigInt(uleb(cursor) * program.minimumLength);
      break;
    case 3:
      row.line += Number(sleb(cursor));
      break;
    case 4:
      row.file = uleb(cursor);
      break;
    case 5:
      row.column = uleb(cursor);
      break;
    case 6:
      row.isStatement = !row.isStatement;
      break;
    case 8:
      row.address += BigInt(
        Math.floor((255 - program.opcodeBase) / program.lineRange) * program.minimumLength,
      );
      break;
    case 9:
      row.address += BigInt(u16(cursor));
      break;
    default:
      for (let i = 0; i < (program.opcodeLengths[opcode - 1] ?? 0); i += 1) uleb(cursor);
  }
}
