/** Kernel types as a header that was never written: each field with its offset and size, and the holes between them. */

import {
  showType,
  sizeOf,
  type EnumDefinition,
  type FunctionPrototype,
  type KernelFacts,
  type StructDefinition,
  type StructField,
  type StructTable,
} from "@probewright/compiler";

/** A generated header, and where in it things stand. */
export interface KernelHeader {
  readonly text: string;
  /** Line of the type's name, 0-based. */
  readonly line: number;
  /** Line of a field, enumerator or parameter by its name, 0-based. */
  readonly lineOf: ReadonlyMap<string, number>;
}

/** @param name as in types, `struct sock`, `enum pid_type`; otherwise the name of a typedef or of a function */
export function kernelHeader(name: string, facts: KernelFacts): KernelHeader | undefined {
  const table = typesOf(facts);
  const struct = table.findStruct(name);
  if (struct !== undefined) return structHeader(struct, table, `from the types of ${facts.name}`);
  const found = table.findEnum(name);
  if (found !== undefined) return enumHeader(found, facts.name);
  const prototypes = facts.findFunctions(name);
  return prototypes.length === 0 ? undefined : functionHeader(prototypes, facts.name);
}

/** @param name `CATEGORY:EVENT` */
export function tracepointHeader(name: string, facts: KernelFacts): KernelHeader | undefined {
  const [category = "", event = ""] = name.split(":");
  const format = facts.tracepointFormat(category, event);
  if (format === undefined || format === "missing") return undefined;
  const fields = format.fields.map(({ name: field, cType, offset, size }) => ({
    ...{ name: field, cType, offset, size },
    declaration: `${withName(cType, field)};`,
    bits: undefined,
  }));
  const end = Math.max(0, ...fields.map(({ offset, size }) => offset + size));
  return layout(`tracepoint ${name}: what ${facts.name} records`, "struct args", fields, end);
}

/** The types behind facts, as one table. */
function typesOf(facts: KernelFacts): StructTable {
  return {
    findStruct: (name) => present(facts.findStruct(name)),
    findEnum: (name) => present(facts.findEnum(name)),
    findTypedef: (name) => present(facts.findTypedef(name)),
    findEnumConstant: facts.findEnumConstant,
  };
}

function present<T>(value: T | "missing" | undefined): T | undefined {
  return value === "missing" ? undefined : value;
}

interface Row {
  readonly name: string;
  readonly declaration: string;
  readonly offset: number;
  readonly size: number;
  readonly bits: StructField["bitfield"];
}

function structHeader(struct: StructDefinition, table: StructTable, source: string): KernelHeader {
  const rows = struct.fields.map((field, i): Row => {
    const next = struct.fields[i + 1]?.offset ?? struct.size;
    const bits = field.bitfield;
    const width = bits === undefined ? "" : ` : ${bits.width.toString()}`;
    const declaration = `${withName(field.cType ?? showType(field.type), field.name)}${width};`;
    return {
      name: field.name,
      declaration,
      offset: field.offset,
      size: sizeOfField(field, table, next),
      bits,
    };
  });
  const title = `${struct.name}: ${struct.size.toString()} bytes, aligned to ${struct.align.toString()}; ${source}`;
  return layout(title, struct.name, rows, struct.size);
}

/** Size by type; what has none, such as a flexible array, ends where the next field starts. */
function sizeOfField(field: StructField, table: StructTable, next: number): number {
  const known = bytesOf(field, table);
  return known > 0 ? known : Math.max(0, next - field.offset);
}

/** What a field takes in memory, which for a text may be less than as a value; 0 when its type has no size. */
export function bytesOf({ type, unterminated }: StructField, table: StructTable): number {
  if (type.kind === "none" || type.kind === "void") return 0;
  return sizeOf(type, table) - (unterminated === true ? 1 : 0);
}

function layout(title: string, name: string, rows: readonly Row[], size: number): KernelHeader {
  const lines = [`/* ${title} */`, "", `${name} {`];
  const lineOf = new Map<string, number>();
  const column = Math.min(48, Math.max(0, ...rows.map(({ declaration }) => declaration.length)) + 1);
  let end = 0;
  let unused = 0;
  const hole = (until: number): void => {
    if (until <= end) return;
    lines.push(`\t/* hole of ${(until - end).toString()} bytes at ${end.toString()} */`);
    unused += until - end;
  };
  for (const row of rows) {
    hole(row.offset);
    lineOf.set(row.name, lines.length);
    lines.push(`\t${row.declaration.padEnd(column)} /* ${placeText(row)} */`);
    end = Math.max(end, row.offset + row.size);
  }
  hole(size);
  const summary = `${rows.length.toString()} fields, ${unused.toString()} of ${size.toString()} bytes unused`;
  lines.push("};", "", `/* ${summary} */`, "");
  return { text: lines.join("\n"), line: 2, lineOf };
}

function placeText({ offset, size, bits }: Row): string {
  const text = `${offset.toString().padStart(5)} ${size.toString().padStart(5)}`;
  if (bits === undefined) return text;
  return `${text}, bits ${bits.shift.toString()} to ${(bits.shift + bits.width - 1).toString()}`;
}

/** Puts the name where C wants it: before the dimensions, behind the star of a function pointer. */
export function withName(cType: string, name: string): string {
  const pointer = /^(.*?\(\*+)(\).*)$/.exec(cType);
  if (pointer !== null) return `${pointer[1] ?? ""}${name}${pointer[2] ?? ""}`;
  const array = /^(?!__data_loc)(.*?)\s*((?:\[\w*\])+)$/.exec(cType);
  const base = array?.[1] ?? cType;
  return `${base}${base.endsWith("*") ? "" : " "}${name}${array?.[2] ?? ""}`;
}

function enumHeader({ name, members, size }: EnumDefinition, kernel: string): KernelHeader {
  const lines = [`/* ${name}: ${size.toString()} bytes; from the types of ${kernel} */`, "", `${name} {`];
  const lineOf = new Map<string, number>();
  for (const member of members) {
    lineOf.set(member.name, lines.length);
    lines.push(`\t${member.name} = ${member.value.toString()},`);
  }
  lines.push("};", "");
  return { text: lines.join("\n"), line: 2, lineOf };
}

function functionHeader(prototypes: readonly FunctionPrototype[], kernel: string): KernelHeader {
  const lines = [`/* ${prototypes[0]?.name ?? ""}: from the types of ${kernel} */`, ""];
  const lineOf = new Map<string, number>();
  for (const { name, module, parameters, returnsCType } of prototypes) {
    if (module !== "vmlinux") lines.push(`/* of the module ${module} */`);
    lines.push(`${withName(returnsCType, name)}(${parameters.length === 0 ? "void" : ""}`);
    for (const [i, parameter] of parameters.entries()) {
      if (!lineOf.has(parameter.name)) lineOf.set(parameter.name, lines.length);
      const comma = i < parameters.length - 1 ? "," : "";
      lines.push(`\t${withName(parameter.cType, parameter.name)}${comma} /* arg${i.toString()} */`);
    }
    lines.push(");", "");
  }
  return { text: lines.join("\n"), line: 2, lineOf };
}
