/**
 * The syntax tree: a list of top-level items, plain data, nothing resolved. Spans and ids are relative to their item, so an
 * unchanged item keeps its very object from one version of the file to the next.
 */

import type { Span } from "../base/span.ts";
import type { CDeclaration, PreprocessorDirective } from "./c-syntax.ts";
import type { Comment, Name, Node, SyntaxProblem } from "./node.ts";

/** One version of one file. */
export interface Script {
  readonly items: readonly ItemSlot[];
}

/** An item and where it starts in the file, in UTF-16 code units from the start of the text. */
export interface ItemSlot {
  readonly start: number;
  readonly item: Item;
}

interface ItemNode<Kind extends string> extends Node<Kind> {
  readonly comments: readonly Comment[];
  readonly problems: readonly SyntaxProblem[];
  /** Number of node ids in use in this item; ids are `0 … nodeCount - 1`. */
  readonly nodeCount: number;
  /** The item's own text, from its first to its last character. */
  readonly text: string;
}

export type Item =
  | Shebang
  | PreprocessorLine
  | CDefinition
  | ConfigBlock
  | Import
  | MapDeclaration
  | Macro
  | Subprogram
  | Probe
  | LooseText;

export type Shebang = ItemNode<"shebang">;

export interface PreprocessorLine extends ItemNode<"preprocessor-line"> {
  readonly directive: PreprocessorDirective;
}

/** A C struct, union, enum or typedef. */
export interface CDefinition extends ItemNode<"c-definition"> {
  readonly declaration: CDeclaration;
}

export interface ConfigBlock extends ItemNode<"config"> {
  readonly settings: readonly ConfigSetting[];
}

export interface ConfigSetting extends Node<"config-setting"> {
  readonly key: Name;
  readonly value: IntegerLiteral | StringLiteral | BooleanLiteral | Identifier | Missing;
}

export interface Import extends ItemNode<"import"> {
  readonly path: StringLiteral | Missing;
}

export interface MapDeclaration extends ItemNode<"map-declaration"> {
  readonly map: MapName;
  readonly mapType: Name;
  readonly maxEntries: IntegerLiteral | Missing;
}

export interface Macro extends ItemNode<"macro"> {
  readonly name: Name;
  readonly parameters: readonly MacroParameter[];
  readonly body: Block;
}

export interface MacroParameter extends Node<"macro-parameter"> {
  /** `$v` takes a variable, `@m` a map, a bare name any expression. `name` is without the sigil. */
  readonly form: "variable" | "map" | "expression";
  readonly name: string;
}

export interface Subprogram extends ItemNode<"subprogram"> {
  readonly name: Name;
  readonly parameters: readonly SubprogramParameter[];
  readonly returns: TypeSyntax;
  readonly body: Block;
}

export interface SubprogramParameter extends Node<"subprogram-parameter"> {
  readonly variable: Variable;
  readonly type: TypeSyntax;
}

export interface Probe extends ItemNode<"probe"> {
  readonly attachPoints: readonly AttachPoint[];
  readonly predicate: Expression | undefined;
  readonly body: Block;
}

/** An attach point as written, and cut at its separators; what the parts mean is the business of the probe type's row. */
export interface AttachPoint extends Node<"attach-point"> {
  readonly text: string;
  readonly label: AttachPart | undefined;
  readonly provider: AttachPart;
  readonly parts: readonly AttachPart[];
}

export interface AttachPart extends Node<"attach-part"> {
  /** Without quotes and escapes; `$1` is still `$1`. */
  readonly text: string;
  readonly quoted: boolean;
  /** The character that stands before this part; the provider has none. */
  readonly separator: ":" | "@" | "";
}

/** Text that is no item at all: kept so that its place can be reported and formatting loses nothing. */
export type LooseText = ItemNode<"loose-text">;

export interface Block extends Node<"block"> {
  readonly statements: readonly Statement[];
  /** The trailing expression without `;`, which is the block's value where one is asked for. */
  readonly value: Expression | undefined;
}

