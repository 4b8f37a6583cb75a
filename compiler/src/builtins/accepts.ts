/** Which types of argument a parameter takes, each with the words that name them in diagnostics. */

import { contains, isMultiKey, isValue } from "../types/relations.ts";
import type { Type } from "../types/type.ts";

export interface Accepts {
  /** Completes "must be …". */
  readonly expected: string;
  readonly test: (type: Type) => boolean;
}

export const anInteger: Accepts = { expected: "an integer", test: (type) => type.kind === "integer" };
export const aString: Accepts = { expected: "a string", test: (type) => type.kind === "string" };
export const anything: Accepts = { expected: "something with a value", test: isValue };
export const aMap: Accepts = { expected: "a map", test: () => true };
export const aVariable: Accepts = { expected: "a variable", test: () => true };
export const aType: Accepts = { expected: "a type", test: () => true };
export const aName: Accepts = { expected: "a name", test: () => true };

export const anAddress: Accepts = {
  expected: "an integer or pointer",
  test: ({ kind }) => kind === "integer" || kind === "pointer",
};

export const aCondition: Accepts = {
  expected: "an integer, pointer or boolean",
  test: ({ kind }) => kind === "integer" || kind === "pointer" || kind === "boolean",
};

/** What has bytes to look at: an address, a string, or an array. */
export const bytes: Accepts = {
  expected: "an integer, pointer, string or array",
  test: ({ kind }) => kind === "integer" || kind === "pointer" || kind === "string" || kind === "array",
};

/** What `strlen` and its like take. */
export const stringLike: Accepts = {
  expected: "a string, an int8 array or an int8 pointer",
  test: (type) =>
    type.kind === "string" ||
    (type.kind === "array" && isByte(type.element)) ||
    (type.kind === "pointer" && isByte(type.to)),
};

function isByte(type: Type): boolean {
  return type.kind === "integer" && type.size === 1 && type.signed;
}

export const textSource: Accepts = {
  expected: "a string, integer or pointer",
  test: ({ kind }) => kind === "string" || kind === "integer" || kind === "pointer",
};

/** What a named parameter can be. */
export const aParameterValue: Accepts = {
  expected: "a number, a string or a boolean",
  test: ({ kind }) => kind === "integer" || kind === "string" || kind === "boolean",
};

export const aTask: Accepts = {
  expected: "a pointer to a struct task_struct",
  test: (type) => type.kind === "pointer" && type.to.kind === "struct",
};

export const aStack: Accepts = { expected: "a stack", test: ({ kind }) => kind === "stack" };

/** Values that user space can show. */
export const printable: Accepts = {
  expected: "a printable value",
  test: (type) =>
    isValue(type) &&
    type.kind !== "timestamp-mode" &&
    !contains(type, (part) => part.kind === "aggregation" && isMultiKey(part.function)),
};
