/**
 * Which properties of each kind of node hold its children, in source order. The table is typed by the union of all
 * nodes: a node kind or a child property that is missing here does not compile.
 */

import type {
  ArrayTypeSyntax,
  AttachPart,
  AttachPoint,
  Block,
  ConfigSetting,
  Expression,
  InvalidTarget,
  Item,
  MacroParameter,
  MapName,
  Range,
  Statement,
  SubprogramParameter,
  TypeArgument,
  TypeSyntax,
} from "./ast.ts";
import type { CDeclaration, CField, CType } from "./c-syntax.ts";
import type { Name } from "./node.ts";

/** Every node of the syntax tree: what has an id and a span. */
export type SyntaxNode =
  | Item
  | Statement
  | Expression
  | TypeSyntax
  | ArrayTypeSyntax
  | AttachPart
  | AttachPoint
  | Block
  | CDeclaration
  | CField
  | ConfigSetting
  | InvalidTarget
  | MacroParameter
  | MapName
  | Name
  | Range
  | SubprogramParameter
  | TypeArgument;

export type NodeKind = SyntaxNode["kind"];

/** The node type of a kind. */
export type NodeOf<Kind extends NodeKind> = Extract<SyntaxNode, { readonly kind: Kind }>;

type Scalar = string | number | bigint | boolean | undefined;

/** `true` when a value of this type is a node, or a list or plain object that may hold nodes. */
type Holds<T> = T extends Scalar
  ? never
  : T extends SyntaxNode | CType
    ? true
    : T extends readonly (infer Element)[]
      ? Holds<Element>
      : T extends object
        ? { [Key in keyof T]: Holds<T[Key]> }[keyof T]
        : never;

/** The properties of a node that hold children. */
export type ChildKey<Node> = {
  [Key in keyof Node]-?: Holds<Node[Key]> extends never ? never : Key;
}[keyof Node];

type ChildTable = {
  readonly [Kind in NodeKind]: Readonly<Record<ChildKey<NodeOf<Kind>>, true>>;
};

/** Source order within a row: the traversal goes by it. */
const CHILDREN: ChildTable = {
  // Items
  shebang: {},
  "preprocessor-line": { directive: true },
  "c-definition": { declaration: true },
  config: { settings: true },
  import: { path: true },
  "map-declaration": { map: true, mapType: true, maxEntries: true },
  macro: { name: true, parameters: true, body: true },
  subprogram: { name: true, parameters: true, returns: true, body: true },
  probe: { attachPoints: true, predicate: true, body: true },
  "loose-text": {},
  // Parts of items
  "c-declaration": { name: true, fields: true, enumerators: true },
  "c-field": { type: true, name: true },
  "config-setting": { key: true, value: true },
  "macro-parameter": {},
  "subprogram-parameter": { variable: true, type: true },
  "attach-point": { label: true, provider: true, parts: true },
  "attach-part": {},
  name: {},
  block: { statements: true, value: true },
  // Statements
  "expression-statement": { expression: true },
  assignment: { target: true, value: true },
  "invalid-target": { expression: true },
  "variable-declaration": { variable: true, type: true, value: true },
  discard: { value: true },
  while: { condition: true, body: true },
  unroll: { count: true, body: true },
  for: { variable: true, over: true, body: true },
  range: { start: true, end: true },
  break: {},
  continue: {},
  return: { value: true },
  "import-statement": { path: true },
  // Expressions
  integer: {},
  string: {},
  boolean: {},
  identifier: {},
  variable: {},
  "map-name": {},
  map: { map: true, keys: true },
  "positional-parameter": {},
  "parameter-count": {},
  call: { callee: true, arguments: true },
  "type-argument": { type: true },
  unary: { operand: true },
  increment: { target: true },
  binary: { left: true, right: true },
  conditional: { condition: true, then: true, otherwise: true },
  if: { condition: true, then: true, otherwise: true },
  "block-expression": { block: true },
  "field-access": { object: true, field: true },
  "tuple-access": { object: true },
  index: { object: true, index: true },
  cast: { type: true, operand: true },
  tuple: { elements: true },
  record: { fields: true },
  "type-query": { subject: true },
  offsetof: { subject: true, path: true },
  comptime: { operand: true },
  missing: {},
  // Types
  "named-type": {},
  "pointer-type": { to: true },
  "array-type": { element: true },
  typeof: { subject: true },
  "missing-type": {},
};

/** The properties of each node kind that hold children, in source order. */
export const childKeys: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(CHILDREN).map(([kind, keys]) => [kind, Object.keys(keys)]),
);