export type Statement =
  | ExpressionStatement
  | Assignment
  | VariableDeclaration
  | Discard
  | While
  | Unroll
  | For
  | Break
  | Continue
  | Return
  | ImportStatement;

export interface ExpressionStatement extends Node<"expression-statement"> {
  readonly expression: Expression;
}

export interface Assignment extends Node<"assignment"> {
  readonly target: Variable | MapAccess | InvalidTarget;
  /** The arithmetic of a compound assignment; undefined for plain `=`. */
  readonly operator: ArithmeticOperator | undefined;
  readonly value: Expression;
}

/** Something that cannot be assigned to; kept so that its parts are still analysed. */
export interface InvalidTarget extends Node<"invalid-target"> {
  readonly expression: Expression;
}

export interface VariableDeclaration extends Node<"variable-declaration"> {
  readonly variable: Variable;
  readonly type: TypeSyntax | undefined;
  readonly value: Expression | undefined;
}

export interface Discard extends Node<"discard"> {
  readonly value: Expression;
}

export interface While extends Node<"while"> {
  readonly condition: Expression;
  readonly body: Block;
}

export interface Unroll extends Node<"unroll"> {
  readonly count: Expression;
  readonly body: Block;
}

export interface For extends Node<"for"> {
  readonly variable: Variable;
  readonly over: MapName | Range | Missing;
  readonly body: Block;
}

/** `start..end`, end exclusive. */
export interface Range extends Node<"range"> {
  readonly start: Expression;
  readonly end: Expression;
}

export type Break = Node<"break">;
export type Continue = Node<"continue">;

export interface Return extends Node<"return"> {
  readonly value: Expression | undefined;
}

export interface ImportStatement extends Node<"import-statement"> {
  readonly path: StringLiteral | Missing;
}

export type ArithmeticOperator = "+" | "-" | "*" | "/" | "%" | "&" | "|" | "^" | "<<" | ">>";
export type ComparisonOperator = "==" | "!=" | "<" | "<=" | ">" | ">=";
export type BinaryOperator = ArithmeticOperator | ComparisonOperator | "&&" | "||";
export type UnaryOperator = "-" | "~" | "!" | "*" | "&";

export type Expression =
  | IntegerLiteral
  | StringLiteral
  | BooleanLiteral
  | Identifier
  | Variable
  | MapAccess
  | PositionalParameter
  | ParameterCount
  | Call
  | Unary
  | Increment
  | Binary
  | Conditional
  | If
  | BlockExpression
  | FieldAccess
  | TupleAccess
  | Index
  | Cast
  | Tuple
  | RecordLiteral
  | TypeQuery
  | OffsetOf
  | Comptime
  | Missing;

/** Unsigned; a minus sign is a `Unary`. Durations are already in nanoseconds. */
export interface IntegerLiteral extends Node<"integer"> {
  readonly value: bigint;
  /** As written, for the formatter and for `str($1)`. */
  readonly text: string;
}

export interface StringLiteral extends Node<"string"> {
  /** Escapes resolved, as bytes: each character is one byte (0–255), and text beyond ASCII its UTF-8 (`base/utf8.ts`). */
  readonly value: string;
  readonly text: string;
}

export interface BooleanLiteral extends Node<"boolean"> {
  readonly value: boolean;
}

/** A bare name: builtin, macro without arguments, enum constant, C macro or macro parameter. */
export interface Identifier extends Node<"identifier"> {
  readonly name: string;
}

/** `$name`; the name is without the sigil. */
export interface Variable extends Node<"variable"> {
  readonly name: string;
}

/** `@name` alone; the name is without the sigil and empty for the anonymous map. */
export interface MapName extends Node<"map-name"> {
  readonly name: string;
}

/** `@name` or `@name[keys]` in an expression or as a target; `keys` is undefined without brackets. */
export interface MapAccess extends Node<"map"> {
  readonly map: MapName;
  readonly keys: readonly Expression[] | undefined;
}

