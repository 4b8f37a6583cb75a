/**
 * Schemas of every message of the protocol, generated from the types of vscode-languageserver-protocol: what a request takes
 * and answers, and what a notification carries, by method.
 */

import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import ts from "typescript";

/** A type as a value can be checked against it. */
export type Schema =
  | { readonly kind: "any" }
  | { readonly kind: "primitive"; readonly type: "string" | "number" | "boolean" | "null" | "undefined" }
  | { readonly kind: "literal"; readonly value: string | number | boolean }
  | { readonly kind: "array"; readonly element: Schema }
  | { readonly kind: "tuple"; readonly elements: readonly Schema[] }
  | { readonly kind: "union"; readonly members: readonly Schema[] }
  | {
      readonly kind: "object";
      readonly name: string;
      /** Filled in after the object is made: types refer to themselves. */
      readonly properties: Map<string, { readonly schema: Schema; readonly optional: boolean }>;
      /** Of members that have no name of their own; undefined when there are none. */
      rest: Schema | undefined;
    };

export interface MessageSchemas {
  readonly kind: "request" | "notification";
  readonly params: Schema;
  /** Of a request's answer. */
  readonly result: Schema;
}

/** By method. */
export function generateSchemas(): ReadonlyMap<string, MessageSchemas> {
  const require = createRequire(import.meta.url);
  const entry = join(dirname(require.resolve("vscode-languageserver-protocol/node")), "../common/api.d.ts");
  const program = ts.createProgram([entry], {
    strict: true,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    module: ts.ModuleKind.ESNext,
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
  if (source === undefined || module === undefined) throw new Error(`no types of the protocol in ${entry}`);
  const made = new Map<ts.Type, Schema>();
  const found = new Map<string, MessageSchemas>();
  for (const symbol of checker.getExportsOfModule(module)) {
    const namespace = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    if (!(namespace.flags & ts.SymbolFlags.ValueModule)) continue;
    const message = messageOf(checker, namespace, source, made);
    if (message !== undefined) found.set(message.method, message.schemas);
  }
  return found;
}

/** A namespace with a constant `method` and a constant `type`, whose type arguments say what the message carries. */
function messageOf(
  checker: ts.TypeChecker,
  namespace: ts.Symbol,
  at: ts.Node,
  made: Map<ts.Type, Schema>,
): { readonly method: string; readonly schemas: MessageSchemas } | undefined {
  const members = new Map(checker.getExportsOfModule(namespace).map((each) => [each.name, each]));
  const method = members.get("method");
  const type = members.get("type");
  if (method === undefined || type === undefined) return undefined;
  const name = checker.getTypeOfSymbolAtLocation(method, at);
  const shape = checker.getTypeOfSymbolAtLocation(type, at);
  if (!name.isStringLiteral()) return undefined;
  const args = checker.getTypeArguments(shape as ts.TypeReference); // the types below are references
  const schema = (index: number): Schema => {
    const argument = args[index];
    return argument === undefined ? anything : schemaOf(checker, argument, at, made);
  };
  switch (shape.symbol.name) {
    case "ProtocolRequestType":
      return { method: name.value, schemas: { kind: "request", params: schema(0), result: schema(1) } };
    case "ProtocolRequestType0":
      return { method: name.value, schemas: { kind: "request", params: anything, result: schema(0) } };
    case "ProtocolNotificationType":
      return { method: name.value, schemas: { kind: "notification", params: schema(0), result: anything } };
    case "ProtocolNotificationType0":
      return { method: name.value, schemas: { kind: "notification", params: anything, result: anything } };
    default:
      return undefined;
  }
}

const anything: Schema = { kind: "any" };

function schemaOf(checker: ts.TypeChecker, type: ts.Type, at: ts.Node, made: Map<ts.Type, Schema>): Schema {
  const known = made.get(type);
  if (known !== undefined) return known;
  const simple = simpleSchema(checker, type);
  if (simple !== undefined) return simple;
  const part = (each: ts.Type): Schema => schemaOf(checker, each, at, made);
  if (type.isUnion()) return { kind: "union", members: type.types.map(part) };
  if (checker.isTupleType(type)) {
    return { kind: "tuple", elements: checker.getTypeArguments(type as ts.TypeReference).map(part) };
  }
  if (checker.isArrayType(type)) {
    const [element] = checker.getTypeArguments(type as ts.TypeReference);
    return { kind: "array", element: element === undefined ? anything : part(element) };
  }
  const object: Schema = {
    kind: "object",
    name: checker.typeToString(type),
    properties: new Map(),
    rest: undefined,
  };
  made.set(type, object);
  for (const property of checker.getPropertiesOfType(type)) {
    const schema = part(checker.getTypeOfSymbolAtLocation(property, at));
    const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
    object.properties.set(property.name, { schema, optional });
  }
  const index = checker.getIndexInfosOfType(type)[0]?.type;
  object.rest = index === undefined ? undefined : part(index);
  return object;
}

function simpleSchema(checker: ts.TypeChecker, type: ts.Type): Schema | undefined {
  const { flags } = type;
  if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return anything;
  if (type.isStringLiteral() || type.isNumberLiteral()) return { kind: "literal", value: type.value };
  if (flags & ts.TypeFlags.BooleanLiteral) {
    return { kind: "literal", value: checker.typeToString(type) === "true" };
  }
  if (flags & ts.TypeFlags.StringLike) return { kind: "primitive", type: "string" };
  if (flags & ts.TypeFlags.NumberLike) return { kind: "primitive", type: "number" };
  if (flags & ts.TypeFlags.BooleanLike && !type.isUnion()) return { kind: "primitive", type: "boolean" };
  // A request without a result answers null.
  if (flags & (ts.TypeFlags.Null | ts.TypeFlags.Void)) return { kind: "primitive", type: "null" };
  if (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Never)) return { kind: "primitive", type: "undefined" };
  return undefined;
}
