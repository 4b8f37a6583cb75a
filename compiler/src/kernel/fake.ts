/**
 * Kernels described in a few lines of C: for tests, and for examples in documentation that must not depend on a machine.
 */

import type { StructTable, Type } from "../types/type.ts";
import { type CDeclarations, kernelStyle, noTypes, readCDeclarations } from "./c-declarations.ts";
import { spellEnum, spellStruct } from "./c-spelling.ts";
import {
  type BinaryFacts,
  type CModule,
  type CModuleRequest,
  type FactRequest,
  type FactsSession,
  type FunctionPrototype,
  type KernelFacts,
  type KernelFeature,
  type Missing,
  type TracepointField,
  type TracepointFormat,
} from "./facts.ts";
import { listedFunctions } from "./function-names.ts";
import { noKernelFacts } from "./none.ts";
import { createStructTable } from "./struct-table.ts";

export interface FakeKernel {
  readonly name?: string;
  readonly source?: KernelFacts["source"];
  readonly architecture?: KernelFacts["architecture"];
  readonly cpuCount?: number;
  /** C declarations; a prototype is a traceable function with known types, `struct bpf_iter__x` makes the iterator `x`. */
  readonly c?: string;
  /** C declarations of modules, by the module's name. */
  readonly modules?: Readonly<Record<string, string>>;
  /** Functions known by name only; `module:name` for a module's. */
  readonly functions?: readonly string[];
  /** By `category:event`, members as in C: `int pid; char comm[16]; __data_loc char[] filename;`. */
  readonly tracepoints?: Readonly<Record<string, string>>;
  /** Parameters as in C, by `name` or `module:name`: `bool preempt, struct task_struct *prev`. */
  readonly rawTracepoints?: Readonly<Record<string, string>>;
  /** All but these are there. */
  readonly lacks?: readonly KernelFeature[];
  readonly binaries?: Readonly<Record<string, FakeBinary>>;
  /** Scripts and C files to import and headers to include, by path. Of C files prototypes are enough: they have no code. */
  readonly files?: Readonly<Record<string, string>>;
  readonly symbols?: Readonly<Record<string, bigint>>;
  readonly variables?: Readonly<Record<string, Type>>;
  readonly bpfPrograms?: readonly { readonly id: number; readonly name: string }[];
  readonly cgroups?: Readonly<Record<string, bigint>>;
  /** Kinds of requests that are answered `"missing"`. */
  readonly withheld?: readonly FactRequest["kind"][];
}

export interface FakeBinary {
  /** Names of functions; `name+size` sets the size in bytes, 16 otherwise. */
  readonly functions?: readonly string[];
  readonly objects?: readonly string[];
  /** As `provider:name`; arguments in stapsdt's form may follow, `provider:name -4@%edi 8@%rsi`. */
  readonly usdt?: readonly string[];
  /** Prototypes and structs as debug information would tell them. */
  readonly c?: string;
  readonly positionIndependent?: boolean;
}

export function fakeKernel(fake: FakeKernel = {}): FactsSession {
  const missing = createMissing(fake.withheld ?? []);
  const core = readCDeclarations([fake.c ?? ""], { outer: noTypes, origin: "kernel", style: kernelStyle });
  const types = createStructTable({ script: core, facts: noTypes });
  return {
    ...noKernelFacts(),
    name: fake.name ?? "fake kernel",
    source: fake.source ?? "live",
    architecture: fake.architecture ?? "x86_64",
    cpuCount: fake.cpuCount ?? 1,
    hasFeature: (feature) => !(fake.lacks ?? []).includes(feature),
    ...typeFacts(fake, core, types, missing),
    ...functionFacts(fake, core, types, missing),
    ...tracepointFacts(fake, types),
    ...fileFacts(fake, missing),
    kernelSymbol: (name) => missing.or({ kind: "kernel-symbols" }, () => fake.symbols?.[name]),
    bpfPrograms: () => missing.or({ kind: "bpf-programs" }, () => fake.bpfPrograms ?? []),
    isKernelVariable: (name) => fake.variables?.[name],
    missing: missing.list,
  };
}

