/** Declarators: the part of a C declaration with the name, its stars, brackets and parameters. */

import { noAttributes, readAttribute } from "./attributes.ts";
import {
  accept,
  current,
  type Declared,
  deeper,
  expect,
  type Parser,
  problem,
  problemAt,
  skipGroup,
  within,
} from "./cursor.ts";
import { arraySized, nestedArrayElement, pointerSized, type SizedType, unknownSized } from "./sized-type.ts";
import type { FunctionPrototype } from "../facts.ts";
import type { CToken } from "./tokens.ts";
import { isIgnoredWord } from "./words.ts";

/** Arrays longer than this are taken for a mistake; layouts must stay exact numbers. */
const MAX_ELEMENTS = 2 ** 32;

/** Makes a type of what the declarator stands around. */
type Wrap = (type: SizedType) => SizedType;

/** The rule `parseDeclarator`. */
export function parseDeclarator(parser: Parser, base: SizedType, tags: readonly string[]): Declared {
  const shape = parseShape(parser, tags);
  let attributes = noAttributes;
  for (;;) {
    const more = readAttribute(parser, attributes);
    if (more === undefined) break;
    attributes = more;
  }
  return {
    name: shape.name,
    type: shape.wrap(base),
    packed: attributes.packed,
    minimumAlign: attributes.minimumAlign,
  };
}

interface Shape {
  readonly name: string | undefined;
  readonly wrap: Wrap;
}

const plainShape: Shape = { name: undefined, wrap: (type) => type };

function parseShape(parser: Parser, tags: readonly string[]): Shape {
  const pointers = parsePointers(parser, tags);
  const direct = parseDirect(parser);
  const suffix = parseSuffixes(parser);
  // Stars bind to the base, then brackets and parameters, then what stood in parentheses around the name.
  return { name: direct.name, wrap: (type) => direct.wrap(suffix(pointers(type))) };
}

function parsePointers(parser: Parser, tags: readonly string[]): Wrap {
  const stars: (readonly string[])[] = [];
  let pending = tags;
  for (;;) {
    const { text } = current(parser);
    const attributes = readAttribute(parser, noAttributes);
    if (attributes !== undefined) {
      pending = [...pending, ...attributes.tags];
    } else if (accept(parser, "*")) {
      stars.push(pending);
      pending = [];
    } else if (current(parser).kind === "name" && isIgnoredWord(text)) {
      parser.at += 1;
    } else {
      break;
    }
  }
  const { style } = parser.scope;
  return (type) => stars.reduce((inner, starTags) => pointerSized(inner, starTags, style), type);
}

function parseDirect(parser: Parser): Shape {
  const { kind, text } = current(parser);
  if (kind === "name") {
    parser.at += 1;
    return { name: text, wrap: plainShape.wrap };
  }
  if (text !== "(" || !startsNested(parser)) return plainShape;
  parser.at += 1;
  const nested = deeper(parser, () => parseShape(parser, []));
  if (nested === undefined) problem(parser, "nested too deeply");
  expect(parser, ")");
  return nested ?? plainShape;
}

/** A parenthesis in front of a star or another declarator, and not around the parameters of a function without a name. */
function startsNested(parser: Parser): boolean {
  const next = parser.tokens[parser.at + 1];
  if (next === undefined) return false;
  return next.text === "*" || next.text === "(" || next.text === "__attribute__" || isLoneName(parser);
}

/** `(name)` as some headers write a function's name against macros. */
function isLoneName(parser: Parser): boolean {
  const [, name, end, after] = parser.tokens.slice(parser.at, parser.at + 4);
  return name?.kind === "name" && end?.text === ")" && (after?.text === "(" || after?.text === "[");
}

function parseSuffixes(parser: Parser): Wrap {
  const wraps: Wrap[] = [];
  for (;;) {
    const { text } = current(parser);
    if (text === "[") wraps.push(parseDimension(parser));
    else if (text === "(") wraps.push(parseParameters(parser));
    else break;
  }
  // `a[2][3]` is two of three: the last suffix is applied first.
  return (type) => wraps.reduceRight((inner, wrap) => wrap(inner), type);
}

function parseDimension(parser: Parser): Wrap {
  const start = parser.at;
  const tokens = skipGroup(parser).filter(({ text }) => text !== "static");
  const { style } = parser.scope;
  if (tokens.length === 0) return (element) => arraySized(nestedArrayElement(element), 0, style);
  const count = parser.rules.constantOf(parser, tokens);
  if (count === undefined || count < 0n || count > MAX_ELEMENTS) {
    problemAt(parser, start + 1, "the number of elements is not a known constant");
    return (element) => unknownSized(`${element.spelling}[...]`);
  }
  return (element) => arraySized(nestedArrayElement(element), Number(count), style);
}

function parseParameters(parser: Parser): Wrap {
  const tokens = skipGroup(parser);
  const parameters = deeper(parser, () => readParameters(parser, tokens)) ?? [];
  const spelled = parameters.map(({ cType }) => cType).join(", ");
  return (returns) => ({
    ...unknownSized(`${returns.spelling} (${spelled === "" ? "void" : spelled})`),
    signature: { returns, parameters },
  });
}

function readParameters(parser: Parser, tokens: readonly CToken[]): FunctionPrototype["parameters"] {
  const inner = within(parser, tokens);
  const parameters: { name: string; type: SizedType["type"]; cType: string }[] = [];
  while (current(inner).kind !== "end" && !accept(inner, "...")) {
    const specifiers = parser.rules.parseSpecifiers(inner);
    if (specifiers === undefined) break;
    const { name, type } = parseDeclarator(inner, specifiers.type, specifiers.attributes.tags);
    const passed = passedType(inner, type);
    if (passed.type.kind !== "void") {
      parameters.push({
        name: name ?? `arg${parameters.length}`,
        type: passed.type,
        cType: passed.spelling,
      });
    }
    if (!accept(inner, ",")) break;
  }
  return parameters;
}

/** Arrays and functions are passed as pointers. */
function passedType({ scope }: Parser, type: SizedType): SizedType {
  if (type.signature !== undefined) return pointerSized(type, [], scope.style);
  if (type.type.kind !== "array" && type.type.kind !== "string") return type;
  const spelling = type.spelling.replace(/\s*\[\d*\]/, "");
  const element: SizedType["type"] =
    type.type.kind === "array" ? type.type.element : { kind: "integer", size: 1, signed: true };
  return pointerSized({ ...type, type: element, spelling }, [], scope.style);
}
