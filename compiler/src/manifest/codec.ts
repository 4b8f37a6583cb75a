/**
 * Codecs between plain data and JSON, built so that the compiler sees when a field is missing: the codec of an interface
 * lists all its fields, that of a union all its kinds.
 */

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export interface Codec<T> {
  readonly encode: (value: T) => Json;
  /** @throws CodecError when the JSON is not of a `T` */
  readonly decode: (json: Json) => T;
}

/** What is wrong, and the path to it, innermost last. */
export class CodecError extends Error {
  readonly path: readonly string[];
  readonly problem: string;

  constructor(problem: string, path: readonly string[] = []) {
    super(path.length === 0 ? problem : `${path.join(".")}: ${problem}`);
    this.path = path;
    this.problem = problem;
  }
}

function below<T>(step: string, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (error instanceof CodecError) throw new CodecError(error.problem, [step, ...error.path]);
    throw error;
  }
}

export const text: Codec<string> = {
  encode: (value) => value,
  decode: (json) => {
    if (typeof json !== "string") throw new CodecError("is no text");
    return json;
  },
};

export const number: Codec<number> = {
  encode: (value) => value,
  decode: (json) => {
    if (typeof json !== "number") throw new CodecError("is no number");
    return json;
  },
};

export const flag: Codec<boolean> = {
  encode: (value) => value,
  decode: (json) => {
    if (typeof json !== "boolean") throw new CodecError("is neither true nor false");
    return json;
  },
};

/** A mark that is there or not. */
export const mark: Codec<true> = {
  encode: () => true,
  decode: (json) => {
    if (json !== true) throw new CodecError("is no mark");
    return true;
  },
};

/** As decimal digits: JSON's numbers are not exact. */
export const bigint: Codec<bigint> = {
  encode: (value) => value.toString(),
  decode: (json) => {
    if (typeof json !== "string" || !/^-?\d+$/.test(json)) throw new CodecError("is no integer in digits");
    return BigInt(json);
  },
};

/** One of a list of words or numbers; `known` must name them all. */
export function oneOf<T extends string | number>(known: Readonly<Record<T, true>>): Codec<T> {
  return {
    encode: (value) => value,
    decode: (json) => {
      const isWord = (typeof json === "string" || typeof json === "number") && String(json) in known;
      if (!isWord) throw new CodecError(`is none of ${Object.keys(known).join(", ")}`);
      // A key of `known`, so one of T.
      return json as T;
    },
  };
}

export function list<T>(element: Codec<T>): Codec<readonly T[]> {
  return {
    encode: (values) => values.map((value) => element.encode(value)),
    decode: (json) => {
      if (!isList(json)) throw new CodecError("is no list");
      return json.map((value, i) => below(String(i), () => element.decode(value)));
    },
  };
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}

function isObject(json: Json): json is JsonObject {
  return typeof json === "object" && json !== null && !isList(json);
}

/** A field that may be undefined or absent. */
export interface Maybe<T> extends Codec<T | undefined> {
  readonly maybe: true;
}

export function maybe<T>(codec: Codec<T>): Maybe<T> {
  return {
    maybe: true,
    encode: (value) => (value === undefined ? null : codec.encode(value)),
    decode: (json) => (json === null ? undefined : codec.decode(json)),
  };
}

/** A codec for each field: one that takes undefined exactly where the field does. */
type Fields<T> = {
  readonly [K in keyof T]-?: undefined extends T[K] ? Maybe<Exclude<T[K], undefined>> : Codec<T[K]>;
};

export function object<T extends object>(fields: Fields<T>): Codec<T> {
  // Object.entries loses the link between a key and its codec's type; `Fields` has checked it.
  const entries = Object.entries(fields) as [keyof T & string, Codec<unknown> & { maybe?: true }][];
  return {
    encode: (value) => {
      const result: Record<string, Json> = {};
      for (const [key, codec] of entries) {
        if (value[key] !== undefined) result[key] = codec.encode(value[key]);
      }
      return result;
    },
    decode: (json) => {
      if (!isObject(json)) throw new CodecError("is no object");
      const result: Partial<Record<string, unknown>> = {};
      for (const [key, codec] of entries) {
        const found = json[key];
        if (found !== undefined) result[key] = below(key, () => codec.decode(found));
        else if (codec.maybe !== true) throw new CodecError(`lacks ${key}`);
      }
      // Every field of T was read, or may be absent.
      return result as T;
    },
  };
}

/** The member of a union that may have this kind. */
type OfKind<T extends { readonly kind: string }, K> = T extends unknown
  ? K extends T["kind"]
    ? T
    : never
  : never;

export function union<T extends { readonly kind: string }>(
  members: {
    readonly [K in T["kind"]]: Codec<Omit<OfKind<T, K>, "kind">>;
  },
): Codec<T> {
  const find = (kind: string): Codec<object> => {
    if (!Object.hasOwn(members, kind)) throw new CodecError(`is of the unknown kind ${kind}`);
    // A key of `members`; which member's codec it is only the value tells.
    return members[kind as T["kind"]] as unknown as Codec<object>;
  };
  return {
    encode: (value) => ({ kind: value.kind, ...(find(value.kind).encode(value) as JsonObject) }),
    decode: (json) => {
      if (!isObject(json) || typeof json["kind"] !== "string") throw new CodecError("has no kind");
      const { kind } = json;
      // The member's own fields with the kind that chose it are the member.
      return { kind, ...find(kind).decode(json) } as unknown as T;
    },
  };
}

/** For types that contain themselves. */
export function lazy<T>(make: () => Codec<T>): Codec<T> {
  return { encode: (value) => make().encode(value), decode: (json) => make().decode(json) };
}

/** A member of a union that has nothing beside its kind. */
export const nothing: Codec<object> = { encode: () => ({}), decode: () => ({}) };
