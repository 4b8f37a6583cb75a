/** The format files of tracepoints: what each event carries, as text of the kernel and as a struct of the language. */

import {
  integer,
  int8,
  type IntegerSize,
  none,
  pointer,
  type StructDefinition,
  type StructField,
  type Type,
  uint8,
} from "../types/type.ts";
import { type CTypeNames, parseCTypeName, typeOfCTypeName } from "./c-type-name.ts";
import type { KernelFacts, Missing, TracepointField, TracepointFormat } from "./facts.ts";

/** Fields below this offset are the header of every event, in bytes. */
const COMMON_BYTES = 8;

const FIELD =
  /^\s*field:\s*(?<declaration>[^;]*);\s*offset:\s*(?<offset>\d+);\s*size:\s*(?<size>\d+);(?:\s*signed:\s*(?<signed>[01]);)?/;
/** The name is the last word; an array's brackets follow it, or stand before it for `__data_loc`. */
const DECLARATION = /^(?<before>.*?)(?<name>\w+)\s*(?<after>(?:\[[^\]]*\]\s*)*)$/s;

/** Reads one `events/CATEGORY/EVENT/format` file; lines that are no fields are skipped. */
export function parseTracepointFormat(category: string, event: string, text: string): TracepointFormat {
  const fields = text
    .split("\n")
    .map(parseField)
    .filter((field) => field !== undefined);
  return { category, event, fields };
}

function parseField(line: string): TracepointField | undefined {
  const groups = FIELD.exec(line)?.groups;
  const declaration = DECLARATION.exec((groups?.["declaration"] ?? "").trim())?.groups;
  if (groups === undefined || declaration === undefined) return undefined;
  const offset = Number(groups["offset"]);
  const name = declaration["name"] ?? "";
  return {
    name,
    cType: `${(declaration["before"] ?? "").trim()}${(declaration["after"] ?? "").trim()}`,
    offset,
    size: Number(groups["size"]),
    signed: groups["signed"] === "1",
    common: offset < COMMON_BYTES && name.startsWith("common_"),
  };
}

/** The name under which the struct of a tracepoint's arguments is found. */
export function tracepointStructName(category: string, event: string): string {
  return `args tracepoint:${category}:${event}`;
}

/** A format belongs to one kernel, so what its types are does not change; each edit of a script asks again. */
const argumentsOf = new WeakMap<TracepointFormat, StructDefinition>();

/**
 * The struct behind `args`, without the common header. Types are those the kernel's BTF gives the C names; where the size in
 * the file differs, as for system calls whose every argument takes eight bytes, the file is right.
 */
export function tracepointArguments(
  format: TracepointFormat,
  facts: Pick<KernelFacts, "findTypedef" | "findEnum">,
): StructDefinition {
  const known = argumentsOf.get(format);
  if (known !== undefined) return known;
  const unanswered: string[] = [];
  const found = <T>(name: string, value: T | undefined | Missing): T | undefined => {
    if (value !== "missing") return value;
    unanswered.push(name);
    return undefined;
  };
  const names: CTypeNames = {
    findTypedef: (name) => found(name, facts.findTypedef(name)),
    findEnum: (name) => found(name, facts.findEnum(name)),
    space: format.category === "syscalls" ? "user" : "kernel",
  };
  const fields = format.fields.filter((field) => !field.common).map((field) => structField(field, names));
  const size = Math.max(0, ...format.fields.map((field) => field.offset + field.size));
  const definition: StructDefinition = {
    name: tracepointStructName(format.category, format.event),
    size: Math.ceil(size / 8) * 8,
    align: 8,
    fields: fields.sort((left, right) => left.offset - right.offset),
    origin: "probe-arguments",
  };
  if (unanswered.length === 0) argumentsOf.set(format, definition);
  return definition;
}

const DATA_LOCATION = /^__data_loc\s+/;
/** Counts from the end of the field itself; the language has no way to read it. */
const RELATIVE_LOCATION = /^__rel_loc\s+/;

function structField(field: TracepointField, names: CTypeNames): StructField {
  const shared = { name: field.name, offset: field.offset, cType: field.cType };
  if (RELATIVE_LOCATION.test(field.cType)) return { ...shared, type: none };
  if (DATA_LOCATION.test(field.cType)) {
    const element = parseCTypeName(field.cType.replace(DATA_LOCATION, "").replace(/\[[^\]]*\]\s*$/, ""));
    const to = typeOfCTypeName(element, names, () => 0) ?? int8;
    return { ...shared, type: pointer(to, "kernel"), dataLocation: true };
  }
  const parsed = parseCTypeName(field.cType);
  const type = typeOfCTypeName(parsed, names, (element) => elementCount(field.size, element));
  const tags = parsed.tags.length > 0 ? { tags: parsed.tags } : {};
  return { ...shared, type: fitted(type, field), ...tags };
}

/** How many elements fill the field; kernels before 6.x write constants such as `TASK_COMM_LEN` as the dimension. */
function elementCount(fieldSize: number, element: Type): number {
  const size = scalarSize(element);
  return size === undefined || size === 0 ? 0 : Math.floor(fieldSize / size);
}

/** Undefined for types whose size only their definition says. */
function scalarSize(type: Type): number | undefined {
  switch (type.kind) {
    case "integer":
    case "string":
      return type.size;
    case "boolean":
      return 1;
    case "pointer":
      return 8;
    default:
      return undefined;
  }
}

function fitted(type: Type | undefined, field: TracepointField): Type {
  if (type !== undefined && type.kind !== "void") {
    const size = scalarSize(type);
    if (size === undefined || size === field.size || type.kind === "string") return type;
  }
  const size = asIntegerSize(field.size);
  return size === undefined
    ? { kind: "array", element: uint8, count: field.size }
    : integer(size, field.signed);
}

function asIntegerSize(bytes: number): IntegerSize | undefined {
  return bytes === 1 || bytes === 2 || bytes === 4 || bytes === 8 ? bytes : undefined;
}
