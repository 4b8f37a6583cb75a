/** Facts from a profile. Opening reads only its head; each part is decompressed when first asked for. */

import { once } from "../../base/once.ts";
import { ok, type Result } from "../../base/result.ts";
import { createKernelTypes, type KernelTypes, type TypeSource } from "../btf/kernel-types.ts";
import { type Btf, type BtfOptions, openBtf } from "../btf/reader.ts";
import type { KernelFacts } from "../facts.ts";
import { listedFunctions } from "../function-names.ts";
import { type NamedInModule, sortedNames } from "../named.ts";
import { noKernelFacts } from "../none.ts";
import { functionNames } from "./capture.ts";
import { expandTypes } from "./compact-types.ts";
import { type ProfileCodec, type ProfileError, type ProfileFile, unpackProfile } from "./container.ts";
import {
  binaryFacts,
  type ProfileBinary,
  type ProfileMeta,
  readFunctions,
  readJson,
  readNames,
  sectionNames,
} from "./content.ts";
import { packIndexed, unpackIndexed } from "./kept-types.ts";
import { tracepointFacts } from "./tracepoints.ts";
import { parseBinaries, parseMeta, parsePrograms } from "./validate.ts";

/** The kernel's types as they came out of a profile before: to unpack them takes longer than to check most scripts. */
export interface KeptTypes {
  /** What was kept for exactly these packed bytes. */
  readonly find: (packed: Uint8Array) => Uint8Array | undefined;
  readonly keep: (packed: Uint8Array, indexed: Uint8Array) => void;
}

export interface OpenProfileOptions {
  readonly codecs: readonly ProfileCodec[];
  readonly kept?: KeptTypes | undefined;
  /** `default` for the one that ships with the program. */
  readonly source?: "profile" | "default";
}

export function openProfile(
  bytes: Uint8Array,
  { codecs, source = "profile", kept }: OpenProfileOptions,
): Result<KernelFacts, ProfileError> {
  const file = unpackProfile(bytes, codecs, source === "default" ? "shipped" : "found");
  if (!file.ok) return file;
  const meta = parseMeta(readJson(file.value.read(sectionNames.meta)));
  if (meta === undefined) {
    return { ok: false, error: { kind: "damaged", message: "the profile's description is damaged" } };
  }
  return ok(factsOf(file.value, meta, source, kept));
}

function factsOf(
  file: ProfileFile,
  meta: ProfileMeta,
  source: "profile" | "default",
  kept: KeptTypes | undefined,
): KernelFacts {
  const { source: types, damaged } = typeSource(file, kept);
  const lookups = createKernelTypes(types);
  const programs = once(() => parsePrograms(readJson(file.read(sectionNames.programs))) ?? []);
  const binaries = once(() => parseBinaries(readJson(file.read(sectionNames.binaries))) ?? []);
  return {
    ...noKernelFacts(),
    name: source === "default" ? `default profile (${shortRelease(meta.release)})` : meta.name,
    source,
    architecture: meta.architecture,
    cpuCount: meta.cpuCount,
    get gaps() {
      return [...meta.gaps, ...damaged()];
    },
    hasFeature: (feature) => meta.features[feature],
    ...lookups,
    ...functionFacts(file, meta, types, lookups),
    ...tracepointFacts({
      tracepoints: () => file.read(sectionNames.tracepoints),
      layouts: () => file.read(sectionNames.layouts),
    }),
    bpfPrograms: programs,
    binary: (path) => binaryAt(binaries(), path),
    binaryPaths: (pattern) =>
      binaries()
        .map(({ path }) => path)
        .filter((path) => path === pattern || path.endsWith(`/${pattern}`)),
  };
}

function binaryAt(binaries: readonly ProfileBinary[], path: string): ReturnType<KernelFacts["binary"]> {
  const found = binaries.find((binary) => binary.path === path || binary.path.endsWith(`/${path}`));
  return found === undefined ? undefined : binaryFacts(found);
}

/** `6.12` of `6.12.107+deb13-cloud-amd64`. */
function shortRelease(release: string): string {
  return /^\d+\.\d+/.exec(release)?.[0] ?? release;
}

