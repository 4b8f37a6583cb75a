/** Attributes of C declarations that change their layout or say which memory a pointer points into. */

import { accept, type Attributes, current, type Parser, skipGroup, within } from "./cursor.ts";
import type { CToken } from "./tokens.ts";

export const noAttributes: Attributes = { packed: false, minimumAlign: 0, tags: [] };

/** `aligned` without a number: the largest alignment of any type. */
const LARGEST_ALIGN = 16;
/** An alignment beyond a page is no real one. */
const MAX_ALIGN = 4096;

const tagWords = new Map([
  ["__user", "user"],
  ["__percpu", "percpu"],
  ["__rcu", "rcu"],
  ["__iomem", "iomem"],
]);

/**
 * Reads one attribute, in any of its spellings.
 * @returns `before` with what it adds; undefined when the current token starts no attribute
 */
export function readAttribute(parser: Parser, before: Attributes): Attributes | undefined {
  const { text, kind } = current(parser);
  if (kind !== "name") return undefined;
  const tag = tagWords.get(text);
  if (tag !== undefined) {
    parser.at += 1;
    return { ...before, tags: [...before.tags, tag] };
  }
  switch (text) {
    case "__attribute__":
    case "__attribute":
      parser.at += 1;
      return current(parser).text === "(" ? readList(parser, skipGroup(parser), before) : before;
    case "_Alignas":
    case "alignas":
      parser.at += 1;
      return withAlign(before, Number(parser.rules.constantOf(parser, skipGroup(parser)) ?? 0n));
    case "__packed":
      parser.at += 1;
      return { ...before, packed: true };
    case "asm":
    case "__asm__":
    case "__asm":
      parser.at += 1;
      if (current(parser).text === "(") skipGroup(parser);
      return before;
    default:
      return undefined;
  }
}

/** The inside of `__attribute__((...))`, still in its inner parentheses. */
function readList(parser: Parser, tokens: readonly CToken[], before: Attributes): Attributes {
  const inner = within(parser, tokens.slice(1, -1));
  let attributes = before;
  while (current(inner).kind !== "end") {
    const name = current(inner).text.replace(/^__(\w+)__$/, "$1");
    inner.at += 1;
    const group = current(inner).text === "(" ? skipGroup(inner) : [];
    attributes = apply(inner, name, group, attributes);
    while (accept(inner, ","));
  }
  return attributes;
}

function apply(parser: Parser, name: string, group: readonly CToken[], before: Attributes): Attributes {
  switch (name) {
    case "packed":
      return { ...before, packed: true };
    case "aligned":
      return withAlign(
        before,
        group.length === 0 ? LARGEST_ALIGN : Number(parser.rules.constantOf(parser, group) ?? 0n),
      );
    case "btf_type_tag": {
      const tag = /^"(\w+)"$/.exec(group[0]?.text ?? "")?.[1];
      return tag === undefined ? before : { ...before, tags: [...before.tags, tag] };
    }
    default:
      return before;
  }
}

function withAlign(before: Attributes, align: number): Attributes {
  const valid = align > 0 && align <= MAX_ALIGN && Number.isInteger(Math.log2(align));
  return valid ? { ...before, minimumAlign: Math.max(before.minimumAlign, align) } : before;
}