interface MissingList {
  /** The answer, or `"missing"` with the request noted when its kind is withheld. */
  readonly or: <T>(request: FactRequest, answer: () => T) => T | Missing;
  readonly list: () => readonly FactRequest[];
}

function createMissing(withheld: readonly FactRequest["kind"][]): MissingList {
  const noted = new Map<string, FactRequest>();
  return {
    or: (request, answer) => {
      if (!withheld.includes(request.kind)) return answer();
      noted.set(JSON.stringify(request), request);
      return "missing";
    },
    list: () => [...noted.values()],
  };
}

function typeFacts(
  fake: FakeKernel,
  core: CDeclarations,
  types: StructTable,
  missing: MissingList,
): Pick<
  KernelFacts,
  "findStruct" | "findEnum" | "findTypedef" | "findEnumConstant" | "typeNames" | "spellType" | "iterators"
> {
  const named = (keys: readonly { readonly name: string }[]): readonly string[] =>
    keys.map(({ name }) => name).filter((name) => /^(struct|union|enum) \w+$/.test(name));
  return {
    findStruct: (name, module) =>
      module === undefined || module === "vmlinux"
        ? types.findStruct(name)
        : missing.or({ kind: "module-types", module }, () =>
            moduleTypes(fake, types, module).findStruct(name),
          ),
    findEnum: types.findEnum,
    findTypedef: types.findTypedef,
    findEnumConstant: types.findEnumConstant,
    typeNames: () => [...new Set([...named(core.structs), ...named(core.enums)])].sort(),
    spellType: (name) => {
      const struct = types.findStruct(name);
      const definition = types.findEnum(name);
      if (struct !== undefined) return { module: "vmlinux", text: spellStruct(struct) };
      return definition === undefined ? undefined : { module: "vmlinux", text: spellEnum(definition) };
    },
    iterators: () =>
      core.structs
        .map(({ name }) => /^struct bpf_iter__(\w+)$/.exec(name)?.[1])
        .filter((name) => name !== undefined)
        .sort(),
  };
}

function moduleTypes(fake: FakeKernel, types: StructTable, module: string): StructTable {
  return createStructTable({ script: moduleDeclarations(fake, types, module), facts: types });
}

function moduleDeclarations(fake: FakeKernel, types: StructTable, module: string): CDeclarations {
  return readCDeclarations([fake.modules?.[module] ?? ""], {
    outer: types,
    origin: "kernel",
    style: kernelStyle,
  });
}

function functionFacts(
  fake: FakeKernel,
  core: CDeclarations,
  types: StructTable,
  missing: MissingList,
): Pick<KernelFacts, "findFunctions" | "traceableFunctions" | "traceableFunctionsExact" | "modules"> {
  const moduleNames = Object.keys(fake.modules ?? {});
  const prototypes: readonly FunctionPrototype[] = [
    ...core.functions,
    ...moduleNames.flatMap((module) =>
      moduleDeclarations(fake, types, module).functions.map((prototype) => ({ ...prototype, module })),
    ),
  ];
  const byName = (fake.functions ?? []).map(splitModule);
  const traceable = listedFunctions(
    [...prototypes.map(({ name, module }) => ({ name, module })), ...byName].sort((left, right) =>
      compare(`${left.name} ${left.module}`, `${right.name} ${right.module}`),
    ),
  );
  return {
    findFunctions: (name, module) => {
      const found = (): readonly FunctionPrototype[] =>
        prototypes.filter(
          (prototype) => prototype.name === name && (module === undefined || prototype.module === module),
        );
      if (module === undefined || module === "vmlinux") return found();
      const answer = missing.or({ kind: "module-types", module }, found);
      return answer === "missing" ? [] : answer;
    },
    traceableFunctions: () => traceable,
    traceableFunctionsExact: () => true,
    modules: () => [...new Set(["vmlinux", ...moduleNames, ...byName.map(({ module }) => module)])],
  };
}

