/** BTF types written as C, for hover, listings and the virtual kernel header. */

import { type BtfMember, type BtfType, typeAt } from "./model.ts";
import type { Btf } from "./reader.ts";

const MAX_DEPTH = 24;
/** Types that one text may name. Those of a kernel have hundreds of members; one that is no kernel's may hold itself. */
const MOST_NAMED = 20_000;

interface Spelling {
  readonly btf: Btf;
  /** How many types may still be named. */
  left: number;
}

/**
 * `unsigned long flags[6]`, `int (*read)(struct file *, char *)`; without a name the type alone: `char[16]`.
 * A struct without a name is written by its tag only.
 */
export function spellDeclaration(btf: Btf, id: number, name: string): string {
  return declare({ btf, left: MOST_NAMED }, id, name, 0);
}

function declare(spelling: Spelling, id: number, declarator: string, depth: number): string {
  if (depth > MAX_DEPTH || spelling.left <= 0) return join("...", declarator);
  spelling.left -= 1;
  const type = typeAt(spelling.btf, id);
  switch (type.kind) {
    case "pointer":
      return declarePointer(spelling, type.type, declarator, depth);
    case "array": {
      const suffix = type.count === 0 ? "[]" : `[${type.count}]`;
      return declare(spelling, type.type, `${declarator}${suffix}`, depth + 1);
    }
    case "function-prototype":
      return declare(
        spelling,
        type.returns,
        `${declarator}(${spellParameters(spelling, type, depth)})`,
        depth + 1,
      );
    case "const":
    case "volatile":
    case "restrict":
      return declareQualified(spelling, type, declarator, depth);
    case "type-tag":
      return declare(spelling, type.type, declarator, depth + 1);
    default:
      return join(baseName(type), declarator);
  }
}

function join(base: string, declarator: string): string {
  if (declarator === "" || declarator.startsWith("[")) return `${base}${declarator}`;
  return `${base} ${declarator}`;
}

function declarePointer(spelling: Spelling, to: number, declarator: string, depth: number): string {
  const { target, tags } = skipTags(spelling.btf, to);
  const marks = tags.map((tag) => `__${tag} `).join("");
  const star = marks === "" ? `*${declarator}` : `${marks}*${declarator}`;
  const inner = typeAt(spelling.btf, withoutQualifiers(spelling.btf, target)).kind;
  const wrap = inner === "array" || inner === "function-prototype";
  return declare(spelling, target, wrap ? `(${star})` : star, depth + 1);
}

function skipTags(btf: Btf, id: number): { readonly target: number; readonly tags: readonly string[] } {
  const tags: string[] = [];
  let target = id;
  for (let i = 0; i < MAX_DEPTH; i += 1) {
    const type = typeAt(btf, target);
    if (type.kind !== "type-tag") break;
    tags.push(type.name);
    target = type.type;
  }
  return { target, tags };
}

function withoutQualifiers(btf: Btf, id: number): number {
  let current = id;
  for (let i = 0; i < MAX_DEPTH; i += 1) {
    const type = typeAt(btf, current);
    if (type.kind !== "const" && type.kind !== "volatile" && type.kind !== "restrict") return current;
    current = type.type;
  }
  return current;
}

/** `const char` before its base, `*const p` after its star. */
function declareQualified(
  spelling: Spelling,
  type: { readonly kind: "const" | "volatile" | "restrict"; readonly type: number },
  declarator: string,
  depth: number,
): string {
  if (typeAt(spelling.btf, withoutQualifiers(spelling.btf, type.type)).kind === "pointer") {
    const space = declarator === "" || declarator.startsWith("[") ? "" : " ";
    return declare(spelling, type.type, `${type.kind}${space}${declarator}`, depth + 1);
  }
  return `${type.kind} ${declare(spelling, type.type, declarator, depth + 1)}`;
}

