/** What stands in the box when the pointer rests on something. */

import {
  findBuiltin,
  findNodeAt,
  findProbeType,
  showType,
  signaturesOf,
  sizeOf,
  type Item,
  type NodeFact,
  type Span,
} from "@probewright/compiler";
import { itemAt, type Snapshot } from "./snapshot.ts";

export interface Hover {
  /** Markdown. */
  readonly text: string;
  readonly span: Span;
}

export function hover(snapshot: Snapshot, offset: number): Hover | undefined {
  const found = itemAt(snapshot, offset);
  if (found === undefined) return undefined;
  const path = findNodeAt(found.item, found.offset);
  const start = offset - found.offset;
  for (const node of [...path].reverse()) {
    const span = { start: start + node.span.start, end: start + node.span.end };
    const text =
      node.kind === "attach-part"
        ? hoverPart(found.item, node.text)
        : hoverFact(snapshot, snapshot.analysis().nodeFacts.at(found.item, node.id));
    if (text !== undefined) return { text, span };
  }
  return undefined;
}

/** Only the probe type itself; targets are the business of the probe's own line. */
function hoverPart(item: Item, text: string): string | undefined {
  if (item.kind !== "probe" || !item.attachPoints.some((point) => point.provider.text === text))
    return undefined;
  const row = findProbeType(text);
  if (row === undefined) return undefined;
  return `${code(row.forms.join("\n"))}\n${row.summary}\n\n${row.docs}`;
}

function hoverFact(snapshot: Snapshot, fact: NodeFact | undefined): string | undefined {
  if (fact === undefined) return undefined;
  const builtin = fact.builtin === undefined ? undefined : findBuiltin(fact.builtin);
  if (builtin !== undefined) {
    return `${code(signaturesOf(builtin).join("\n"))}\n${builtin.summary}\n\n${builtin.docs}`;
  }
  if (fact.field !== undefined) {
    const { struct, field } = fact.field;
    const declaration = `${field.cType ?? showType(field.type)} ${field.name}`;
    const size = sizeOf(field.type, snapshot.analysis().structs);
    return `${code(declaration)}\nField of \`${struct}\`: offset ${field.offset.toString()}, ${size.toString()} bytes.`;
  }
  return hoverSymbol(fact);
}

function hoverSymbol({ symbol }: NodeFact): string | undefined {
  switch (symbol?.kind) {
    case "variable":
      return code(`${showType(symbol.type)} $${symbol.name}`);
    case "map":
      return code(
        `@${symbol.name}${symbol.key === undefined ? "" : `[${showType(symbol.key)}]`}: ${showType(symbol.value)}`,
      );
    case "macro":
    case "macro-parameter":
    case "subprogram":
    case "c-macro":
      return code(`${symbol.kind.replace("-", " ")} ${symbol.name}`);
    case "enum-constant":
      return code(`enum ${symbol.enum} { ${symbol.name} = ${symbol.value.toString()} }`);
    case undefined:
      return undefined;
  }
}

function code(text: string): string {
  return `\`\`\`bpftrace\n${text}\n\`\`\`\n`;
}