function splitModule(text: string): { readonly name: string; readonly module: string } {
  const [first = "", second] = text.split(":");
  return second === undefined ? { name: first, module: "vmlinux" } : { name: second, module: first };
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function tracepointFacts(
  fake: FakeKernel,
  types: StructTable,
): Pick<
  KernelFacts,
  "tracepointCategories" | "tracepointEvents" | "tracepointFormat" | "rawTracepoints" | "findRawTracepoint"
> {
  const tracepoints = Object.entries(fake.tracepoints ?? {}).map(([key, members]) => {
    const [category = "", event = ""] = key.split(":");
    return { category, event, members };
  });
  const raw = Object.entries(fake.rawTracepoints ?? {}).map(([key, parameters]) => ({
    ...splitModule(key),
    parameters,
  }));
  return {
    tracepointCategories: () => [...new Set(tracepoints.map(({ category }) => category))].sort(),
    tracepointEvents: (wanted) =>
      tracepoints
        .filter(({ category }) => category === wanted)
        .map(({ event }) => event)
        .sort(),
    tracepointFormat: (category, event) => {
      const found = tracepoints.find((one) => one.category === category && one.event === event);
      return found === undefined ? undefined : formatOf(category, event, found.members, types);
    },
    rawTracepoints: () =>
      raw.map(({ name, module }) => ({ name, module })).sort((a, b) => compare(a.name, b.name)),
    findRawTracepoint: (name, module) => {
      const found = raw.find((one) => one.name === name && (module === undefined || one.module === module));
      const text = `void ${name}(${found?.parameters ?? ""});`;
      const read = readCDeclarations([text], { outer: types, origin: "kernel", style: kernelStyle });
      const prototype = read.functions[0];
      return found === undefined || prototype === undefined
        ? undefined
        : { ...prototype, module: found.module };
    },
  };
}

const commonFields: readonly TracepointField[] = [
  { name: "common_type", cType: "unsigned short", offset: 0, size: 2, signed: false, common: true },
  { name: "common_flags", cType: "unsigned char", offset: 2, size: 1, signed: false, common: true },
  { name: "common_preempt_count", cType: "unsigned char", offset: 3, size: 1, signed: false, common: true },
  { name: "common_pid", cType: "int", offset: 4, size: 4, signed: true, common: true },
];

/** Lays the members out behind the common fields; a `__data_loc` field takes four bytes. */
function formatOf(category: string, event: string, members: string, types: StructTable): TracepointFormat {
  const locations = new Map<string, string>();
  const plain = members.replace(/(__data_loc\s+[\w ]+\[\])\s*(\w+)/g, (_, type: string, name: string) => {
    locations.set(name, type);
    return `unsigned ${name}`;
  });
  const text = `struct event { char common[8]; ${plain} };`;
  const read = readCDeclarations([text], { outer: types, origin: "kernel", style: kernelStyle });
  const fields = read.structs.find(({ name }) => name === "struct event")?.fields ?? [];
  const end = read.structs.find(({ name }) => name === "struct event")?.size ?? 8;
  const rest = fields.slice(1).map((field, i, all) => ({
    name: field.name,
    cType: locations.get(field.name) ?? field.cType ?? "",
    offset: field.offset,
    size: fieldSize(field.type) ?? (all[i + 1]?.offset ?? end) - field.offset,
    signed: field.type.kind === "integer" && field.type.signed,
    common: false,
  }));
  return { category, event, fields: [...commonFields, ...rest] };
}

function fieldSize(type: Type): number | undefined {
  if (type.kind === "integer" || type.kind === "string") return type.size;
  if (type.kind === "pointer") return 8;
  return type.kind === "boolean" ? 1 : undefined;
}

function fileFacts(
  fake: FakeKernel,
  missing: MissingList,
): Pick<KernelFacts, "binary" | "binaryPaths" | "importFile" | "includeFile" | "cModule" | "cgroupId"> {
  const paths = Object.keys(fake.binaries ?? {});
  const fileAt = (
    from: string,
    path: string,
  ): { readonly path: string; readonly text: string } | undefined => {
    const folder = from.includes("/") ? from.slice(0, from.lastIndexOf("/") + 1) : "";
    const found = [`${folder}${path}`, path].find((candidate) => fake.files?.[candidate] !== undefined);
    return found === undefined ? undefined : { path: found, text: fake.files?.[found] ?? "" };
  };
  return {
    binary: (path) =>
      missing.or({ kind: "binary", path }, () => {
        const found = fake.binaries?.[path];
        return found === undefined ? undefined : binaryOf(path, found, missing);
      }),
    binaryPaths: (pattern) =>
      missing.or({ kind: "binary-paths", pattern }, () => {
        const pieces = pattern.split("*").map((piece) => piece.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
        const expression = new RegExp(`^(.*/)?${pieces.join(".*")}$`, "s");
        return paths.filter((path) => expression.test(path));
      }),
    importFile: (from, path) =>
      missing.or({ kind: "import", from, path }, () => {
        const found = fileAt(from, path);
        return found === undefined ? undefined : [found];
      }),
    includeFile: (from, path, system) =>
      missing.or({ kind: "include", from, path, system }, () => fileAt(from, path)),
    cModule: (request) => missing.or({ kind: "c-module", ...request }, () => moduleOf(request, fake)),
    cgroupId: (path) => missing.or({ kind: "cgroup", path }, () => fake.cgroups?.[path]),
  };
}

function moduleOf({ path, headers }: CModuleRequest, fake: FakeKernel): CModule {
  const texts = [...headers, path].map((each) => fake.files?.[each] ?? "");
  const read = readCDeclarations(texts, { outer: noTypes, origin: "binary", style: kernelStyle });
  return {
    path,
    functions: read.functions.map((prototype) => ({ prototype, isStatic: false, stackBytes: 0 })),
    defines: read.functions.map(({ name }) => name),
    needs: [],
    programs: [],
    types: createStructTable({ script: read, facts: noTypes }),
    code: "",
  };
}

function binaryOf(path: string, fake: FakeBinary, missing: MissingList): BinaryFacts {
  const debug = readCDeclarations([fake.c ?? ""], { outer: noTypes, origin: "binary", style: userStyle });
  const types = createStructTable({ script: debug, facts: noTypes });
  const names = [...(fake.functions ?? []), ...debug.functions.map(({ name }) => name)];
  const symbols = [
    ...[...new Set(names)].map((name) => ({ name, kind: "function" as const })),
    ...(fake.objects ?? []).map((name) => ({ name, kind: "object" as const })),
  ].map(({ name, kind }, i) => {
    const [plain = "", size = "16"] = name.split("+");
    return { name: plain, address: BigInt(0x1000 + i * 0x100), size: Number(size), kind };
  });
  return {
    path,
    executable: true,
    positionIndependent: fake.positionIndependent ?? true,
    symbols,
    usdt: (fake.usdt ?? []).map((text, i) => usdtOf(text, i)),
    hasDebugInfo: fake.c !== undefined,
    fileOffset: (address) => address,
    parameters: (name) =>
      missing.or({ kind: "binary-parameters", path }, () =>
        debug.functions.find((prototype) => prototype.name === name),
      ),
    findStruct: types.findStruct,
    findEnum: types.findEnum,
    startsInstruction: () => undefined,
    addressesOfLine: () => (fake.c === undefined ? undefined : []),
  };
}

const userStyle = { space: "user", strings: "exact" } as const;

function usdtOf(text: string, index: number): BinaryFacts["usdt"][number] {
  const [key = "", ...specifications] = text.split(" ");
  const [provider = "", name = ""] = key.split(":");
  const site = { address: BigInt(0x8000 + index * 0x10), semaphore: 0n, arguments: specifications };
  return { provider, name, sites: [site] };
}
