/** Core trees made by hand, for tests of code generation that need no analysis. Every node stands on a line of its own. */

import { nodeId } from "../../base/brand.ts";
import { span } from "../../base/span.ts";
import type {
  CallDetail,
  CoreCall,
  CoreConfig,
  CoreConstant,
  CoreExpression,
  CoreMap,
  CoreProbe,
  CoreProgram,
  CoreStatement,
  CoreSubprogram,
  CoreVariable,
  ProbeTarget,
} from "../../core/core.ts";
import type { Place } from "../../diagnostics/diagnostic.ts";
import type { LooseText } from "../../syntax/ast.ts";
import {
  boolean,
  int64,
  none,
  string,
  uint64,
  type StructDefinition,
  type StructTable,
  type Type,
} from "../../types/type.ts";
import type { CodegenEnvironment } from "../environment.ts";

const item: LooseText = {
  kind: "loose-text",
  id: nodeId(0),
  span: span(0, 0),
  comments: [],
  problems: [],
  nodeCount: 1,
  text: "",
};
let line = 0;

/** A place of its own: line n of the script that is not there. */
export function place(): Place {
  line += 1;
  return { item, span: span(line, line + 1) };
}

export const testEnvironment: CodegenEnvironment = {
  file: "test.bt",
  locate: ({ span: { start } }) => ({
    file: "test.bt",
    startLine: start,
    startColumn: 2,
    endLine: start,
    endColumn: 3,
  }),
  sourceText: () => undefined,
  architecture: "x86_64",
  hasFeature: () => undefined,
  warnings: "default",
};

export const testConfig: CoreConfig = {
  maxStringLength: 64,
  maxMapKeys: 4096,
  maxCatBytes: 10240,
  maxProbes: 1024,
  maxPrograms: 1024,
  stackMode: "bpftrace",
  onStackLimit: undefined,
  ringBufferPages: 64,
  printMapsOnExit: true,
  stringTruncationTrailer: "..",
  missingProbes: "error",
  license: "GPL",
  cppDemangle: true,
  lazySymbolication: true,
  showDebugInfo: true,
  cacheUserSymbols: undefined,
  logSize: 1_000_000,
};

export function structsOf(...definitions: readonly StructDefinition[]): StructTable {
  return {
    findStruct: (name) => definitions.find((definition) => definition.name === name),
    findEnum: () => undefined,
    findTypedef: () => undefined,
    findEnumConstant: () => undefined,
  };
}

export function program(
  probes: readonly CoreProbe[],
  rest: Partial<Pick<CoreProgram, "maps" | "subprograms" | "structs" | "config" | "namedParameters">> = {},
): CoreProgram {
  return {
    probes,
    subprograms: [],
    maps: [],
    structs: structsOf(),
    config: testConfig,
    namedParameters: [],
    ...rest,
  };
}

export function probe(target: ProbeTarget, ...body: readonly CoreStatement[]): CoreProbe {
  return {
    name: target.name,
    probeType: target.kind,
    targets: [target],
    body,
    variables: [],
    place: place(),
    attachPoints: [],
    defaultReturn: target.kind === "tracepoint" ? 1n : 0n,
  };
}

export function begin(...body: readonly CoreStatement[]): CoreProbe {
  return probe({ kind: "begin", name: "begin" }, ...body);
}

export function subprogram(
  name: string,
  parameters: readonly CoreVariable[],
  returns: Type,
  ...body: readonly CoreStatement[]
): CoreSubprogram {
  return { name, parameters, returns, body, variables: [], place: place() };
}

export function variable(name: string, type: Type): CoreVariable {
  const at = place();
  return { name, type, place: at, decidedBy: at };
}

export function map(name: string, key: Type | undefined, value: Type, maxEntries = 4096): CoreMap {
  return {
    name,
    key,
    value,
    mapType: value.kind === "aggregation" ? "percpuhash" : "hash",
    maxEntries,
    place: place(),
    keyDecidedBy: undefined,
    valueDecidedBy: undefined,
    declared: false,
  };
}

export function int(value: bigint | number, type: Type = int64): CoreConstant {
  return { kind: "constant", type, place: place(), value: { kind: "integer", value: BigInt(value) } };
}

export function text(value: string, size = new TextEncoder().encode(value).length + 1): CoreConstant {
  return { kind: "constant", type: string(size), place: place(), value: { kind: "string", value } };
}

export function read(of: CoreVariable): CoreExpression {
  return { kind: "variable", type: of.type, place: place(), variable: of };
}

export function mapRead(of: CoreMap, key?: CoreExpression): CoreExpression {
  const type = of.value.kind === "aggregation" ? (of.value.signed ? int64 : uint64) : of.value;
  return { kind: "map-read", type, place: place(), map: of, key };
}

export function arithmetic(
  operator: "+" | "-" | "*" | "/" | "%" | "<<" | ">>" | "&" | "|" | "^",
  left: CoreExpression,
  right: CoreExpression,
): CoreExpression {
  const signed = left.type.kind === "integer" && left.type.signed;
  return { kind: "arithmetic", type: left.type, place: place(), operator, left, right, signed };
}

export function compare(
  operator: "==" | "!=" | "<" | "<=" | ">" | ">=",
  left: CoreExpression,
  right: CoreExpression,
): CoreExpression {
  const signed = left.type.kind === "integer" && left.type.signed;
  return { kind: "comparison", type: boolean, place: place(), operator, left, right, signed };
}

export function tuple(...elements: readonly CoreExpression[]): CoreExpression {
  const type: Type = { kind: "tuple", elements: elements.map((element) => element.type) };
  return { kind: "tuple", type, place: place(), elements };
}

export function element(object: CoreExpression, index: number, type: Type): CoreExpression {
  return { kind: "element", type, place: place(), object, index };
}

export function cast(operand: CoreExpression, type: Type): CoreExpression {
  return { kind: "cast", type, place: place(), operand, implicit: false };
}

export function call(
  name: string,
  type: Type = none,
  args: readonly CoreExpression[] = [],
  detail: CallDetail = { kind: "none" },
): CoreCall {
  return { kind: "call", type, place: place(), name, arguments: args, detail };
}

export function mapReference(of: CoreMap): CoreExpression {
  return { kind: "map-reference", type: of.value, place: place(), map: of };
}

export function evaluate(expression: CoreExpression): CoreStatement {
  return { kind: "evaluate", place: place(), expression };
}

export function printf(format: string, ...args: readonly CoreExpression[]): CoreStatement {
  return evaluate(call("printf", none, [text(format), ...args], { kind: "format", format }));
}

export function assign(target: CoreVariable, value: CoreExpression): CoreStatement {
  return { kind: "assign-variable", place: place(), variable: target, value };
}

export function assignMap(
  target: CoreMap,
  key: CoreExpression | undefined,
  value: CoreExpression,
): CoreStatement {
  return { kind: "assign-map", place: place(), map: target, key, value };
}

export function aggregate(
  target: CoreMap,
  key: CoreExpression | undefined,
  argument?: CoreExpression,
): CoreStatement {
  if (target.value.kind !== "aggregation") throw new Error("not an aggregation");
  return { kind: "aggregate", place: place(), map: target, key, aggregation: target.value, argument };
}

export function when(
  condition: CoreExpression,
  then: readonly CoreStatement[],
  otherwise: readonly CoreStatement[] = [],
): CoreStatement {
  return { kind: "if", place: place(), condition, then, otherwise };
}
