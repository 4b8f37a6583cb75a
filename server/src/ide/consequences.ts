/**
 * Findings that follow from a mistake of form. Somebody is typing there: what is said of the same statement beside the mistake, and
 * of names elsewhere that the broken code speaks of, changes with the next key and is no news.
 */

import { findNodeAt, type Diagnostic, type Item, type Script, type SyntaxNode } from "@probewright/compiler";

/** Code that a mistake of form makes unreliable. */
interface Broken {
  readonly item: Item;
  readonly start: number;
  readonly end: number;
  /** Variables and maps in it, with their sigils. */
  readonly names: ReadonlySet<string>;
}

/** Findings of a script without those that follow from its mistakes of form. @param found of this script, and of those it imports */
export function withoutConsequences(script: Script, found: readonly Diagnostic[]): readonly Diagnostic[] {
  const mistakes = found.filter((each) => isMistakeOfForm(each));
  if (mistakes.length === 0) return found;
  const own = new Set(script.items.map(({ item }) => item));
  const broken = mistakes.filter(({ place }) => own.has(place.item)).map(brokenBy);
  return found.filter((each) => isSyntax(each.code) || !broken.some((code) => follows(each, code)));
}

/** Codes of `syntaxDiagnostics`. */
export function isSyntax(code: string): boolean {
  return code.startsWith("PW1");
}

function isMistakeOfForm({ code, severity }: Diagnostic): boolean {
  return severity === "error" && isSyntax(code);
}

function brokenBy({ place: { item, span } }: Diagnostic): Broken {
  const around = enclosing(item, span.start) ?? enclosing(item, span.start - 1) ?? span;
  const start = Math.min(around.start, span.start);
  const end = Math.max(around.end, span.end, continuation(item, span.start)?.end ?? 0);
  return { item, start, end, names: namesIn(item.text.slice(start, end)) };
}

/** The statement, the predicate or the part outside blocks that an offset is in. */
function enclosing(item: Item, offset: number): { readonly start: number; readonly end: number } | undefined {
  if (offset < 0) return undefined;
  const path: readonly SyntaxNode[] = findNodeAt(item, offset);
  const block = path.findLastIndex(({ kind }) => kind === "block");
  return path[block === -1 ? 1 : block + 1]?.span;
}

/** What stands deeper in the next line goes on with what is typed here: the arguments of a call that has no name yet. */
function continuation(item: Item, mistake: number): { readonly end: number } | undefined {
  const { text } = item;
  const lineEnd = text.indexOf("\n", mistake);
  if (lineEnd === -1) return undefined;
  const next = /^[ \t]*(?=\S)/.exec(text.slice(lineEnd + 1))?.[0].length;
  const own = /^[ \t]*/.exec(text.slice(text.lastIndexOf("\n", mistake - 1) + 1))?.[0].length ?? 0;
  return next === undefined || next <= own ? undefined : enclosing(item, lineEnd + 1 + next);
}

function namesIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/\$[a-zA-Z_]\w*|@\w*/g)].map(([name]) => name));
}

function follows({ place: { item, span } }: Diagnostic, broken: Broken): boolean {
  if (item === broken.item && span.start <= broken.end && span.end >= broken.start) return true;
  // A variable is its item's own; a map is one in the whole script.
  return [...namesIn(linesAround(item.text, span.start, span.end))].some(
    (name) => broken.names.has(name) && (name.startsWith("@") || item === broken.item),
  );
}

function linesAround(text: string, start: number, end: number): string {
  const next = text.indexOf("\n", end);
  return text.slice(text.lastIndexOf("\n", start - 1) + 1, next === -1 ? text.length : next);
}
