/** The bodies of structs, unions and enums. */

import type { EnumDefinition } from "../../types/type.ts";
import { noAttributes, readAttribute } from "./attributes.ts";
import {
  accept,
  type Attributes,
  current,
  expect,
  type Parser,
  problem,
  problemAt,
  skipTo,
  type Specifiers,
} from "./cursor.ts";
import type { SizedType } from "./sized-type.ts";
import { type CMember, layOutStruct } from "./struct-layout.ts";

/** Reads members up to and with the closing brace, and records the definition under `key`. */
export function parseStructBody(
  parser: Parser,
  tag: "struct" | "union",
  key: string,
  before: Attributes,
): true {
  const { scope } = parser;
  const members: CMember[] = [];
  while (current(parser).kind !== "end" && !accept(parser, "}")) {
    const start = parser.at;
    parseMembers(parser, members);
    if (parser.at === start) parser.at += 1;
  }
  let attributes = before;
  for (;;) {
    const more = readAttribute(parser, attributes);
    if (more === undefined) break;
    attributes = more;
  }
  const { packed, minimumAlign } = attributes;
  scope.structs.set(
    key,
    layOutStruct({ name: key, tag, members, packed, minimumAlign, origin: scope.origin }),
  );
  return true;
}

function parseMembers(parser: Parser, members: CMember[]): void {
  if (accept(parser, ";")) return;
  if (/^(_Static_assert|static_assert)$/.test(current(parser).text)) {
    skipTo(parser, [";", "}"]);
    return;
  }
  const specifiers = parser.rules.parseSpecifiers(parser);
  if (specifiers === undefined) {
    problem(parser, `'${current(parser).text}' is no member`);
    skipTo(parser, [";", "}"]);
    return;
  }
  if (accept(parser, ";")) {
    addAnonymous(parser, specifiers, members);
    return;
  }
  for (;;) {
    addMember(parser, specifiers, members);
    if (accept(parser, ",")) continue;
    // Scripts leave out the last one, and C compilers let them.
    if (current(parser).text === "}") return;
    if (!expect(parser, ";")) skipTo(parser, [";", "}"]);
    return;
  }
}

/** A struct or union without a name and a declarator: its fields count as the parent's. A mere declaration is no member. */
function addAnonymous(parser: Parser, { type, attributes }: Specifiers, members: CMember[]): void {
  const { scope } = parser;
  if (type.type.kind !== "struct") return;
  const definition = scope.structs.get(type.type.name);
  if (definition === undefined || !/^(struct|union) \(anonymous /.test(definition.name)) return;
  for (const { name } of definition.fields) reportTwice(parser, parser.at - 1, name, members);
  members.push({
    name: undefined,
    sized: type,
    width: undefined,
    packed: attributes.packed,
    minimumAlign: attributes.minimumAlign,
    merged: definition.fields,
  });
}

function addMember(parser: Parser, specifiers: Specifiers, members: CMember[]): void {
  const place = parser.at;
  const unnamedBits = current(parser).text === ":";
  const declared = unnamedBits
    ? { name: undefined, type: specifiers.type, packed: false, minimumAlign: 0 }
    : parser.rules.parseDeclarator(parser, specifiers.type, specifiers.attributes.tags);
  const width = accept(parser, ":") ? parseWidth(parser, declared.type) : undefined;
  const trailing = width === undefined ? noAttributes : (readAttribute(parser, noAttributes) ?? noAttributes);
  if (declared.name === undefined && width === undefined) {
    problem(parser, "a member needs a name");
    return;
  }
  if (declared.type.size === undefined && width === undefined) reportSize(parser, place, declared.type);
  else reportEnum(parser, place, declared.type);
  if (declared.name !== undefined) reportTwice(parser, place, declared.name, members);
  members.push({
    name: declared.name,
    sized: declared.type,
    width,
    packed: declared.packed || specifiers.attributes.packed || trailing.packed,
    minimumAlign: Math.max(declared.minimumAlign, specifiers.attributes.minimumAlign),
    merged: [],
  });
}

function reportTwice(parser: Parser, place: number, name: string, members: readonly CMember[]): void {
  const isNamed = (member: CMember): boolean =>
    member.name === name || member.merged.some((field) => field.name === name);
  if (members.some(isNamed)) problemAt(parser, place, `there is a member '${name}' already`);
}

/** A name or type that is unknown has been reported where it stands. */
function reportSize(parser: Parser, place: number, { type, spelling }: SizedType): void {
  if (type.kind !== "struct" && type.kind !== "void") return;
  problemAt(parser, place, `the size of '${spelling}' is not known here`);
}

/** An enum that nothing defines has a size here, that of most, but none for C. */
function reportEnum(parser: Parser, place: number, { type }: SizedType): void {
  const element = type.kind === "array" ? type.element : type;
  const name = element.kind === "integer" ? element.enumName : undefined;
  const { enums, outer } = parser.scope;
  if (name === undefined || enums.has(name) || outer.findEnum(name) !== undefined) return;
  problemAt(parser, place, `nothing defines '${name}'`);
}

function parseWidth(parser: Parser, { size }: SizedType): number {
  const start = parser.at;
  while (current(parser).kind !== "end" && !/^([,;}]|__attribute__)$/.test(current(parser).text))
    parser.at += 1;
  const width = parser.rules.constantOf(parser, parser.tokens.slice(start, parser.at));
  if (width !== undefined && width >= 0n && width <= (size ?? 8) * 8) return Number(width);
  problemAt(parser, start, "the width of this bit-field is no constant that its type can hold");
  return 0;
}

/** Reads constants up to and with the closing brace, and records the enum under `key`. */
export function parseEnumBody(parser: Parser, key: string, underlyingSize: number | undefined): void {
  const { scope } = parser;
  const members: EnumDefinition["members"][number][] = [];
  let next: bigint | undefined = 0n;
  while (current(parser).kind === "name") {
    const name = current(parser).text;
    if (members.some((member) => member.name === name))
      problem(parser, `there is a constant '${name}' already`);
    parser.at += 1;
    while (readAttribute(parser, noAttributes) !== undefined);
    if (accept(parser, "=")) next = parseValue(parser);
    if (next !== undefined) {
      members.push({ name, value: next });
      scope.constants.set(name, next);
      next += 1n;
    }
    if (!accept(parser, ",")) break;
  }
  if (!expect(parser, "}")) {
    skipTo(parser, ["}"]);
    accept(parser, "}");
  }
  const small = members.every(({ value }) => value >= -(1n << 31n) && value < 1n << 32n);
  const size =
    underlyingSize === 1 || underlyingSize === 2 || underlyingSize === 8 ? underlyingSize : small ? 4 : 8;
  scope.enums.set(key, { name: key, size, members });
}

function parseValue(parser: Parser): bigint | undefined {
  const start = parser.at;
  skipTo(parser, [",", "}"]);
  const value = parser.rules.constantOf(parser, parser.tokens.slice(start, parser.at));
  if (value !== undefined) return value;
  problemAt(parser, start, "the value of this constant is not known");
  return undefined;
}
