/** Shapes of the JSON in profiles, checked: a profile is a file that anybody may have made. */

import { type KernelFeature, kernelFeatures } from "../facts.ts";
import type { ProfileBinary, ProfileMeta } from "./content.ts";

/** An object read by its keys. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The strings of an array; empty when it is none. */
export function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function isPositive(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0;
}

/** Undefined when it lacks a name or release; the rest has defaults that say "not known". */
export function parseMeta(value: unknown): ProfileMeta | undefined {
  if (!isObject(value) || typeof value["name"] !== "string" || typeof value["release"] !== "string") {
    return undefined;
  }
  const { functions } = value;
  return {
    name: value["name"],
    release: value["release"],
    architecture: value["architecture"] === "arm64" ? "arm64" : "x86_64",
    cpuCount: isPositive(value["cpuCount"]) ? value["cpuCount"] : 1,
    features: parseFeatures(value["features"]),
    modules: strings(value["modules"]),
    gaps: strings(value["gaps"]),
    ...(functions === "exact" || functions === "guessed" ? { functions } : {}),
  };
}

function parseFeatures(value: unknown): Readonly<Partial<Record<KernelFeature, boolean>>> {
  const features: Partial<Record<KernelFeature, boolean>> = {};
  if (!isObject(value)) return features;
  for (const feature of kernelFeatures) {
    const known = value[feature];
    if (typeof known === "boolean") features[feature] = known;
  }
  return features;
}

export function parsePrograms(
  value: unknown,
): readonly { readonly id: number; readonly name: string }[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value
    .filter(isObject)
    .flatMap(({ id, name }) => (typeof id === "number" && typeof name === "string" ? [{ id, name }] : []));
}

export function parseBinaries(value: unknown): readonly ProfileBinary[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.filter(isObject).flatMap(({ path, functions, usdt }) => {
    if (typeof path !== "string" || !Array.isArray(functions)) return [];
    return [{ path, functions: functions.flatMap(parseSymbol), usdt: strings(usdt) }];
  });
}

function parseSymbol(value: unknown): readonly (readonly [string, number, number])[] {
  if (!Array.isArray(value)) return [];
  const items: readonly unknown[] = value;
  const [name, address, size] = items;
  const valid = typeof name === "string" && Number.isSafeInteger(address) && Number.isSafeInteger(size);
  return valid && typeof address === "number" && typeof size === "number" ? [[name, address, size]] : [];
}