/** `$1`: 1-based. */
export interface PositionalParameter extends Node<"positional-parameter"> {
  readonly index: number;
}

export type ParameterCount = Node<"parameter-count">;

export interface Call extends Node<"call"> {
  readonly callee: Name;
  readonly arguments: readonly (Expression | TypeArgument)[];
}

/** `typeof(...)` as an argument of a macro. */
export interface TypeArgument extends Node<"type-argument"> {
  readonly type: TypeofSyntax;
}

export interface Unary extends Node<"unary"> {
  readonly operator: UnaryOperator;
  readonly operatorSpan: Span;
  readonly operand: Expression;
}

export interface Increment extends Node<"increment"> {
  readonly operator: "++" | "--";
  readonly prefix: boolean;
  readonly target: Variable | MapAccess | InvalidTarget;
}

export interface Binary extends Node<"binary"> {
  readonly operator: BinaryOperator;
  readonly operatorSpan: Span;
  readonly left: Expression;
  readonly right: Expression;
}

/** `c ? a : b`; `then` is undefined for the short form `c ?: b`. */
export interface Conditional extends Node<"conditional"> {
  readonly condition: Expression;
  readonly then: Expression | undefined;
  readonly otherwise: Expression;
}

export interface If extends Node<"if"> {
  readonly condition: Expression;
  readonly then: Block;
  readonly otherwise: Block | If | undefined;
}

export interface BlockExpression extends Node<"block-expression"> {
  readonly block: Block;
}

/** `object.field` or `object->field`. */
export interface FieldAccess extends Node<"field-access"> {
  readonly object: Expression;
  readonly field: Name;
  readonly arrow: boolean;
}

/** `object.0` */
export interface TupleAccess extends Node<"tuple-access"> {
  readonly object: Expression;
  readonly index: number;
  readonly indexSpan: Span;
}

export interface Index extends Node<"index"> {
  readonly object: Expression;
  readonly index: Expression;
}

export interface Cast extends Node<"cast"> {
  readonly type: TypeSyntax;
  readonly operand: Expression;
}

export interface Tuple extends Node<"tuple"> {
  readonly elements: readonly Expression[];
}

export interface RecordLiteral extends Node<"record"> {
  readonly fields: readonly { readonly name: Name; readonly value: Expression }[];
}

/** `sizeof(subject)` or `typeinfo(subject)`. */
export interface TypeQuery extends Node<"type-query"> {
  readonly query: "sizeof" | "typeinfo";
  readonly subject: TypeSubject;
}

export interface OffsetOf extends Node<"offsetof"> {
  readonly subject: TypeSubject;
  readonly path: readonly Name[];
}

/** A type or an expression, told apart by form alone; a lone identifier stays an expression and is resolved later. */
export type TypeSubject =
  | { readonly kind: "type"; readonly type: TypeSyntax }
  | { readonly kind: "expression"; readonly expression: Expression };

export interface Comptime extends Node<"comptime"> {
  readonly operand: Expression;
}

/** What the parser expected and did not find. */
export interface Missing extends Node<"missing"> {
  readonly expected: string;
}

export type TypeSyntax = NamedType | PointerTypeSyntax | ArrayTypeSyntax | TypeofSyntax | MissingType;

export interface NamedType extends Node<"named-type"> {
  readonly tag: "struct" | "union" | "enum" | undefined;
  readonly name: string;
}

export interface PointerTypeSyntax extends Node<"pointer-type"> {
  readonly to: TypeSyntax;
}

/** `T[count]`; undefined for `T[]`. For `string`, `buffer` and `inet` it is the size of the one value. */
export interface ArrayTypeSyntax extends Node<"array-type"> {
  readonly element: TypeSyntax;
  readonly count: number | undefined;
}

export interface TypeofSyntax extends Node<"typeof"> {
  readonly subject: TypeSubject;
}

export type MissingType = Node<"missing-type">;
