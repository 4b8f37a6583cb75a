/** What the hooks of a builtin's row get to see of one call, and the tools they report and build with. */

import type {
  CallDetail,
  Constant,
  CoreConfig,
  CoreExpression,
  CoreMap,
  CoreStatement,
  CoreVariable,
  NamedParameter,
} from "../core/core.ts";
import type { Diagnostic, Place } from "../diagnostics/diagnostic.ts";
import type { BinaryFacts, BinarySymbol, KernelFacts, KernelFeature } from "../kernel/facts.ts";
import type { Capability } from "../probes/capability.ts";
import type { AddressSpace, StructTable, Type } from "../types/type.ts";

/** What the program around the call is: a probe, or a `fn` that any probe may call. */
export interface ProgramContext {
  /** Name of the row in the probe table; undefined in a `fn`. */
  readonly probeType: string | undefined;
  /** Value of the `probetype` builtin. */
  readonly probeTypeName: string;
  /** Value of the `probe` builtin. */
  readonly probeName: string;
  readonly capabilities: ReadonlySet<Capability>;
  /** Undefined where `args` could not be resolved or does not exist. */
  readonly argsType: Type | undefined;
  /** Why `args` is an error here; undefined where it is not, even if its type is not known. */
  readonly argsReason: string | undefined;
  readonly returnType: Type | undefined;
  /** Among the 64-bit slots of a typed program's context, the one behind the arguments. */
  readonly resultSlot: number | undefined;
  readonly contextType: Type | undefined;
  /** Number of `argN` there are. */
  readonly argumentCount: number;
  /** By number, where a static probe has those that cannot be read. */
  readonly unreadableArguments?: ReadonlyMap<number, string> | undefined;
  readonly space: AddressSpace;
  /** Path of the traced binary, in probes of user programs. */
  readonly binaryPath: string | undefined;
}

/** One argument after elaboration. */
export interface Argument {
  readonly place: Place;
  /** For a map a reference to it, for a word, type or member name a value of type none. */
  readonly expression: CoreExpression;
  /** Its value where known while compiling. */
  readonly constant: Constant | undefined;
  /** For the forms `word` and `member`. */
  readonly word: string | undefined;
  /** For the form `type`. */
  readonly type: Type | undefined;
  /** For the form `element`: the key, beside the map in `expression`. */
  readonly key: CoreExpression | undefined;
}

export interface CallSite {
  /** As written: an alias stays itself. */
  readonly name: string;
  readonly place: Place;
  /** In the order of the form's parameters; optional ones at the end may be absent. */
  readonly arguments: readonly Argument[];
  readonly context: ProgramContext;
  readonly structs: StructTable;
  readonly facts: KernelFacts;
  readonly config: CoreConfig;
  /** All settings by key name, for the record that `config` gives. */
  readonly settings: ReadonlyMap<string, number | boolean | string | undefined>;
  readonly options: CallOptions;
  /** In a loop of any kind. */
  readonly inLoop: boolean;
  /** False only when the kernel is known not to have it. */
  readonly hasFeature: (feature: KernelFeature) => boolean;
  readonly report: (diagnostic: Diagnostic) => void;
  /** Whether the probe can do it; reports when not. */
  readonly needs: (capability: Capability) => boolean;
  /** Whether the kernel can do it; reports when it is known not to. */
  readonly needsFeature: (feature: KernelFeature) => boolean;
  /** The traced binary, where the probe has one and it could be read. */
  readonly binary: BinaryFacts | undefined;
  /** A symbol of the traced binary. */
  readonly userSymbol: (name: string) => BinarySymbol | undefined;
  readonly build: Builder;
}

/** What of the run's options a builtin may ask for. */
export interface CallOptions {
  readonly unsafe: boolean;
  /** A command is started with `-c`; undefined where it is not about a run. */
  readonly command: boolean | undefined;
}

/** Makes typed nodes at the call's place, for rows that stand for other code. */
export interface Builder {
  /** Place of the called name alone, for findings about the call as such. */
  readonly callee: Place | undefined;
  readonly integer: (value: bigint, type?: Type) => CoreExpression;
  readonly boolean: (value: boolean) => CoreExpression;
  readonly string: (value: string) => CoreExpression;
  /** A call of another builtin, by row name, without checks. */
  readonly call: (
    name: string,
    type: Type,
    args?: readonly CoreExpression[],
    detail?: CallDetail,
  ) => CoreExpression;
  readonly cast: (operand: CoreExpression, type: Type) => CoreExpression;
  readonly binary: (
    operator: "+" | "-" | "&" | "==" | "!=" | ">=" | "<=" | "<" | ">",
    left: CoreExpression,
    right: CoreExpression,
  ) => CoreExpression;
  readonly not: (operand: CoreExpression) => CoreExpression;
  /** `object.name` through any number of pointers; reports what is unknown. */
  readonly field: (object: CoreExpression, name: string) => CoreExpression;
  readonly statements: (statements: readonly CoreStatement[]) => CoreExpression;
  readonly record: (fields: readonly (readonly [name: string, value: CoreExpression])[]) => CoreExpression;
  /** Bytes from a struct's start to its member; undefined, after saying so, when there is none. */
  readonly offsetOf: (type: Type, member: string, place: Place) => number | undefined;
  /** Stores the element under `key` in `variable` when there is one; the value is whether. */
  readonly find: (map: CoreMap, key: CoreExpression, variable: CoreVariable) => CoreExpression;
  /** The named parameter of that name, made once. */
  readonly namedParameter: (parameter: NamedParameter) => NamedParameter;
  /** Stands for what could not be typed: nothing more is said about it. */
  readonly unknown: () => CoreExpression;
}
