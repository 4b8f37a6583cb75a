/** One BTF type, decoded. Ids that lead nowhere decode as void, so that corrupt references cannot do harm. */

import { type Btf, btfKinds, ownerOf, startOf, stringAt } from "./reader.ts";

export interface BtfMember {
  /** Empty for an anonymous struct or union. */
  readonly name: string;
  readonly type: number;
  readonly bitOffset: number;
  /** 0 when it is no bit-field. */
  readonly bitWidth: number;
}

export interface BtfParameter {
  readonly name: string;
  readonly type: number;
}

export interface BtfEnumerator {
  readonly name: string;
  readonly value: bigint;
}

export type BtfModifier = "typedef" | "volatile" | "const" | "restrict" | "type-tag";

export type BtfType =
  | { readonly kind: "void" }
  | {
      readonly kind: "integer";
      readonly name: string;
      readonly size: number;
      readonly bits: number;
      readonly bitOffset: number;
      readonly signed: boolean;
      readonly boolean: boolean;
    }
  | { readonly kind: "pointer"; readonly type: number }
  | { readonly kind: "array"; readonly type: number; readonly indexType: number; readonly count: number }
  | {
      readonly kind: "struct" | "union";
      readonly name: string;
      readonly size: number;
      readonly members: readonly BtfMember[];
    }
  | {
      readonly kind: "enum" | "enum64";
      readonly name: string;
      readonly size: number;
      readonly signed: boolean;
      readonly enumerators: readonly BtfEnumerator[];
    }
  | { readonly kind: "forward"; readonly name: string; readonly union: boolean }
  | {
      [Kind in BtfModifier]: { readonly kind: Kind; readonly name: string; readonly type: number };
    }[BtfModifier]
  /** `linkage`: 0 static, 1 global, 2 external. */
  | { readonly kind: "function"; readonly name: string; readonly type: number; readonly linkage: number }
  /** A last parameter of type 0 without a name stands for `...`. */
  | {
      readonly kind: "function-prototype";
      readonly returns: number;
      readonly parameters: readonly BtfParameter[];
    }
  | { readonly kind: "variable"; readonly name: string; readonly type: number; readonly linkage: number }
  | {
      readonly kind: "data-section";
      readonly name: string;
      readonly size: number;
      readonly variables: readonly {
        readonly type: number;
        readonly offset: number;
        readonly size: number;
      }[];
    }
  | { readonly kind: "float"; readonly name: string; readonly size: number }
  /** `component` is the member or parameter meant, -1 for the type itself. */
  | {
      readonly kind: "declaration-tag";
      readonly name: string;
      readonly type: number;
      readonly component: number;
    };

export const btfVoid: BtfType = { kind: "void" };

/** Decodes type `id` of `btf` or of its base. */
export function typeAt(btf: Btf, id: number): BtfType {
  const owner = ownerOf(btf, id);
  const start = startOf(owner, id);
  return start === undefined ? btfVoid : decode(owner, start);
}

const INTEGER_SIGNED = 1;
const INTEGER_BOOLEAN = 4;

/** Members and their like are decoded each time they are read: most types are looked at for their kind and name only. */
function decode(btf: Btf, start: number): BtfType {
  const { words } = btf;
  const info = words[start + 1] ?? 0;
  const third = words[start + 2] ?? 0;
  const kind = btfKinds[(info >>> 24) & 0x1f] ?? "void";
  const flag = info >>> 31 === 1;
  const parts = info & 0xffff;
  const name = stringAt(btf, words[start] ?? 0);
  switch (kind) {
    case "void":
      return btfVoid;
    case "integer":
      return decodeInteger(name, third, words[start + 3] ?? 0);
    case "pointer":
      return { kind, type: third };
    case "array":
      return decodeArray(btf, start);
    case "struct":
    case "union":
      return {
        kind,
        name,
        size: third,
        get members() {
          return decodeMembers(btf, start + 3, parts, flag);
        },
      };
    case "enum":
    case "enum64":
      return {
        kind,
        name,
        size: third,
        signed: flag,
        get enumerators() {
          return decodeEnumerators(btf, start, kind);
        },
      };
    case "forward":
      return { kind, name, union: flag };
    case "function-prototype":
      return {
        kind,
        returns: third,
        get parameters() {
          return decodeParameters(btf, start + 3, parts);
        },
      };
    case "data-section":
      return { kind, name, size: third, variables: decodeVariables(btf, start + 3, parts) };
    case "float":
      return { kind, name, size: third };
    default:
      return decodeReference(btf, start, kind, name);
  }
}