/** `source` opens types when first asked for any. */
function typeSource(
  file: ProfileFile,
  kept: KeptTypes | undefined,
): {
  readonly source: TypeSource;
  readonly damaged: () => readonly string[];
} {
  const problems: string[] = [];
  const open = (module: string, base: Btf | undefined): Btf | undefined => {
    const name = sectionNames.types(module);
    if (!file.names.includes(name)) return undefined;
    const btf =
      base === undefined ? openKernelTypes(file, name, kept) : openTypes(file, name, { module, base });
    if (btf === undefined) problems.push(`types of ${module}: this part of the profile is damaged`);
    return btf;
  };
  const vmlinux = once(() => open("vmlinux", undefined));
  const modules = new Map<string, Btf | undefined>();
  const prefix = sectionNames.types("");
  const names = file.names
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length))
    .filter((name) => name !== "vmlinux");
  const openModule = (module: string): Btf | undefined => {
    if (!modules.has(module))
      modules.set(module, vmlinux() === undefined ? undefined : open(module, vmlinux()));
    return modules.get(module);
  };
  return {
    damaged: () => problems,
    source: {
      get vmlinux() {
        return vmlinux();
      },
      // A profile has all its types at hand: a name is found in whichever module has it.
      opened: once(() =>
        names
          .sort()
          .map(openModule)
          .filter((btf) => btf !== undefined),
      ),
      open: openModule,
    },
  };
}

function openTypes(file: ProfileFile, name: string, options: BtfOptions): Btf | undefined {
  const types = unpackTypes(file, name, options.base);
  const btf = types === undefined ? undefined : openBtf(types, options);
  return btf?.ok === true ? btf.value : undefined;
}

function unpackTypes(file: ProfileFile, name: string, base: Btf | undefined): Uint8Array | undefined {
  const compact = file.read(name);
  return compact === undefined ? undefined : expandTypes(compact, base);
}

function openKernelTypes(file: ProfileFile, name: string, kept: KeptTypes | undefined): Btf | undefined {
  const packed = file.packed(name);
  const bytes = packed === undefined ? undefined : kept?.find(packed);
  const found = bytes === undefined ? undefined : unpackIndexed(bytes);
  if (found !== undefined) {
    const btf = openBtf(found.types, { module: "vmlinux", index: found.index });
    if (btf.ok) return btf.value;
  }
  const types = unpackTypes(file, name, undefined);
  const btf = types === undefined ? undefined : openBtf(types, { module: "vmlinux" });
  if (packed === undefined || types === undefined || btf?.ok !== true) return undefined;
  kept?.keep(packed, packIndexed({ types, index: btf.value }));
  return btf.value;
}

function functionFacts(
  file: ProfileFile,
  meta: ProfileMeta,
  types: TypeSource,
  lookups: KernelTypes,
): Pick<KernelFacts, "traceableFunctions" | "traceableFunctionsExact" | "modules" | "rawTracepoints"> {
  const functions = once(() => listedFunctions(readTraceable(file, types)));
  const raw = once((): readonly NamedInModule[] => {
    const bytes = file.read(sectionNames.rawTracepoints);
    return bytes === undefined ? lookups.rawTracepoints() : readNames(bytes);
  });
  return {
    traceableFunctions: () => (meta.functions === undefined ? undefined : functions()),
    traceableFunctionsExact: () => meta.functions === "exact",
    modules: () => meta.modules,
    rawTracepoints: raw,
  };
}

function readTraceable(file: ProfileFile, types: TypeSource): readonly NamedInModule[] {
  const bytes = file.read(sectionNames.functions);
  const modules = bytes === undefined ? [] : readFunctions(bytes);
  return sortedNames(
    modules.map(({ module, bits, names }) => {
      const btf = module === "vmlinux" ? types.vmlinux : types.open(module);
      const typed = btf === undefined || btf === "missing" || bits.length === 0 ? [] : functionNames(btf);
      const marked = typed.filter((_, i) => (((bits[i >> 3] ?? 0) >> (i & 7)) & 1) === 1);
      return { module, names: [...marked, ...names] };
    }),
  );
}
