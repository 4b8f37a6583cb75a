/** BTF types written as C, for hover, listings and the virtual kernel header. */

import { type BtfMember, type BtfType, typeAt } from "./model.ts";
import type { Btf } from "./reader.ts";

const MAX_DEPTH = 24;

/**
 * `unsigned long flags[6]`, `int (*read)(struct file *, char *)`; without a name the type alone: `char[16]`.
 * A struct without a name is written by its tag only.
 */
export function spellDeclaration(btf: Btf, id: number, name: string): string {
  return declare(btf, id, name, 0);
}

function declare(btf: Btf, id: number, declarator: string, depth: number): string {
  const type = typeAt(btf, id);
  if (depth > MAX_DEPTH) return join("...", declarator);
  switch (type.kind) {
    case "pointer":
      return declarePointer(btf, type.type, declarator, depth);
    case "array": {
      const suffix = type.count === 0 ? "[]" : `[${type.count}]`;
      return declare(btf, type.type, `${declarator}${suffix}`, depth + 1);
    }
    case "function-prototype":
      return declare(btf, type.returns, `${declarator}(${spellParameters(btf, type, depth)})`, depth + 1);
    case "const":
    case "volatile":
    case "restrict":
      return declareQualified(btf, type, declarator, depth);
    case "type-tag":
      return declare(btf, type.type, declarator, depth + 1);
    default:
      return join(baseName(type), declarator);
  }
}

function join(base: string, declarator: string): string {
  if (declarator === "" || declarator.startsWith("[")) return `${base}${declarator}`;
  return `${base} ${declarator}`;
}

function declarePointer(btf: Btf, to: number, declarator: string, depth: number): string {
  const { target, tags } = skipTags(btf, to);
  const marks = tags.map((tag) => `__${tag} `).join("");
  const star = marks === "" ? `*${declarator}` : `${marks}*${declarator}`;
  const inner = typeAt(btf, withoutQualifiers(btf, target)).kind;
  const wrap = inner === "array" || inner === "function-prototype";
  return declare(btf, target, wrap ? `(${star})` : star, depth + 1);
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
  btf: Btf,
  type: { readonly kind: "const" | "volatile" | "restrict"; readonly type: number },
  declarator: string,
  depth: number,
): string {
  if (typeAt(btf, withoutQualifiers(btf, type.type)).kind === "pointer") {
    const space = declarator === "" || declarator.startsWith("[") ? "" : " ";
    return declare(btf, type.type, `${type.kind}${space}${declarator}`, depth + 1);
  }
  return `${type.kind} ${declare(btf, type.type, declarator, depth + 1)}`;
}

function spellParameters(
  btf: Btf,
  type: BtfType & { readonly kind: "function-prototype" },
  depth: number,
): string {
  if (type.parameters.length === 0) return "void";
  return type.parameters
    .map((parameter) =>
      parameter.type === 0 && parameter.name === ""
        ? "..."
        : declare(btf, parameter.type, parameter.name, depth + 1),
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
  const type = typeAt(btf, id);
  switch (type.kind) {
    case "typedef":
      return `typedef ${declareInline(btf, type.type, type.name, "", 0)};`;
    case "struct":
    case "union":
    case "enum":
    case "enum64":
      return `${body(btf, type, "", 0)};`;
    default:
      return `${spellDeclaration(btf, id, "")};`;
  }
}

function body(btf: Btf, type: BtfType, indent: string, depth: number): string {
  if (type.kind === "enum" || type.kind === "enum64") {
    const rows = type.enumerators.map(({ name, value }) => `${indent}\t${name} = ${value},\n`);
    return `enum${tag(type.name)} {\n${rows.join("")}${indent}}`;
  }
  if (type.kind !== "struct" && type.kind !== "union") return baseName(type);
  const rows = type.members.map((member) => `${indent}\t${spellMember(btf, member, `${indent}\t`, depth)}\n`);
  return `${type.kind}${tag(type.name)} {\n${rows.join("")}${indent}}`;
}

function tag(name: string): string {
  return name === "" || name === "(anon)" ? "" : ` ${name}`;
}

function spellMember(btf: Btf, member: BtfMember, indent: string, depth: number): string {
  const width = member.bitWidth > 0 ? `: ${member.bitWidth}` : "";
  const name = member.name === "(anon)" ? "" : member.name;
  return `${declareInline(btf, member.type, name, indent, depth + 1)}${width};`;
}

/** As `declare`, but a struct, union or enum without a name is written out. */
function declareInline(btf: Btf, id: number, name: string, indent: string, depth: number): string {
  const base = innermost(btf, id);
  const type = typeAt(btf, base);
  const short = spellDeclaration(btf, id, name);
  const unnamed = "name" in type && (type.name === "" || type.name === "(anon)");
  if (!unnamed || depth > MAX_DEPTH) return short;
  return short.replace(/(struct|union|enum) \{\.\.\.\}/, () => body(btf, type, indent, depth));
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
