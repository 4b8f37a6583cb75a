/** The shape of one builtin: typing, code generation, completion, hover, signature help and the docs all read its row. */

import type { CallDetail, CoreExpression } from "../core/core.ts";
import type { KernelFeature } from "../kernel/facts.ts";
import type { Capability } from "../probes/capability.ts";
import type { AddressSpace, Type } from "../types/type.ts";
import type { Accepts } from "./accepts.ts";
import type { CallSite } from "./call-site.ts";

/** How an argument is written, and what becomes of it. */
export type ParameterForm =
  | "value"
  /** A constant after folding. */
  | "literal"
  /** A literal printf format; the arguments after it belong to it. */
  | "format"
  /** A map as a whole: `@m` without brackets. */
  | "map"
  /** One element of a map, `@m[key]`, named rather than read. */
  | "element"
  /** A key of the map that is the first argument. */
  | "key"
  /** Any value, or one element of a map with an aggregation that cannot be read as a number. */
  | "value-or-element"
  /** As `value`, but positional parameters stand for their text. */
  | "text"
  /** `$v`, to be written to. */
  | "variable"
  /** One of the words that mean something only here, e.g. a stack mode. */
  | "word"
  /** `typeof(...)` or the bare name of a type. */
  | "type"
  /** The name of a field. */
  | "member";

export interface Parameter {
  readonly name: string;
  readonly form: ParameterForm;
  readonly accepts: Accepts;
  readonly optional: boolean;
  /** Stands for any number of arguments; only the last may be so. */
  readonly variadic: boolean;
  /** For `word`: the words. */
  readonly words?: readonly string[];
  /** For `map`: whether it must have keys. */
  readonly shape?: "keyed" | "scalar";
}

/** One way of calling it. */
export interface Form {
  readonly parameters: readonly Parameter[];
  /** A type, or how it follows from the call. */
  readonly returns: Type | ((call: CallSite) => Type);
  /** How the result is spelt in signatures when it follows from the call. */
  readonly returnsText?: string;
}

export type Mode = "in-kernel" | "async" | "compile-time";

export interface Builtin {
  readonly name: string;
  /** Other names it answers to, e.g. its internal `__builtin_` name. */
  readonly aliases?: readonly string[];
  readonly kind: "value" | "function" | "aggregation" | "map-operation" | "type-function";
  /** Several parameter lists; the first that fits the arguments is taken. */
  readonly forms: readonly Form[];
  /** May also be used without parentheses. */
  readonly bare?: boolean;
  readonly mode: Mode;
  /** What the probe must have. */
  readonly needs: readonly Capability[];
  /** Reads the program's context, which loop bodies do not have. */
  readonly usesContext?: boolean;
  /** Whose memory the address is in that it returns as a number. */
  readonly space?: AddressSpace;
  /** Reads what its first argument points to, where that is an address. */
  readonly readsMemory?: true;
  /** Means something only inside a probe, not in `fn`. */
  readonly probeOnly?: boolean;
  readonly unsafe?: boolean;
  /** What to write instead. */
  readonly deprecated?: string;
  readonly requires?: readonly KernelFeature[];
  /** Setting that allows it, while it may still change. */
  readonly unstable?: "tseries" | "dw_ustack";
  /** Returns from the probe after the call. */
  readonly terminates?: boolean;
  /** The first bpftrace release that had it. */
  readonly since: string;
  /** One sentence, shown in the completion list. */
  readonly summary: string;
  /** Markdown, shown in hover and in the reference. */
  readonly docs: string;
  /** Whole programs. */
  readonly examples: readonly [string, ...string[]];
  /** Whether it may be used here, beyond what the fields above say; reports when not. */
  readonly available?: (call: CallSite) => boolean;
  /** What the parameter list cannot say. Called once, when types are final. */
  readonly check?: (call: CallSite) => void;
  /** What the generated call must know beside its arguments; undefined when it cannot be known here, and nothing be generated. */
  readonly detail?: (call: CallSite) => CallDetail | undefined;
  /** For names that are sugar: the expression they stand for. Such rows need no lowering. */
  readonly expand?: (call: CallSite) => CoreExpression;
}

/** A parameter that takes any expression of the accepted types. */
export function value(name: string, accepts: Accepts): Parameter {
  return { name, form: "value", accepts, optional: false, variadic: false };
}

export function literal(name: string, accepts: Accepts): Parameter {
  return { name, form: "literal", accepts, optional: false, variadic: false };
}

export function special(name: string, form: ParameterForm, accepts: Accepts): Parameter {
  return { name, form, accepts, optional: false, variadic: false };
}

export function word(name: string, accepts: Accepts, words: readonly string[]): Parameter {
  return { name, form: "word", accepts, optional: false, variadic: false, words };
}

export function optional(parameter: Parameter): Parameter {
  return { ...parameter, optional: true };
}

export function variadic(parameter: Parameter): Parameter {
  return { ...parameter, optional: true, variadic: true };
}

/** Fewest and most arguments of a form; `most` is infinite with a variadic parameter. */
export function arity({ parameters }: Form): { readonly least: number; readonly most: number } {
  return {
    least: parameters.filter((parameter) => !parameter.optional).length,
    most: parameters.some((parameter) => parameter.variadic) ? Infinity : parameters.length,
  };
}
