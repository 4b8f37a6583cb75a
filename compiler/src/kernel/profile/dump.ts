/** Types as `bpftool --json btf dump` prints them, one object a type. */

import type { BtfEnumerator, BtfMember, BtfParameter, BtfType } from "../btf/model.ts";
import { isObject, type JsonObject } from "./validate.ts";

function number(value: unknown): number {
  return typeof value === "number" ? value : 0;
}

/** Names of unnamed types and members are printed as `(anon)`. */
function nameOf({ name }: JsonObject): string {
  return typeof name === "string" && name !== "(anon)" ? name : "";
}

function list(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** @returns undefined for a kind that is not known */
export function parseDumpedType(entry: JsonObject): BtfType | undefined {
  const name = nameOf(entry);
  const size = number(entry["size"]);
  const type = number(entry["type_id"]);
  switch (entry["kind"]) {
    case "INT":
      return {
        kind: "integer",
        name,
        size,
        bits: number(entry["nr_bits"]),
        bitOffset: number(entry["bits_offset"]),
        signed: entry["encoding"] === "SIGNED",
        boolean: entry["encoding"] === "BOOL",
      };
    case "PTR":
      return { kind: "pointer", type };
    case "ARRAY":
      return {
        kind: "array",
        type,
        indexType: number(entry["index_type_id"]),
        count: number(entry["nr_elems"]),
      };
    case "STRUCT":
    case "UNION":
      return {
        kind: entry["kind"] === "STRUCT" ? "struct" : "union",
        name,
        size,
        members: list(entry["members"]).map(memberOf),
      };
    case "ENUM":
    case "ENUM64":
      return {
        kind: entry["kind"] === "ENUM" ? "enum" : "enum64",
        name,
        size,
        signed: entry["encoding"] === "SIGNED",
        enumerators: list(entry["values"]).map(enumeratorOf),
      };
    case "FLOAT":
      return { kind: "float", name, size };
    case "FWD":
      return { kind: "forward", name, union: entry["fwd_kind"] === "union" };
    default:
      return parseReference(entry, name, type);
  }
}

const linkages: readonly unknown[] = ["static", "global", "extern"];

function parseReference(entry: JsonObject, name: string, type: number): BtfType | undefined {
  const linkage = Math.max(0, linkages.indexOf(entry["linkage"]));
  switch (entry["kind"]) {
    case "TYPEDEF":
      return { kind: "typedef", name, type };
    case "CONST":
      return { kind: "const", name, type };
    case "VOLATILE":
      return { kind: "volatile", name, type };
    case "RESTRICT":
      return { kind: "restrict", name, type };
    case "TYPE_TAG":
      return { kind: "type-tag", name, type };
    case "FUNC":
      return { kind: "function", name, type, linkage };
    case "FUNC_PROTO":
      return {
        kind: "function-prototype",
        returns: number(entry["ret_type_id"]),
        parameters: list(entry["params"]).map(parameterOf),
      };
    case "VAR":
      return { kind: "variable", name, type, linkage };
    case "DATASEC":
      return {
        kind: "data-section",
        name,
        size: number(entry["size"]),
        variables: list(entry["vars"]).map((variable) => ({
          type: number(variable["type_id"]),
          offset: number(variable["offset"]),
          size: number(variable["size"]),
        })),
      };
    case "DECL_TAG":
      return { kind: "declaration-tag", name, type, component: number(entry["component_idx"]) };
    default:
      return undefined;
  }
}

function memberOf(member: JsonObject): BtfMember {
  return {
    name: nameOf(member),
    type: number(member["type_id"]),
    bitOffset: number(member["bits_offset"]),
    bitWidth: number(member["bitfield_size"]),
  };
}

function parameterOf(parameter: JsonObject): BtfParameter {
  return { name: nameOf(parameter), type: number(parameter["type_id"]) };
}

/** Values beyond what JSON holds exactly may come as text. */
function enumeratorOf(enumerator: JsonObject): BtfEnumerator {
  const { val } = enumerator;
  const exact = typeof val === "number" && Number.isInteger(val);
  const text = typeof val === "string" && /^-?\d+$/.test(val);
  return { name: nameOf(enumerator), value: exact || text ? BigInt(val) : 0n };
}