/** Kinds that are a name and the type they are about. */
function decodeReference(
  { words }: Btf,
  start: number,
  kind: BtfModifier | "function" | "variable" | "declaration-tag",
  name: string,
): BtfType {
  const third = words[start + 2] ?? 0;
  switch (kind) {
    case "typedef":
    case "volatile":
    case "const":
    case "restrict":
    case "type-tag":
      return { kind, name, type: third };
    case "function":
      return { kind, name, type: third, linkage: (words[start + 1] ?? 0) & 0xffff };
    case "variable":
      return { kind, name, type: third, linkage: words[start + 3] ?? 0 };
    case "declaration-tag":
      return { kind, name, type: third, component: (words[start + 3] ?? 0) | 0 };
  }
}

function decodeArray({ words }: Btf, start: number): BtfType {
  const [type = 0, indexType = 0, count = 0] = words.subarray(start + 3, start + 6);
  return { kind: "array", type, indexType, count };
}

function decodeInteger(name: string, size: number, encoded: number): BtfType {
  const encoding = (encoded >>> 24) & 0xf;
  return {
    kind: "integer",
    name,
    size,
    bits: encoded & 0xff,
    bitOffset: (encoded >>> 16) & 0xff,
    signed: (encoding & INTEGER_SIGNED) !== 0,
    boolean: (encoding & INTEGER_BOOLEAN) !== 0,
  };
}

function decodeMembers(btf: Btf, start: number, count: number, withWidths: boolean): readonly BtfMember[] {
  return Array.from({ length: count }, (_, i) => {
    const at = start + 3 * i;
    const offset = btf.words[at + 2] ?? 0;
    return {
      name: stringAt(btf, btf.words[at] ?? 0),
      type: btf.words[at + 1] ?? 0,
      bitOffset: withWidths ? offset & 0xffffff : offset,
      bitWidth: withWidths ? offset >>> 24 : 0,
    };
  });
}

function decodeEnumerators(btf: Btf, start: number, kind: "enum" | "enum64"): readonly BtfEnumerator[] {
  const info = btf.words[start + 1] ?? 0;
  const signed = info >>> 31 === 1;
  const stride = kind === "enum" ? 2 : 3;
  return Array.from({ length: info & 0xffff }, (_, i) => {
    const at = start + 3 + stride * i;
    const low = BigInt(btf.words[at + 1] ?? 0);
    const raw = kind === "enum" ? low : low | (BigInt(btf.words[at + 2] ?? 0) << 32n);
    const value = signed ? BigInt.asIntN(kind === "enum" ? 32 : 64, raw) : raw;
    return { name: stringAt(btf, btf.words[at] ?? 0), value };
  });
}

function decodeParameters(btf: Btf, start: number, count: number): readonly BtfParameter[] {
  return Array.from({ length: count }, (_, i) => ({
    name: stringAt(btf, btf.words[start + 2 * i] ?? 0),
    type: btf.words[start + 2 * i + 1] ?? 0,
  }));
}

function decodeVariables(
  btf: Btf,
  start: number,
  count: number,
): readonly { readonly type: number; readonly offset: number; readonly size: number }[] {
  return Array.from({ length: count }, (_, i) => ({
    type: btf.words[start + 3 * i] ?? 0,
    offset: btf.words[start + 3 * i + 1] ?? 0,
    size: btf.words[start + 3 * i + 2] ?? 0,
  }));
}
