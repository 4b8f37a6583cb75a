/** Attach points as text: where one ends, and how it is cut into parts. */

import { type Span, span } from "../base/span.ts";
import type { AttachPart, AttachPoint } from "./ast.ts";
import { UNNUMBERED } from "./item-draft.ts";

/**
 * Where the attach point at `start` ends: at white space, `{` or `,`; at a `/` that starts a predicate, which only one
 * without `:` before it can. Quoted text may contain anything.
 */
export function attachPointEnd(text: string, start: number, limit: number): number {
  let at = start;
  let sawColon = false;
  while (at < limit) {
    const character = text[at] ?? "";
    if (/[\s{,]/.test(character)) break;
    if (character === "/" && at > start && !sawColon && !/[/*]/.test(text[at + 1] ?? "")) break;
    if (character === ":") sawColon = true;
    at = character === '"' ? quotedEnd(text, at, limit) : at + 1;
  }
  return at;
}

/** Behind the closing quote; a quote that is never closed ends at the limit. */
function quotedEnd(text: string, open: number, limit: number): number {
  let at = open + 1;
  while (at < limit && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return Math.min(at + 1, limit);
}

/** Cuts an attach point at each `:` and `@` outside quotes. @param start its offset in the item */
export function cutAttachPoint(text: string, start: number): AttachPoint {
  const parts: AttachPart[] = [];
  let separator: AttachPart["separator"] = "";
  let from = 0;
  for (let at = 0; at <= text.length; ) {
    const character = text[at];
    if (character === '"') {
      at = quotedEnd(text, at, text.length);
      continue;
    }
    if (character === undefined || character === ":" || character === "@") {
      parts.push(attachPart(text.slice(from, at), start + from, separator));
      if (character !== undefined) separator = character;
      from = at + 1;
    }
    at += 1;
  }
  const [first = attachPart("", start, ""), ...rest] = parts;
  const { label, provider } = splitLabel(first, text, start);
  const whole = span(start, start + text.length);
  return { kind: "attach-point", id: UNNUMBERED, span: whole, text, label, provider, parts: rest };
}

/** `label=provider`. */
function splitLabel(
  first: AttachPart,
  text: string,
  start: number,
): { readonly label: AttachPart | undefined; readonly provider: AttachPart } {
  const equals = first.quoted ? -1 : first.text.indexOf("=");
  if (equals === -1) return { label: undefined, provider: first };
  return {
    label: attachPart(text.slice(0, equals), start, ""),
    provider: attachPart(first.text.slice(equals + 1), start + equals + 1, ""),
  };
}

function attachPart(raw: string, start: number, separator: AttachPart["separator"]): AttachPart {
  const quoted = raw.includes('"');
  const at: Span = span(start, start + raw.length);
  return {
    kind: "attach-part",
    id: UNNUMBERED,
    span: at,
    text: quoted ? unquote(raw) : raw,
    quoted,
    separator,
  };
}

/** Takes the quotes away; within them a backslash stands for the character behind it. */
function unquote(raw: string): string {
  return raw.replace(/"((?:[^"\\]|\\.)*)(?:"|\\?$)/gs, (_, inner: string) => inner.replace(/\\(.)/gs, "$1"));
}
