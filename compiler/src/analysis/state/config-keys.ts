/** All settings of the `config` block and the environment, one row each: default, values, meaning. */

import type { CoreConfig } from "../../core/core.ts";

/** How the value of a setting is written and checked. */
export type SettingKind =
  | { readonly kind: "boolean" }
  | { readonly kind: "number"; readonly least: number; readonly most: number; readonly unit: string }
  | { readonly kind: "string" }
  /**
   * `words` as documented; matched without regard to case, but where they are names that others read. `aliases` maps other
   * spellings to one of them.
   */
  | {
      readonly kind: "choice";
      readonly words: readonly string[];
      readonly caseMatters?: true;
      readonly aliases?: Readonly<Record<string, string>>;
    };

export type SettingValue = number | boolean | string;

export interface ConfigKey {
  readonly name: string;
  /** Field of the core tree's configuration; undefined for settings that only analysis reads. */
  readonly field: keyof CoreConfig | undefined;
  readonly value: SettingKind;
  readonly default: SettingValue | undefined;
  /** Former names, still understood. */
  readonly formerly?: readonly string[];
  /** Where its field stands in the record that the `config` builtin gives; undefined: it has none. */
  readonly recordPlace: number | undefined;
  readonly summary: string;
}

const boolean: SettingKind = { kind: "boolean" };
const featureWords: SettingKind = {
  kind: "choice",
  words: ["enable", "warn", "error"],
  aliases: { true: "enable", "1": "enable", false: "error", "0": "error" },
};

function number(unit: string, least: number, most: number): SettingKind {
  return { kind: "number", unit, least, most };
}

function unstable(feature: string, name: string, initial: "warn" | "error", recordPlace: number): ConfigKey {
  return {
    name: `unstable_${name}`,
    field: undefined,
    value: featureWords,
    default: initial,
    recordPlace,
    summary: `What happens when a script uses ${feature}, which may still change.`,
  };
}

