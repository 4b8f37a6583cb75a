/** Suggestions in `uprobe`, `uretprobe` and `usdt`: files, their functions, and the probes in them. */

import type { BinaryFacts, KernelFacts } from "@probewright/compiler";
import { noCompletions, type Completion, type Completions } from "./completion.ts";
import { indexNames, search, type NameIndex } from "./fuzzy.ts";

const MOST_FILES = 200;
const MOST_SYMBOLS = 100;

export function completeBinary(
  probeType: string,
  { parts, from }: { readonly parts: readonly string[]; readonly from: number },
  facts: KernelFacts,
): Completions {
  const [path = "", ...rest] = parts;
  const query = rest.at(-1);
  if (query === undefined) return files(path, from, facts);
  const binary = openBinary(path, facts);
  if (binary === undefined) return noCompletions;
  if (probeType === "usdt") return usdtProbes(binary, rest, from);
  const mangled = rest.length === 1;
  if (!mangled && rest[0] !== "cpp") return noCompletions;
  return symbols(binary, query, mangled, from);
}

/** A path is asked for level by level; a bare name is looked for where programs and libraries are. */
function files(typed: string, from: number, facts: KernelFacts): Completions {
  const paths = facts.binaryPaths(`${typed}*`);
  if (paths === "missing") return { items: [], incomplete: true };
  const folder = typed.slice(0, typed.lastIndexOf("/") + 1);
  const items = paths.slice(0, MOST_FILES).map((path, rank): Completion => {
    const label = folder === "" ? path : `${folder}${path.slice(path.lastIndexOf("/") + 1)}`;
    const name = path.slice(path.lastIndexOf("/") + 1);
    const filter = typed.startsWith("/") ? label : name;
    return { label, kind: "file", detail: "", from, insert: `${label}:`, filter, rank };
  });
  return { items, incomplete: paths.length > MOST_FILES || folder !== "" };
}

function openBinary(path: string, facts: KernelFacts): BinaryFacts | undefined {
  const paths = facts.binaryPaths(path.replaceAll('"', ""));
  const first = paths === "missing" ? undefined : paths[0];
  const binary = first === undefined ? undefined : facts.binary(first);
  return binary === undefined || binary === "missing" || "error" in binary ? undefined : binary;
}

interface SymbolIndex extends NameIndex {
  readonly names: readonly string[];
  readonly sizes: readonly number[];
}

const plainIndexes = new WeakMap<BinaryFacts, SymbolIndex>();
const demangledIndexes = new WeakMap<BinaryFacts, SymbolIndex>();

function symbolIndex(binary: BinaryFacts, mangled: boolean): SymbolIndex {
  const indexes = mangled ? plainIndexes : demangledIndexes;
  let index = indexes.get(binary);
  if (index === undefined) {
    const seen = new Map<string, number>();
    for (const { kind, name, demangled, size } of binary.symbols) {
      const text = mangled ? name : demangled;
      if (kind === "function" && text !== undefined) seen.set(text, size);
    }
    const names = [...seen.keys()];
    index = Object.assign(indexNames(names), { names, sizes: [...seen.values()] });
    indexes.set(binary, index);
  }
  return index;
}

function symbols(binary: BinaryFacts, query: string, mangled: boolean, from: number): Completions {
  const index = symbolIndex(binary, mangled);
  const { found, count } = search(index, query.replaceAll('"', ""), MOST_SYMBOLS);
  const items = found.map(({ index: i }, rank): Completion => {
    const name = index.names[i] ?? "";
    const prototype = mangled && rank < 20 ? binary.parameters(name) : undefined;
    const known = prototype !== undefined && prototype !== "missing";
    const parameters = known
      ? prototype.parameters.map((each) => `${each.cType} ${each.name}`).join(", ")
      : "";
    return {
      label: name,
      kind: "attach-point",
      ...(known ? { signature: `(${parameters})` } : {}),
      detail: `${(index.sizes[i] ?? 0).toString()} bytes of code`,
      from,
      // Names with brackets, blanks or colons stand in quotes.
      ...(/^[\w.$@+-]+$/.test(name) ? {} : { insert: `"${name}"` }),
      rank,
    };
  });
  return { items, incomplete: count > items.length };
}

function usdtProbes(binary: BinaryFacts, rest: readonly string[], from: number): Completions {
  const provider = rest.length > 1 ? rest[0] : undefined;
  const items = binary.usdt
    .filter((probe) => provider === undefined || probe.provider === provider)
    .map(({ name, provider: of, sites }, rank): Completion => {
      const label = provider === undefined ? `${of}:${name}` : name;
      const count = sites[0]?.arguments.length ?? 0;
      return {
        label,
        kind: "attach-point",
        signature: `(${Array.from({ length: count }, (_, i) => `arg${i.toString()}`).join(", ")})`,
        detail: `${sites.length.toString()} ${sites.length === 1 ? "place" : "places"}`,
        from,
        filter: provider === undefined && !(rest[0] ?? "").includes(of) ? name : label,
        rank,
      };
    });
  return { items, incomplete: false };
}
