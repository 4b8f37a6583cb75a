/** The configuration of one program: defaults, then its config block, then the environment, which wins. */

import { fromUtf8 } from "../../base/utf8.ts";
import { nearest } from "../../base/nearest.ts";
import type { CoreConfig } from "../../core/core.ts";
import {
  environmentOnlyKey,
  invalidConfigValue,
  invalidEnvironmentValue,
  renamedConfigKey,
  retiredConfigKey,
  unknownConfigKey,
} from "../../diagnostics/catalog/config.ts";
import type { Diagnostic, Fix, Place } from "../../diagnostics/diagnostic.ts";
import type { ConfigBlock, ConfigSetting, Item } from "../../syntax/ast.ts";
import { readNumber } from "../../syntax/numbers.ts";
import {
  configKeys,
  environmentOnlyKeys,
  findConfigKey,
  findFormerConfigKey,
  retiredKeys,
  type ConfigKey,
  type SettingKind,
  type SettingValue,
} from "./config-keys.ts";

export type FeaturePolicy = "enable" | "warn" | "error";

/** What to do about each feature that may still change. */
export interface UnstableSettings {
  readonly importStatement: FeaturePolicy;
  readonly tseries: FeaturePolicy;
  readonly typeinfo: FeaturePolicy;
  readonly dwUstack: FeaturePolicy;
}

export interface ResolvedConfig {
  readonly config: CoreConfig;
  readonly unstable: UnstableSettings;
  /** By key name, in the order of the record that the `config` builtin gives: what it holds. */
  readonly values: ReadonlyMap<string, SettingValue | undefined>;
  readonly diagnostics: readonly Diagnostic[];
}

const PREFIX = "bpftrace_";

/**
 * @param environment variables named `BPFTRACE_<KEY>`
 */
export function resolveConfig(
  items: readonly Item[],
  environment: Readonly<Record<string, string>>,
): ResolvedConfig {
  const values = new Map<string, SettingValue | undefined>(configKeys.map((key) => [key.name, key.default]));
  const diagnostics: Diagnostic[] = [];
  for (const item of items) {
    if (item.kind === "config") diagnostics.push(...readBlock(item, values));
  }
  const [first] = items;
  const place = first === undefined ? undefined : { item: first, span: { start: 0, end: 0 } };
  diagnostics.push(...readEnvironment(environment, values, place));
  return {
    config: coreConfig(values),
    unstable: unstableSettings(values),
    values: recordOf(values),
    diagnostics,
  };
}

function recordOf(values: ReadonlyMap<string, SettingValue | undefined>): ResolvedConfig["values"] {
  const held = configKeys
    .flatMap(({ name, recordPlace: place }) => (place === undefined ? [] : [{ name, place }]))
    .sort((left, right) => left.place - right.place);
  return new Map(held.map(({ name }) => [name, values.get(name)]));
}

function readBlock(block: ConfigBlock, values: Map<string, SettingValue | undefined>): readonly Diagnostic[] {
  return block.settings.flatMap((setting) => readSetting(block, setting, values));
}

function readSetting(
  block: ConfigBlock,
  setting: ConfigSetting,
  values: Map<string, SettingValue | undefined>,
): readonly Diagnostic[] {
  const place: Place = { item: block, span: setting.span };
  const name = setting.key.text.toLowerCase();
  // That a name is missing has been said.
  if (name === "") return [];
  const plain = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
  if (retiredKeys.has(plain)) return [retiredConfigKey(place, { name: plain })];
  if (environmentOnlyKeys.has(plain)) return [environmentOnlyKey(place, { name: plain })];
  const key = findConfigKey(plain) ?? findFormerConfigKey(plain);
  if (key === undefined) {
    const suggestion = nearest(
      plain,
      configKeys.map((row) => row.name),
    );
    const fix =
      suggestion === undefined ? [] : [renaming(place, setting, `Change to ${suggestion}`, suggestion)];
    return [unknownConfigKey(place, { name: setting.key.text, nearest: suggestion }, { fixes: fix })];
  }
  const diagnostics: Diagnostic[] = [];
  if (key.name !== plain) diagnostics.push(renamed(place, setting, plain, key));
  if (setting.value.kind === "missing") return diagnostics;
  const value = readValue(key.value, settingText(setting));
  if (value === undefined) {
    diagnostics.push(invalidConfigValue(place, { name: key.name, expected: describeKind(key.value) }));
  } else {
    // The former name said the opposite.
    values.set(key.name, plain === "no_cpp_demangle" ? value === false : value);
  }
  return diagnostics;
}