export const configKeys: readonly ConfigKey[] = [
  {
    name: "cache_user_symbols",
    field: "cacheUserSymbols",
    value: {
      kind: "choice",
      words: ["PER_PID", "PER_PROGRAM", "NONE"],
      aliases: { "0": "NONE", false: "NONE", "1": "PER_PID", true: "PER_PID" },
    },
    default: undefined,
    recordPlace: undefined,
    summary: "How long symbols of user programs are kept: per process, per executable, or not at all.",
  },
  {
    name: "cpp_demangle",
    field: "cppDemangle",
    value: boolean,
    default: true,
    formerly: ["no_cpp_demangle"],
    recordPlace: 0,
    summary: "Print C++ symbols of user programs demangled.",
  },
  {
    name: "lazy_symbolication",
    field: "lazySymbolication",
    value: boolean,
    default: true,
    recordPlace: 1,
    summary: "Resolve user symbols when they are printed rather than when the probe attaches.",
  },
  {
    name: "license",
    field: "license",
    value: {
      kind: "choice",
      words: ["GPL", "GPL v2", "GPL and additional rights", "Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL"],
      caseMatters: true,
    },
    default: "GPL",
    recordPlace: 20,
    summary: "The licence the programs are loaded under; the kernel reserves most helpers for GPL.",
  },
  {
    name: "log_size",
    field: "logSize",
    value: number("bytes", 0, 2 ** 31 - 1),
    default: 1_000_000,
    recordPlace: 5,
    summary: "Size of the verifier's log.",
  },
  {
    name: "max_bpf_progs",
    field: "maxPrograms",
    value: number("programs", 1, 2 ** 31 - 1),
    default: 1024,
    recordPlace: 6,
    summary: "Most programs one script may become.",
  },
  {
    name: "max_cat_bytes",
    field: "maxCatBytes",
    value: number("bytes", 0, 2 ** 31 - 1),
    default: 10240,
    formerly: ["cat_bytes_max"],
    recordPlace: 7,
    summary: "Most bytes one `cat()` prints.",
  },
  {
    name: "max_map_keys",
    field: "maxMapKeys",
    value: number("keys", 1, 2 ** 31 - 1),
    default: 4096,
    formerly: ["map_keys_max"],
    recordPlace: 8,
    summary: "Capacity of maps that are not declared.",
  },
  {
    name: "max_probes",
    field: "maxProbes",
    value: number("probes", 1, 2 ** 31 - 1),
    default: 1024,
    recordPlace: 9,
    summary: "Most places one script may attach to.",
  },
  {
    name: "max_strlen",
    field: "maxStringLength",
    value: number("bytes", 1, 2 ** 16),
    default: 1024,
    formerly: ["strlen"],
    recordPlace: 10,
    summary: "Size of strings read with `str()` and of buffers, with the terminating NUL.",
  },
  {
    name: "missing_probes",
    field: "missingProbes",
    value: { kind: "choice", words: ["error", "warn", "ignore"] },
    default: "error",
    recordPlace: 18,
    summary: "What happens when a probe's target does not exist or cannot be attached to.",
  },
  {
    name: "on_stack_limit",
    field: "onStackLimit",
    // More than the 512 bytes there are keeps everything on the stack.
    value: number("bytes", 0, 65_536),
    default: undefined,
    recordPlace: 11,
    summary: "Objects larger than this live in scratch memory; unset, the stack plan decides.",
  },
  {
    name: "perf_rb_pages",
    field: "ringBufferPages",
    // The kernel makes none of 4 GiB.
    value: number("pages", 0, 2 ** 19),
    default: 0,
    recordPlace: 12,
    summary: "Size of the ring buffer in pages; 0 chooses by the memory there is.",
  },
  {
    name: "print_maps_on_exit",
    field: "printMapsOnExit",
    value: boolean,
    default: true,
    recordPlace: 2,
    summary: "Print all maps at the end.",
  },
  {
    name: "show_debug_info",
    field: "showDebugInfo",
    value: boolean,
    default: true,
    recordPlace: 4,
    summary: "Add source lines and inlined functions to stacks where debug information has them.",
  },
  {
    name: "stack_mode",
    field: "stackMode",
    value: { kind: "choice", words: ["bpftrace", "perf", "raw", "build_id"], caseMatters: true },
    default: "bpftrace",
    recordPlace: 19,
    summary: "Format of stacks where none is asked for.",
  },
  {
    name: "str_trunc_trailer",
    field: "stringTruncationTrailer",
    value: { kind: "string" },
    default: "..",
    recordPlace: 13,
    summary: "What follows a printed string that was cut off.",
  },
  {
    name: "use_blazesym",
    field: undefined,
    value: boolean,
    default: true,
    recordPlace: 3,
    summary: "Accepted for scripts that set it; there is one symboliser here.",
  },
  unstable("an `import` inside a block", "import_statement", "error", 14),
  unstable("`tseries()`", "tseries", "warn", 15),
  unstable("`typeinfo`", "typeinfo", "error", 16),
  unstable("`dw_ustack()`", "dw_ustack", "warn", 17),
];

/** Settings whose feature has become stable, or that no longer do anything: accepted with a warning. */
export const retiredKeys: ReadonlySet<string> = new Set([
  "unstable_map_decl",
  "unstable_macro",
  "unstable_import",
  "unstable_addr",
  "symbol_source",
  "max_type_res_iterations",
]);

/** Read from the environment only. */
export const environmentOnlyKeys: ReadonlySet<string> = new Set([
  "btf",
  "kernel_source",
  "kernel_build",
  "vmlinux",
  "color",
  "aslr",
]);

const byName: ReadonlyMap<string, ConfigKey> = new Map(configKeys.map((key) => [key.name, key]));

const byFormerName: ReadonlyMap<string, ConfigKey> = new Map(
  configKeys.flatMap((key) => (key.formerly ?? []).map((former) => [former, key] as const)),
);

export function findConfigKey(name: string): ConfigKey | undefined {
  return byName.get(name);
}

export function findFormerConfigKey(name: string): ConfigKey | undefined {
  return byFormerName.get(name);
}
