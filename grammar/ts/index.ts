/** Names of nodes and fields, the shape of trees, and where the grammar's files are. */
export type {
  ExpressionKind,
  FieldName,
  NodeKind,
  StatementKind,
  TokenKind,
  TypeKind,
} from "./node-types.ts";
export {
  EXPRESSION_KINDS,
  FIELD_NAMES,
  NODE_KINDS,
  STATEMENT_KINDS,
  TOKEN_KINDS,
  TYPE_KINDS,
} from "./node-types.ts";
export { QUERY_NAMES, queryUrl, wasmUrl } from "./files.ts";
export type { QueryName } from "./files.ts";
export type {
  SyntaxCursor,
  SyntaxKind,
  SyntaxParser,
  SyntaxRange,
  SyntaxTree,
  TextChange,
} from "./syntax.ts";
