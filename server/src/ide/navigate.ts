/** Going from a name to where it is introduced, to its type, and to all its uses. */

import {
  findNodeAt,
  findProbeType,
  type AttachPoint,
  type Item,
  type NamedType,
  type NodeFact,
  type Place,
  type SyntaxNode,
  type Type,
} from "@probewright/compiler";
import { kernelHeader, tracepointHeader, type KernelHeader } from "./kernel-header.ts";
import { definitionOf, namedAt, type NamedThing, type Occurrence } from "./names.ts";
import { itemAt, type Snapshot } from "./snapshot.ts";
import { fileOf, here, inFile, type Target } from "./target.ts";

export type { Target } from "./target.ts";

export function definition(snapshot: Snapshot, offset: number): Target | undefined {
  const named = namedAt(snapshot, offset);
  if (named !== undefined) return definitionOfThing(snapshot, named.thing);
  const found = itemAt(snapshot, offset);
  if (found === undefined) return undefined;
  const path = findNodeAt(found.item, found.offset);
  for (const [depth, node] of [...path.entries()].reverse()) {
    const target = definitionOfNode(snapshot, found.item, node, path[depth - 1]);
    if (target !== undefined) return target;
  }
  return undefined;
}

function definitionOfThing(snapshot: Snapshot, thing: NamedThing): Target | undefined {
  const declared = thing.occurrences.find(({ access }) => access === "declaration");
  if (declared !== undefined) return here(declared);
  const { symbol } = thing;
  const place = symbol !== undefined && "declaration" in symbol ? symbol.declaration : undefined;
  const elsewhere = place === undefined ? undefined : inFile(snapshot, place);
  if (elsewhere !== undefined) return elsewhere;
  const first = definitionOf(thing);
  return first === undefined ? undefined : here(first);
}

function definitionOfNode(
  snapshot: Snapshot,
  item: Item,
  node: SyntaxNode,
  parent: SyntaxNode | undefined,
): Target | undefined {
  const fact = snapshot.analysis().nodeFacts.at(item, node.id);
  switch (node.kind) {
    case "attach-part":
      return parent?.kind === "attach-point" ? attachTarget(snapshot, parent) : undefined;
    case "named-type":
      return typeTarget(snapshot, typeName(node));
    case "import":
    case "import-statement":
      return node.path.kind === "missing" ? undefined : fileOf(snapshot, node.path.value);
    case "name":
      return fact?.field === undefined ? undefined : fieldTarget(snapshot, fact.field);
    case "identifier":
      return constantTarget(snapshot, fact);
    default:
      return undefined;
  }
}

function typeName({ tag, name }: NamedType): string {
  return tag === undefined ? name : `${tag} ${name}`;
}

/** What is attached to: a function's prototype, or a tracepoint's record. */
function attachTarget({ facts }: Snapshot, { provider, parts }: AttachPoint): Target | undefined {
  const row = findProbeType(provider.text);
  const texts = parts.map(({ text }) => text);
  switch (row?.name) {
    case "tracepoint":
      return view("tracepoint-format", texts.join(":"), tracepointHeader(texts.join(":"), facts));
    case "kprobe":
    case "kretprobe":
    case "fentry":
    case "fexit": {
      const name = (texts.at(-1) ?? "").replace(/\+.*$/, "");
      return view("kernel-type", name, kernelHeader(name, facts));
    }
    default:
      return undefined;
  }
}

function view(
  kind: "kernel-type" | "tracepoint-format",
  subject: string,
  header: KernelHeader | undefined,
  member?: string,
): Target | undefined {
  if (header === undefined) return undefined;
  const line = (member === undefined ? undefined : header.lineOf.get(member)) ?? header.line;
  return { kind: "view", view: kind, subject, line };
}