function renamed(place: Place, setting: ConfigSetting, former: string, key: ConfigKey): Diagnostic {
  const inverted = former === "no_cpp_demangle";
  const fix = { ...renaming(place, setting, `Write ${key.name}`, key.name), automatic: true };
  return renamedConfigKey(place, { former, name: key.name, inverted }, { fixes: inverted ? [] : [fix] });
}

function renaming(place: Place, { key }: ConfigSetting, title: string, text: string): Fix {
  return { title, edits: [{ place: { ...place, span: key.span }, text }], automatic: false };
}

function settingText({ value }: ConfigSetting): string {
  switch (value.kind) {
    case "integer":
    case "boolean":
      return value.value.toString();
    case "string":
      return fromUtf8(value.value);
    case "identifier":
      return value.name;
    case "missing":
      return "";
  }
}

const yes = new Set(["true", "on", "yes", "1"]);
const no = new Set(["false", "off", "no", "0"]);

/** @returns undefined when the text is no value of the kind */
function readValue(kind: SettingKind, text: string): SettingValue | undefined {
  switch (kind.kind) {
    case "string":
      return text;
    case "boolean": {
      const lower = text.toLowerCase();
      if (yes.has(lower)) return true;
      if (no.has(lower)) return false;
      return /^\d+$/.test(text) ? true : undefined;
    }
    case "number": {
      const value = readNumber(text.trim());
      return value !== undefined && value >= kind.least && value <= kind.most ? Number(value) : undefined;
    }
    case "choice": {
      if (kind.caseMatters === true) return kind.words.find((word) => word === text);
      const lower = text.toLowerCase();
      const alias = kind.aliases?.[lower];
      return alias ?? kind.words.find((word) => word.toLowerCase() === lower);
    }
  }
}

function describeKind(kind: SettingKind): string {
  switch (kind.kind) {
    case "string":
      return "a string";
    case "boolean":
      return "true or false";
    case "number":
      return `a number of ${kind.unit} from ${kind.least} to ${kind.most}`;
    case "choice":
      return `one of ${kind.words.join(", ")}`;
  }
}

function readEnvironment(
  environment: Readonly<Record<string, string>>,
  values: Map<string, SettingValue | undefined>,
  place: Place | undefined,
): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const key of configKeys) {
    const variable = `${PREFIX}${key.name}`.toUpperCase();
    const text = environment[variable];
    if (text === undefined) continue;
    const value = readValue(key.value, text);
    if (value !== undefined) values.set(key.name, value);
    else if (place !== undefined) {
      diagnostics.push(invalidEnvironmentValue(place, { variable, text, expected: describeKind(key.value) }));
    }
  }
  return diagnostics;
}

function unstableSettings(values: ReadonlyMap<string, SettingValue | undefined>): UnstableSettings {
  const policy = (name: string): FeaturePolicy => values.get(`unstable_${name}`) as FeaturePolicy; // the rows' words
  return {
    importStatement: policy("import_statement"),
    tseries: policy("tseries"),
    typeinfo: policy("typeinfo"),
    dwUstack: policy("dw_ustack"),
  };
}

function coreConfig(values: ReadonlyMap<string, SettingValue | undefined>): CoreConfig {
  const fields: Record<string, SettingValue | undefined> = {};
  for (const key of configKeys) {
    if (key.field !== undefined) fields[key.field] = values.get(key.name);
  }
  const cache = fields["cacheUserSymbols"];
  const words: Readonly<Record<string, string>> = {
    PER_PID: "per-pid",
    PER_PROGRAM: "per-program",
    NONE: "none",
  };
  fields["cacheUserSymbols"] = typeof cache === "string" ? words[cache] : undefined;
  return fields as unknown as CoreConfig; // the rows name every field with a default of its type
}
