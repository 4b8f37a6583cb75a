/** What stands in the box when the pointer rests on something. */

import {
  findBuiltin,
  findConfigKey,
  findNodeAt,
  showType,
  sizeOf,
  type AttachPoint,
  type ConfigSetting,
  type Item,
  type NamedType,
  type NodeFact,
  type Span,
  type SyntaxNode,
  type Type,
} from "@probewright/compiler";
import { builtinText, code, fieldText, probeTypeText } from "./completion/resolve.ts";
import { hoverAttachPoint, type AttachPointFacts } from "./hover/attach-point.ts";
import { definedText, keywordAt, literalText, ownStructText } from "./hover/words.ts";
import { hoverSymbol } from "./hover/symbol.ts";
import { whyNot } from "./completion/names.ts";
import { kernelHeader } from "./kernel-header.ts";
import { isNamedInC, namedAt } from "./names.ts";
import { itemAt, type Snapshot } from "./snapshot.ts";
import { spellPrototype } from "./c-prototype.ts";
import type { MeasureOf } from "./stack.ts";

export interface Hover {
  /** Markdown. */
  readonly text: string;
  readonly span: Span;
}

const nothingMeasured: MeasureOf = () => undefined;

export function hover(
  snapshot: Snapshot,
  offset: number,
  measureOf: MeasureOf = nothingMeasured,
): Hover | undefined {
  const found = itemAt(snapshot, offset);
  if (found === undefined) return undefined;
  const start = offset - found.offset;
  const path = findNodeAt(found.item, found.offset);
  const keyword = hoverKeyword(found.item, found.offset, path);
  if (keyword !== undefined) {
    const from = start + keyword.start;
    return { text: keyword.text, span: { start: from, end: from + keyword.length } };
  }
  for (const [depth, node] of [...path.entries()].reverse()) {
    const span = { start: start + node.span.start, end: start + node.span.end };
    const text = hoverNode(snapshot, found.item, node, path.slice(0, depth), measureOf);
    if (text !== undefined) return { text, span };
  }
  return undefined;
}

/** Keywords are no nodes; inside strings and comments there are none. */
function hoverKeyword(item: Item, offset: number, path: readonly SyntaxNode[]): ReturnType<typeof keywordAt> {
  const inText = path.at(-1)?.kind === "string" || path.at(-1)?.kind === "attach-part";
  const inComment = item.comments.some(({ span }) => span.start <= offset && offset < span.end);
  return inText || inComment || item.kind === "c-definition" ? undefined : keywordAt(item, offset);
}

function hoverNode(
  snapshot: Snapshot,
  item: Item,
  node: SyntaxNode,
  path: readonly SyntaxNode[],
  measureOf: MeasureOf,
): string | undefined {
  const parent = path.at(-1);
  switch (node.kind) {
    case "attach-part":
      if (parent?.kind !== "attach-point" || item.kind !== "probe") return undefined;
      return hoverPart(hoverAttachPoint(snapshot, item, parent, measureOf), parent, node === parent.provider);
    case "named-type":
      return hoverType(snapshot, node);
    case "name":
      if (parent?.kind === "config-setting") return hoverSetting(parent);
      return definedText(item, node, path, snapshot.analysis().structs) ?? hoverNamed(snapshot, item, node);
    case "config-setting":
      return hoverSetting(node);
    case "block":
    case "record":
    case "expression-statement":
    case "assignment":
      return undefined;
    default:
      return literalText(node) ?? hoverNamed(snapshot, item, node);
  }
}

function hoverPart(facts: AttachPointFacts, point: AttachPoint, isProvider: boolean): string | undefined {
  const text = isProvider ? probeTypeText(point.provider.text) : undefined;
  const parts = isProvider ? [text, facts.figures] : [facts.target, facts.figures];
  const shown = parts.filter((part) => part !== undefined && part !== "");
  return shown.length === 0 ? undefined : shown.join("\n\n");
}

function hoverType({ analysis, facts }: Snapshot, node: NamedType): string | undefined {
  const name = node.tag === undefined ? node.name : `${node.tag} ${node.name}`;
  const { structs } = analysis();
  const own = structs.findStruct(name);
  if (own?.origin === "script") return ownStructText(own);
  const header = kernelHeader(name, facts);
  return header === undefined ? undefined : code("c", shorten(header.text.trim()));
}

const MOST_LINES = 40;

function shorten(text: string): string {
  const lines = text.split("\n");
  if (lines.length <= MOST_LINES) return text;
  const rest = lines.length - MOST_LINES;
  return [...lines.slice(0, MOST_LINES), `\t/* ${rest.toString()} more lines: go to the definition */`].join(
    "\n",
  );
}

function hoverSetting({ key }: ConfigSetting): string | undefined {
  const row = findConfigKey(key.text);
  if (row === undefined) return undefined;
  const { value, default: initial } = row;
  const values =
    value.kind === "choice"
      ? `One of ${value.words.map((word) => `\`${word}\``).join(", ")}.`
      : value.kind === "number"
        ? `From ${value.least.toString()} to ${value.most.toString()} ${value.unit}.`
        : `A ${value.kind}.`;
  const standard = initial === undefined ? "" : ` Default: \`${String(initial)}\`.`;
  return `${code("bpftrace", row.name)}\n\n${row.summary}\n\n${values}${standard}`;
}

function hoverNamed(snapshot: Snapshot, item: Item, node: SyntaxNode): string | undefined {
  const start = snapshot.starts.get(item) ?? 0;
  const named = namedAt(snapshot, start + node.span.start);
  const fits =
    named?.occurrence.start === start + node.span.start && named.occurrence.end === start + node.span.end;
  const fact = snapshot.analysis().nodeFacts.at(item, node.id);
  if (fits && !isNamedInC(named.thing.kind)) return hoverSymbol(snapshot, named.thing, fact);
  return fact === undefined ? undefined : hoverFact(snapshot, item, fact);
}

function hoverFact(snapshot: Snapshot, item: Item, fact: NodeFact): string | undefined {
  const builtin = fact.builtin === undefined ? undefined : findBuiltin(fact.builtin);
  if (builtin !== undefined) {
    const why = whyNot(builtin, item);
    const here =
      fact.type === undefined ? "" : `Here: \`${showType(fact.type)}\`${sizeText(snapshot, fact.type)}.`;
    return [builtinText(builtin.name), why === undefined ? here : `Cannot be used here: ${why}.`]
      .filter((part) => part !== undefined && part !== "")
      .join("\n\n");
  }
  if (fact.field !== undefined)
    return fieldText(fact.field.struct, fact.field.field, snapshot.analysis().structs);
  if (fact.symbol?.kind === "c-macro") return code("c", `#define ${fact.symbol.name}`) + constantText(fact);
  if (fact.symbol?.kind === "c-function") {
    const { prototype, path } = fact.symbol;
    return `${code("c", `${spellPrototype(prototype)};`)}\n\nFrom \`${path}\`.`;
  }
  if (fact.symbol?.kind === "enum-constant") {
    const { enum: of, name, value } = fact.symbol;
    return code("c", `${of} { ${name} = ${value.toString()} }`);
  }
  return undefined;
}

function constantText({ constant }: NodeFact): string {
  if (constant === undefined || !("value" in constant)) return "";
  return `\n\n= \`${String(constant.value)}\``;
}

function sizeText({ analysis }: Snapshot, type: Type): string {
  if (type.kind === "none" || type.kind === "void" || type.kind === "aggregation") return "";
  const size = sizeOf(type, analysis().structs);
  return size === 0 ? "" : `, ${size.toString()} bytes`;
}
