/** What a kernel's BTF answers to the compiler: `vmlinux` and as many modules as have been opened, looked up as one. */

import type { Type } from "../../types/type.ts";
import type { FunctionPrototype, KernelFacts, Missing } from "../facts.ts";
import { listedFunctions, type FunctionNames } from "../function-names.ts";
import { enumDefinition, enumerator, structDefinition } from "./layout.ts";
import { type BtfLookup, createLookup } from "./lookup.ts";
import { type BtfParameter, typeAt } from "./model.ts";
import { type Btf, kindOf, nameOf } from "./reader.ts";
import { spellDeclaration, spellDefinition } from "./spelling.ts";
import { type NamedInModule as Named, sortedNames } from "../named.ts";
import { anonymousId, strip, typeOf as toType } from "./to-type.ts";

/** Where the types are from. Modules may be opened at any time; what was found before stays valid. */
export interface TypeSource {
  readonly vmlinux: Btf | undefined;
  /** Modules opened so far, sorted by name. */
  readonly opened: () => readonly Btf[];
  /** Undefined when the module has no types of its own. */
  readonly open: (module: string) => Btf | undefined | Missing;
}

/** The part of `KernelFacts` that types answer. */
export type KernelTypes = Pick<
  KernelFacts,
  | "findStruct"
  | "findEnum"
  | "findTypedef"
  | "findEnumConstant"
  | "findFunctions"
  | "findRawTracepoint"
  | "rawTracepoints"
  | "iterators"
  | "typeNames"
  | "spellType"
  | "isKernelVariable"
> & {
  /** Names of the functions that have a prototype in `vmlinux` or an opened module, sorted. */
  readonly functions: () => FunctionNames;
  /** Makes what many questions about the kernel's own types need, in pieces. */
  readonly indexing: () => Generator<undefined, void>;
};

/** Remembers what a look-up found, but not that it found nothing: a module opened later may have it. */
function remember<T>(find: (name: string, module?: string) => T | undefined | Missing): typeof find {
  const found = new Map<string, T>();
  return (name, module) => {
    const key = module === undefined ? name : `${module}:${name}`;
    const known = found.get(key);
    if (known !== undefined) return known;
    const value = find(name, module);
    if (value !== undefined && value !== "missing") found.set(key, value);
    return value;
  };
}

export function createKernelTypes(source: TypeSource): KernelTypes {
  const search = createSearch(source);
  const lists = createLists(source, search);
  return {
    findStruct: remember((name, module) => search.first(name, module, findStructIn)),
    findEnum: remember((name) => search.first(name, undefined, findEnumIn)),
    findTypedef: remember((name) => search.first(name, undefined, findTypedefIn)),
    findEnumConstant: (name) => present(search.first(name, undefined, findEnumConstantIn)),
    findFunctions: (name, module) => search.all(name, module, findFunctionIn),
    findRawTracepoint: (name, module) => present(search.first(name, module, findRawTracepointIn)),
    isKernelVariable: (name) => present(search.first(name, undefined, findVariableIn)),
    spellType: (name) => present(search.first(name, undefined, spellTypeIn)),
    *indexing() {
      const [core] = search.lookups();
      while (core?.ahead.goOn() === false) yield;
    },
    ...lists,
  };
}

function present<T>(value: T | undefined | Missing): T | undefined {
  return value === "missing" ? undefined : value;
}

type Find<T> = (lookup: BtfLookup, name: string) => T | undefined;

interface Search {
  readonly lookups: () => readonly BtfLookup[];
  readonly first: <T>(name: string, module: string | undefined, find: Find<T>) => T | undefined | Missing;
  readonly all: <T>(name: string, module: string | undefined, find: Find<T>) => readonly T[];
}