/** A field in the script's own struct, in a kernel type, or among what a probe hands over. */
function fieldTarget(
  snapshot: Snapshot,
  { struct, field }: NonNullable<NodeFact["field"]>,
): Target | undefined {
  const own = ownType(snapshot, struct, field.name);
  if (own !== undefined) return own;
  const { facts } = snapshot;
  const [, provider = "", rest = ""] = /^args (\w+):(.*)$/.exec(struct) ?? [];
  if (provider === "tracepoint")
    return view("tracepoint-format", rest, tracepointHeader(rest, facts), field.name);
  const subject = provider === "" ? struct : rest.slice(rest.lastIndexOf(":") + 1);
  return view("kernel-type", subject, kernelHeader(subject, facts), field.name);
}

/** A C definition of the script or of what it imports. @param member goes to this field or enumerator of it */
function ownType(snapshot: Snapshot, name: string, member?: string): Target | undefined {
  for (const { script } of snapshot.analysis().files) {
    for (const { item } of script.items) {
      if (item.kind !== "c-definition") continue;
      const { declaration } = item;
      const bare = declaration.name?.text ?? "";
      if (`${declaration.tag} ${bare}` !== name && (declaration.tag !== "typedef" || bare !== name)) continue;
      const names = [
        ...declaration.fields.map((field) => field.name),
        ...declaration.enumerators.map((each) => each.name),
      ];
      const at = names.find((each) => each?.text === member) ?? declaration.name;
      return inFile(snapshot, { item, span: at?.span ?? item.span });
    }
  }
  return undefined;
}

function typeTarget(snapshot: Snapshot, name: string): Target | undefined {
  return ownType(snapshot, name) ?? view("kernel-type", name, kernelHeader(name, snapshot.facts));
}

function constantTarget(snapshot: Snapshot, fact: NodeFact | undefined): Target | undefined {
  const symbol = fact?.symbol;
  if (symbol?.kind === "c-macro") {
    const place: Place | undefined = symbol.declaration;
    return place === undefined ? undefined : inFile(snapshot, place);
  }
  if (symbol?.kind !== "enum-constant") return undefined;
  const of = symbol.enum.startsWith("enum ") ? symbol.enum : `enum ${symbol.enum}`;
  return (
    ownType(snapshot, of, symbol.name) ??
    view("kernel-type", symbol.enum, kernelHeader(symbol.enum, snapshot.facts), symbol.name)
  );
}

/** Where the type of what is at the offset is defined: structs and enums have such a place. */
export function typeDefinition(snapshot: Snapshot, offset: number): Target | undefined {
  const found = itemAt(snapshot, offset);
  if (found === undefined) return undefined;
  const { nodeFacts } = snapshot.analysis();
  for (const node of [...findNodeAt(found.item, found.offset)].reverse()) {
    const fact = nodeFacts.at(found.item, node.id);
    const symbol = fact?.symbol;
    const type =
      fact?.type ??
      (symbol?.kind === "map" ? symbol.value : symbol?.kind === "variable" ? symbol.type : undefined);
    const name = type === undefined ? undefined : namedTypeIn(type);
    if (name !== undefined) return typeTarget(snapshot, name);
  }
  return undefined;
}

/** The struct or enum behind pointers and arrays. */
function namedTypeIn(type: Type): string | undefined {
  switch (type.kind) {
    case "pointer":
      return namedTypeIn(type.to);
    case "array":
      return namedTypeIn(type.element);
    case "struct":
      return type.name.startsWith("args ") ? undefined : type.name;
    case "integer":
      return type.enumName;
    default:
      return undefined;
  }
}

/** Every place of the name at the offset, in order; without its declaration when that is not asked for. */
export function references(
  snapshot: Snapshot,
  offset: number,
  withDeclaration: boolean,
): readonly Occurrence[] {
  const named = namedAt(snapshot, offset);
  if (named === undefined) return [];
  const { occurrences } = named.thing;
  return withDeclaration ? occurrences : occurrences.filter(({ access }) => access !== "declaration");
}
