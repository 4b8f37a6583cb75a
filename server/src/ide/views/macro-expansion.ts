/** The script with every macro call replaced by what it becomes: parameters by arguments, local variables by names of their own. */

import { walk, type Item, type Macro, type Span } from "@probewright/compiler";
import type { Snapshot } from "../snapshot.ts";
import { createLinkedWriter, type LinkedText } from "./linked-text.ts";

/** What one call of a macro is. */
interface MacroCall {
  readonly macro: Macro;
  /** In the item that holds the call. */
  readonly span: Span;
  readonly arguments: readonly Span[];
}

/** A piece of an item's text that is written otherwise. */
interface Replacement {
  readonly span: Span;
  readonly text: string;
}

/** Macros that call each other without end are refused by analysis; here it must only end. */
const MOST_DEPTH = 16;

export function macroExpansionView(snapshot: Snapshot): LinkedText {
  const writer = createLinkedWriter();
  let last = 0;
  for (const { item, start } of snapshot.script.items) {
    writer.add(snapshot.text.slice(last, start));
    last = start + item.text.length;
    if (item.kind === "macro") {
      // It stands where it is called.
      writer.add(`// macro ${item.name.text}\n`, { start, end: last });
      continue;
    }
    let at = 0;
    for (const call of callsIn(snapshot, item)) {
      writer.add(item.text.slice(at, call.span.start), { start: start + at, end: start + call.span.start });
      const text = rewrite(snapshot, item, call.span, [], 0);
      writer.add(text, { start: start + call.span.start, end: start + call.span.end });
      at = call.span.end;
    }
    writer.add(item.text.slice(at), { start: start + at, end: last });
  }
  writer.add(snapshot.text.slice(last));
  return writer.finish();
}

/** Calls that are in no other one, in order. */
function callsIn({ analysis }: Snapshot, item: Item): readonly MacroCall[] {
  const { nodeFacts } = analysis();
  const calls: MacroCall[] = [];
  walk(item, (node) => {
    if (node.kind !== "call" && node.kind !== "identifier") return true;
    const callee = node.kind === "call" ? node.callee : node;
    const symbol = nodeFacts.at(item, callee.id)?.symbol;
    const macro = symbol?.kind === "macro" ? symbol.declaration.item : undefined;
    if (macro?.kind !== "macro") return true;
    const args = node.kind === "call" ? node.arguments.map(({ span }) => span) : [];
    calls.push({ macro, span: node.span, arguments: args });
    return false;
  });
  return calls;
}

/** Parameters become arguments; other variables of the body are the macro's own and get names that say so. */
function substitutions(macro: Macro, args: readonly string[]): readonly Replacement[] {
  const byName = new Map(
    macro.parameters.map(({ form, name }, index) => [`${form} ${name}`, args[index] ?? name] as const),
  );
  const found: Replacement[] = [];
  walk(macro.body, (node) => {
    if (node.kind === "identifier") {
      const argument = byName.get(`expression ${node.name}`);
      if (argument !== undefined) found.push({ span: node.span, text: parenthesised(argument) });
    } else if (node.kind === "variable") {
      const argument = byName.get(`variable ${node.name}`);
      found.push({ span: node.span, text: argument ?? `$${macro.name.text}_${node.name}` });
    } else if (node.kind === "map-name") {
      const argument = byName.get(`map ${node.name}`);
      if (argument !== undefined) found.push({ span: node.span, text: argument });
    }
    return true;
  });
  return found;
}

function parenthesised(argument: string): string {
  return /^[\w.$@"\\()[\]]+$/.test(argument) ? argument : `(${argument})`;
}

/** A piece of an item with calls expanded and parts replaced. */
function rewrite(
  snapshot: Snapshot,
  item: Item,
  within: Span,
  parts: readonly Replacement[],
  depth: number,
): string {
  const calls = callsIn(snapshot, item)
    .filter(({ span }) => within.start <= span.start && span.end <= within.end)
    .map((call): Replacement => {
      const args = call.arguments.map((span) => rewrite(snapshot, item, span, parts, depth));
      const text =
        depth >= MOST_DEPTH
          ? item.text.slice(call.span.start, call.span.end)
          : rewrite(snapshot, call.macro, call.macro.body.span, substitutions(call.macro, args), depth + 1);
      return { span: call.span, text };
    });
  const outside = parts.filter(
    ({ span }) =>
      within.start <= span.start &&
      span.end <= within.end &&
      !calls.some((call) => call.span.start <= span.start && span.end <= call.span.end),
  );
  let text = "";
  let at = within.start;
  for (const replacement of [...calls, ...outside].sort(
    (left, right) => left.span.start - right.span.start,
  )) {
    text += item.text.slice(at, replacement.span.start) + replacement.text;
    at = replacement.span.end;
  }
  return text + item.text.slice(at, within.end);
}