function createSearch(source: TypeSource): Search {
  const known = new Map<Btf, BtfLookup>();
  const lookupOf = (btf: Btf): BtfLookup => {
    const lookup = known.get(btf) ?? createLookup(btf);
    known.set(btf, lookup);
    return lookup;
  };
  const core = (): readonly BtfLookup[] => (source.vmlinux === undefined ? [] : [lookupOf(source.vmlinux)]);
  const opened = (): readonly BtfLookup[] => source.opened().map(lookupOf);
  const within = (module: string): readonly BtfLookup[] | Missing => {
    if (module === "vmlinux") return core();
    const btf = source.open(module);
    if (btf === "missing") return btf;
    return btf === undefined ? [] : [lookupOf(btf)];
  };
  const firstIn = <T>(lookups: readonly BtfLookup[], name: string, find: Find<T>): T | undefined => {
    for (const lookup of lookups) {
      const found = find(lookup, name);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return {
    lookups: () => [...core(), ...opened()],
    // Modules are asked last: opening them may be costly, and most names are the kernel's own.
    first: (name, module, find) => {
      if (module === undefined) return firstIn(core(), name, find) ?? firstIn(opened(), name, find);
      const own = within(module);
      return own === "missing" ? own : (firstIn(own, name, find) ?? firstIn(core(), name, find));
    },
    all: (name, module, find) => {
      const lookups = module === undefined ? [...core(), ...opened()] : within(module);
      if (lookups === "missing") return [];
      return lookups.map((lookup) => find(lookup, name)).filter((found) => found !== undefined);
    },
  };
}

const TAGGED = /^(struct|union|enum) (\S+)$/;

/** The type that a name as the compiler writes it stands for. */
function idOf(lookup: BtfLookup, name: string, tags: readonly string[]): number | undefined {
  const anonymous = anonymousId(name);
  if (anonymous !== undefined) {
    return anonymous.module === lookup.btf.module ? anonymous.id : undefined;
  }
  const tagged = TAGGED.exec(name);
  if (tagged === null) return lookup.find(name, "typedef")[0];
  const [, tag, plain] = tagged;
  if (plain === undefined || tag === undefined || !tags.includes(tag)) return undefined;
  switch (tag) {
    case "struct":
      return lookup.find(plain, "struct")[0];
    case "union":
      return lookup.find(plain, "union")[0];
    default:
      return lookup.find(plain, "enum")[0] ?? lookup.find(plain, "enum64")[0];
  }
}

function findStructIn(lookup: BtfLookup, name: string): ReturnType<typeof structDefinition> {
  const id = idOf(lookup, name, ["struct", "union"]);
  return id === undefined ? undefined : structDefinition(lookup.btf, id, lookup.alignments);
}

function findEnumIn(lookup: BtfLookup, name: string): ReturnType<typeof enumDefinition> {
  const id = idOf(lookup, name, ["enum"]);
  return id === undefined ? undefined : enumDefinition(lookup.btf, id);
}

function findTypedefIn(lookup: BtfLookup, name: string): Type | undefined {
  const id = lookup.find(name, "typedef")[0] ?? lookup.find(name, "integer")[0];
  return id === undefined ? undefined : toType(lookup.btf, id);
}

function findEnumConstantIn(lookup: BtfLookup, name: string): ReturnType<typeof enumerator> {
  const place = lookup.findEnumConstant(name);
  return place === undefined ? undefined : enumerator(lookup.btf, place.type, place.enumerator);
}

function findVariableIn(lookup: BtfLookup, name: string): Type | undefined {
  const id = lookup.find(name, "variable")[0];
  const variable = id === undefined ? undefined : typeAt(lookup.btf, id);
  return variable?.kind === "variable" ? toType(lookup.btf, variable.type) : undefined;
}

function spellTypeIn(
  lookup: BtfLookup,
  name: string,
): { readonly module: string; readonly text: string } | undefined {
  const id = idOf(lookup, name, ["struct", "union", "enum"]);
  if (id === undefined) return undefined;
  return { module: lookup.btf.module, text: spellDefinition(lookup.btf, id) };
}

function findFunctionIn(lookup: BtfLookup, name: string): FunctionPrototype | undefined {
  const id = lookup.find(name, "function")[0];
  const type = id === undefined ? undefined : typeAt(lookup.btf, id);
  return type?.kind === "function" ? prototypeOf(lookup.btf, name, type.type, 0) : undefined;
}

/** @param skip parameters left out at the front */
function prototypeOf(btf: Btf, name: string, id: number, skip: number): FunctionPrototype | undefined {
  const { type } = strip(btf, id);
  if (type.kind !== "function-prototype") return undefined;
  let parameters: FunctionPrototype["parameters"] | undefined;
  return {
    name,
    module: btf.module,
    // Listings ask of a hundred thousand functions only whether they have a prototype.
    get parameters() {
      parameters ??= type.parameters
        .slice(skip)
        .filter((parameter) => parameter.type !== 0)
        .map((parameter, i) => parameterOf(btf, parameter, i));
      return parameters;
    },
    get returns() {
      return toType(btf, type.returns);
    },
    get returnsCType() {
      return spellDeclaration(btf, type.returns, "");
    },
  };
}

function parameterOf(
  btf: Btf,
  parameter: BtfParameter,
  index: number,
): FunctionPrototype["parameters"][number] {
  return {
    name: parameter.name === "" ? `arg${index}` : parameter.name,
    type: toType(btf, parameter.type),
    cType: spellDeclaration(btf, parameter.type, ""),
  };
}

const RAW_TRACEPOINT = "btf_trace_";
/** Functions that take what the tracepoint hands over and name it, newest kernels first. */
const rawTracepointFunctions = ["__probestub_", "__traceiter_", "__bpf_trace_"];

/**
 * A raw tracepoint exists when the kernel has the typedef that programs attach through; names of its parameters are only
 * in the functions that go with it.
 */
function findRawTracepointIn(lookup: BtfLookup, name: string): FunctionPrototype | undefined {
  const { btf } = lookup;
  const typedef = lookup.find(`${RAW_TRACEPOINT}${name}`, "typedef")[0];
  for (const prefix of rawTracepointFunctions) {
    const id = lookup.find(`${prefix}${name}`, "function")[0];
    const type = id === undefined ? undefined : typeAt(btf, id);
    const found = type?.kind === "function" ? prototypeOf(btf, name, type.type, 1) : undefined;
    if (found !== undefined) return found;
  }
  if (typedef === undefined) return undefined;
  const { type } = strip(btf, typedef);
  return type.kind === "pointer" ? prototypeOf(btf, name, type.type, 1) : undefined;
}

/** Structs named `bpf_iter__X__safe_…` are the verifier's own and no iterators. */
function createLists(
  source: TypeSource,
  search: Search,
): Pick<KernelTypes, "rawTracepoints" | "iterators" | "typeNames" | "functions"> {
  const names = (prefix: string, kind: "typedef" | "struct" | "function"): readonly Named[] =>
    sortedNames(
      search.lookups().map(({ btf, withPrefix }) => ({
        module: btf.module,
        names: withPrefix(prefix, [kind]).map((id) => nameOf(btf, id).slice(prefix.length)),
      })),
    );
  /** Lists are made again when another module has been opened. */
  const perModules = <T>(make: () => T): (() => T) => {
    let made: { readonly modules: number; readonly value: T } | undefined;
    return () => {
      const modules = source.opened().length;
      if (made?.modules !== modules) made = { modules, value: make() };
      return made.value;
    };
  };
  return {
    rawTracepoints: perModules(() => names(RAW_TRACEPOINT, "typedef")),
    functions: perModules(() => listedFunctions(names("", "function"))),
    iterators: perModules(() => {
      const all = names("bpf_iter__", "struct").map(({ name }) => name);
      return [...new Set(all)].filter((name) => !name.includes("__safe_"));
    }),
    typeNames: perModules(() => {
      const all = search.lookups().flatMap(({ btf, withPrefix }) =>
        withPrefix("", ["struct", "union", "enum", "enum64"]).map((id) => {
          const kind = kindOf(btf, id);
          return `${kind === "enum64" ? "enum" : kind} ${nameOf(btf, id)}`;
        }),
      );
      return [...new Set(all)].filter((name) => !name.endsWith(" (anon)")).sort();
    }),
  };
}
