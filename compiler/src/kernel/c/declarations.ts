/**
 * Reads C declarations from tokens: structs, unions, enums, typedefs, prototypes. Bodies of functions and initialisers are
 * passed over. What cannot be read is noted as a problem and left out up to the next `;`.
 */

import { constantOf } from "./constants.ts";
import {
  accept,
  current,
  expect,
  type Parser,
  problem,
  type Rules,
  skipGroup,
  skipTo,
  type Specifiers,
} from "./cursor.ts";
import { parseDeclarator } from "./declarator.ts";
import type { CScope } from "./scope.ts";
import type { SizedType } from "./sized-type.ts";
import { parseSpecifiers } from "./specifiers.ts";
import type { CToken } from "./tokens.ts";

const rules: Rules = { parseSpecifiers, parseDeclarator, constantOf };

/** @param text number of the text that the tokens are of, for problems */
export function createParser(tokens: readonly CToken[], text: number, scope: CScope): Parser {
  return { tokens, text, scope, rules, at: 0, depth: 0 };
}

/** Reads declarations up to the end of the text. */
export function parseDeclarations(parser: Parser): void {
  while (current(parser).kind !== "end") {
    const before = parser.at;
    parseDeclaration(parser);
    // Something nobody can read must not be met again.
    if (parser.at === before) parser.at += 1;
  }
}

const assertions = new Set(["_Static_assert", "static_assert"]);

function parseDeclaration(parser: Parser): void {
  if (accept(parser, ";") || accept(parser, "}")) return;
  if (assertions.has(current(parser).text)) {
    skipTo(parser, [";"]);
    accept(parser, ";");
    return;
  }
  const specifiers = parseSpecifiers(parser);
  if (specifiers === undefined) {
    problem(parser, `'${current(parser).text}' does not start a declaration`);
    skipTo(parser, [";"]);
    accept(parser, ";");
    return;
  }
  while (!accept(parser, ";")) {
    if (!parseDeclared(parser, specifiers)) return;
  }
}

/** One declarator and what follows it. @returns false when the declaration ended without `;` */
function parseDeclared(parser: Parser, specifiers: Specifiers): boolean {
  const declared = parseDeclarator(parser, specifiers.type, specifiers.attributes.tags);
  if (declared.name === undefined) {
    // Scripts may leave out the semicolon behind a definition.
    if (current(parser).kind === "end") return false;
    expect(parser, ";");
    skipTo(parser, [";"]);
    return current(parser).kind !== "end";
  }
  record(parser, specifiers.isTypedef, declared.name, declared.type);
  if (current(parser).text === "{") {
    skipGroup(parser);
    return false;
  }
  if (accept(parser, "=")) skipTo(parser, [",", ";"]);
  if (!accept(parser, ",") && current(parser).text !== ";") {
    expect(parser, ";");
    skipTo(parser, [";"]);
    return current(parser).kind !== "end";
  }
  return true;
}

function record({ scope }: Parser, isTypedef: boolean, name: string, type: SizedType): void {
  if (isTypedef) {
    scope.typedefs.set(name, named(scope, name, type));
  } else if (type.signature !== undefined) {
    const { returns, parameters } = type.signature;
    scope.functions.set(name, {
      name,
      module: "vmlinux",
      parameters,
      returns: returns.type,
      returnsCType: returns.spelling,
    });
  }
}

const UNNAMED = /^(?:struct|union|enum) \(anonymous /;

/** A struct, union or enum without a name takes that of its typedef. */
function named(scope: CScope, name: string, sized: SizedType): SizedType {
  const { type } = sized;
  if (type.kind === "struct" && UNNAMED.test(type.name)) {
    const definition = scope.structs.get(type.name);
    if (definition === undefined) return sized;
    scope.structs.delete(type.name);
    scope.structs.set(name, { ...definition, name });
    return { ...sized, type: { kind: "struct", name } };
  }
  if (type.kind === "integer" && type.enumName !== undefined && UNNAMED.test(type.enumName)) {
    const definition = scope.enums.get(type.enumName);
    if (definition === undefined) return sized;
    scope.enums.delete(type.enumName);
    scope.enums.set(name, { ...definition, name });
    return { ...sized, type: { ...type, enumName: name } };
  }
  return sized;
}
