/** What the verifier knows of a register, in words. */

import { kindOfPointer } from "../diagnostics/catalog/verifier.ts";

/** @param state as the log spells it: `scalar(umax=255)`, `map_value_or_null(id=1,map=x,ks=4,vs=8)`, `5` */
export function registerInWords(state: string): string {
  // Newer kernels spell large numbers in base 16.
  if (/^P?-?(?:0x[\da-f]+|\d+)$/.test(state)) return `is the number ${decimal(state.replace("P", ""))}`;
  const kind = /^P?([a-z_A-Z]\w*)/.exec(state)?.[1] ?? state;
  const facts = factsOf(state);
  if (/^(?:scalar|inv)/.test(kind)) return numberInWords(state, facts);
  return pointerInWords(kind, facts);
}

function pointerInWords(kind: string, facts: ReadonlyMap<string, string>): string {
  const name = facts.get("map");
  const map = name === undefined ? undefined : mapInWords(name);
  const moved = movedBy(facts);
  if (kind.startsWith("map_value_or_null")) {
    return `is what a look-up found${map === undefined ? "" : ` of ${map}`}: a value, or null when there is none`;
  }
  if (kind === "map_ptr" && map !== undefined) return `is ${map}`;
  if (kind.startsWith("map_value")) return `points into ${valueInWords(map)}${moved}`;
  const struct = /^(?:trusted_|rcu_|untrusted_)?ptr_(\w+)/.exec(kind)?.[1];
  if (struct !== undefined) return `points to a kernel object of type '${struct}'${moved}`;
  if (kind.startsWith("fp")) return "points to the stack";
  return `is ${kindOfPointer(kind)}${moved}`;
}

function valueInWords(map: string | undefined): string {
  if (map === undefined) return "a value";
  return map.startsWith("the program's") ? map : `a value of ${map}`;
}

/** libbpf names the maps of sections after the object and the section. */
function mapInWords(name: string): string {
  if (name.endsWith(".rodata")) return "the program's constants";
  if (/\.(?:data|bss)\b/.test(name)) return "the program's own data";
  return `the map '${name.replace(/^AT_/, "@")}'`;
}

/** How far from its start a pointer leads, as far as the verifier knows. */
function movedBy(facts: ReadonlyMap<string, string>): string {
  const offset = facts.get("off") ?? "0";
  const most = facts.get("umax") ?? facts.get("umax_value") ?? "0";
  return `${offset === "0" ? "" : `, ${offset} bytes in`}${most === "0" ? "" : `, moved by up to ${most} bytes`}`;
}

function decimal(number: string): string {
  const [, sign = "", digits = ""] = /^(-?)(.*)$/.exec(number) ?? [];
  return `${sign}${BigInt(digits).toString()}`;
}

function factsOf(state: string): ReadonlyMap<string, string> {
  const inside = /\((.*)\)$/.exec(state)?.[1] ?? "";
  const facts = new Map<string, string>();
  for (const part of inside.split(/,(?![^(]*\))/)) {
    // `smin=umin=smin32=0` gives all of them.
    const names = part.split("=");
    const value = names.pop() ?? "";
    for (const name of names) facts.set(name.trim(), value);
  }
  return facts;
}

function numberInWords(state: string, facts: ReadonlyMap<string, string>): string {
  const exact = /^(?:scalar|inv)P?(-?\d+)$/.exec(state)?.[1];
  if (exact !== undefined) return `is the number ${exact}`;
  const first = (...names: readonly string[]): string | undefined =>
    names.map((name) => facts.get(name)).find((value) => value !== undefined);
  const least = first("smin", "smin_value", "umin", "umin_value");
  const most = first("umax", "umax_value", "smax", "smax_value");
  if (most !== undefined) return `is a number from ${least ?? "0"} to ${most}`;
  if (least !== undefined) return `is a number of ${least} or more`;
  return "is a number that may be anything";
}
