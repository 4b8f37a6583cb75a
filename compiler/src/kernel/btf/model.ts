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

function decode(btf: Btf, start: number): BtfType {
  const word = (i: number): number => btf.words[start + i] ?? 0;
  const info = word(1);
  const kind = btfKinds[(info >>> 24) & 0x1f] ?? "void";
  const flag = info >>> 31 === 1;
  const parts = info & 0xffff;
  const name = stringAt(btf, word(0));
  switch (kind) {
    case "void":
      return btfVoid;
    case "integer":
      return decodeInteger(name, word(2), word(3));
    case "pointer":
      return { kind, type: word(2) };
    case "array":
      return { kind, type: word(3), indexType: word(4), count: word(5) };
    case "struct":
    case "union":
      return { kind, name, size: word(2), members: decodeMembers(btf, start + 3, parts, flag) };
    case "enum":
    case "enum64":
      return decodeEnum(btf, start, kind);
    case "forward":
      return { kind, name, union: flag };
    case "typedef":
    case "volatile":
    case "const":
    case "restrict":
    case "type-tag":
      return { kind, name, type: word(2) };
    case "function":
      return { kind, name, type: word(2), linkage: parts };
    case "function-prototype":
      return { kind, returns: word(2), parameters: decodeParameters(btf, start + 3, parts) };
    case "variable":
      return { kind, name, type: word(2), linkage: word(3) };
    case "data-section":
      return { kind, name, size: word(2), variables: decodeVariables(btf, start + 3, parts) };
    case "float":
      return { kind, name, size: word(2) };
    case "declaration-tag":
      return { kind, name, type: word(2), component: word(3) | 0 };
  }
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

function decodeEnum(btf: Btf, start: number, kind: "enum" | "enum64"): BtfType {
  const info = btf.words[start + 1] ?? 0;
  const signed = info >>> 31 === 1;
  const stride = kind === "enum" ? 2 : 3;
  const enumerators = Array.from({ length: info & 0xffff }, (_, i) => {
    const at = start + 3 + stride * i;
    const low = BigInt(btf.words[at + 1] ?? 0);
    const raw = kind === "enum" ? low : low | (BigInt(btf.words[at + 2] ?? 0) << 32n);
    const value = signed ? BigInt.asIntN(kind === "enum" ? 32 : 64, raw) : raw;
    return { name: stringAt(btf, btf.words[at] ?? 0), value };
  });
  return {
    kind,
    name: stringAt(btf, btf.words[start] ?? 0),
    size: btf.words[start + 2] ?? 0,
    signed,
    enumerators,
  };
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
