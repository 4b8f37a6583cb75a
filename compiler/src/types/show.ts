/** The spelling of types: in diagnostics, hover and `typeinfo`. */

import type { AggregationType, PlainType, Type } from "./type.ts";

const plainNames: Readonly<Record<PlainType["kind"], string>> = {
  none: "none",
  void: "void",
  boolean: "bool",
  "kernel-symbol": "ksym_t",
  "user-symbol": "usym_t",
  username: "username_t",
  timestamp: "timestamp",
  "timestamp-mode": "timestamp_mode",
  "mac-address": "mac_address",
  "cgroup-path": "cgroup_path_t",
};

/** @returns the type as a script may write it where it can, e.g. `uint32`, `struct file *`, `(int8,string[4])` */
export function show(type: Type): string {
  switch (type.kind) {
    case "integer":
      return type.enumName ?? `${type.signed ? "" : "u"}int${type.size * 8}`;
    case "pointer":
      return `${show(type.to)} *`;
    case "array":
      return `${show(type.element)}[${type.count}]`;
    case "string":
      return type.size === 0 ? "string" : `string[${type.size}]`;
    case "buffer":
      return `buffer[${type.capacity}]`;
    case "inet":
      return "inet";
    case "struct":
      return type.name;
    case "tuple":
      return `(${type.elements.map(show).join(",")})`;
    case "record":
      return `record { ${type.fields.map((field) => `.${field.name} = ${show(field.type)}`).join(", ")} }`;
    case "stack":
      return `${type.user ? "u" : "k"}stack_${type.mode}_${type.limit}`;
    case "aggregation":
      return showAggregation(type);
    default:
      return plainNames[type.kind];
  }
}

function showAggregation({ function: name, signed }: AggregationType): string {
  const unsignedForm = !signed && name !== "count" && !isHistogram(name);
  return `${unsignedForm ? "u" : ""}${name}_t`;
}

function isHistogram(name: AggregationType["function"]): boolean {
  return name === "hist" || name === "lhist" || name === "tseries";
}

/** The kind alone, as `typeinfo(x).base_type` gives it. */
export function showKind(type: Type): string {
  switch (type.kind) {
    case "integer":
      return "int";
    case "boolean":
      return "bool";
    case "struct":
      return "c_struct";
    case "stack":
      return type.user ? "ustack" : "kstack";
    case "pointer":
    case "array":
    case "string":
    case "buffer":
    case "inet":
    case "tuple":
    case "record":
      return type.kind;
    case "aggregation":
      return showAggregation(type);
    default:
      return plainNames[type.kind];
  }
}

/** What a reader calls a value of this type in a sentence: "an integer", "a string". */
export function describe(type: Type): string {
  switch (type.kind) {
    case "integer":
      return type.enumName ?? "an integer";
    case "boolean":
      return "a boolean";
    case "none":
    case "void":
      return "something without a value";
    case "array":
      return type.element.kind === "integer" && type.element.signed ? `an ${show(type)}` : `a ${show(type)}`;
    case "inet":
      return "an inet";
    case "kernel-symbol":
    case "user-symbol":
      return `a symbol (${show(type)})`;
    case "aggregation":
      return `an aggregation (${show(type)})`;
    default:
      return `a ${type.kind === "struct" ? show(type) : `${type.kind.replaceAll("-", " ")} (${show(type)})`}`;
  }
}