function spellParameters(
  spelling: Spelling,
  type: BtfType & { readonly kind: "function-prototype" },
  depth: number,
): string {
  if (type.parameters.length === 0) return "void";
  return type.parameters
    .map((parameter) =>
      parameter.type === 0 && parameter.name === ""
        ? "..."
        : declare(spelling, parameter.type, parameter.name, depth + 1),
    )
    .join(", ");
}

function baseName(type: BtfType): string {
  switch (type.kind) {
    case "void":
      return "void";
    case "struct":
    case "union":
      return `${type.kind}${named(type.name)}`;
    case "forward":
      return `${type.union ? "union" : "struct"}${named(type.name)}`;
    case "enum":
    case "enum64":
      return `enum${named(type.name)}`;
    case "integer":
    case "float":
    case "typedef":
    case "function":
    case "variable":
    case "data-section":
    case "declaration-tag":
      return type.name;
    case "pointer":
    case "array":
    case "function-prototype":
    case "const":
    case "volatile":
    case "restrict":
    case "type-tag":
      return "";
  }
}

function named(name: string): string {
  return name === "" || name === "(anon)" ? " {...}" : ` ${name}`;
}

/** The whole definition of a struct, union, enum or typedef, unnamed members written inside it. */
export function spellDefinition(btf: Btf, id: number): string {
  const spelling = { btf, left: MOST_NAMED };
  const type = typeAt(btf, id);
  switch (type.kind) {
    case "typedef":
      return `typedef ${declareInline(spelling, type.type, type.name, "", 0)};`;
    case "struct":
    case "union":
    case "enum":
    case "enum64":
      return `${body(spelling, type, "", 0)};`;
    default:
      return `${spellDeclaration(btf, id, "")};`;
  }
}

function body(spelling: Spelling, type: BtfType, indent: string, depth: number): string {
  if (type.kind === "enum" || type.kind === "enum64") {
    const rows = type.enumerators.map(({ name, value }) => `${indent}\t${name} = ${value},\n`);
    return `enum${tag(type.name)} {\n${rows.join("")}${indent}}`;
  }
  if (type.kind !== "struct" && type.kind !== "union") return baseName(type);
  const rows = type.members.map(
    (member) => `${indent}\t${spellMember(spelling, member, `${indent}\t`, depth)}\n`,
  );
  return `${type.kind}${tag(type.name)} {\n${rows.join("")}${indent}}`;
}

function tag(name: string): string {
  return name === "" || name === "(anon)" ? "" : ` ${name}`;
}

function spellMember(spelling: Spelling, member: BtfMember, indent: string, depth: number): string {
  const width = member.bitWidth > 0 ? `: ${member.bitWidth}` : "";
  const name = member.name === "(anon)" ? "" : member.name;
  return `${declareInline(spelling, member.type, name, indent, depth + 1)}${width};`;
}

/** As `declare`, but a struct, union or enum without a name is written out. */
function declareInline(spelling: Spelling, id: number, name: string, indent: string, depth: number): string {
  const type = typeAt(spelling.btf, innermost(spelling.btf, id));
  const short = declare(spelling, id, name, 0);
  const unnamed = "name" in type && (type.name === "" || type.name === "(anon)");
  if (!unnamed || depth > MAX_DEPTH || spelling.left <= 0) return short;
  return short.replace(/(struct|union|enum) \{\.\.\.\}/, () => body(spelling, type, indent, depth));
}

/** What pointers, arrays and qualifiers are built on; typedefs are kept, as they have a name. */
function innermost(btf: Btf, id: number): number {
  let current = id;
  for (let i = 0; i < 2 * MAX_DEPTH; i += 1) {
    const type = typeAt(btf, current);
    switch (type.kind) {
      case "pointer":
      case "array":
      case "const":
      case "volatile":
      case "restrict":
      case "type-tag":
        current = type.type;
        break;
      default:
        return current;
    }
  }
  return current;
}
