/**
 * What a script means whichever way it is written: no places, no comments, and one form where the formatter may choose
 * another. Only for comparing.
 */

import type { Block, Expression, Script, Statement, TypeSubject, TypeSyntax } from "../ast.ts";

const LEFT_OUT: ReadonlySet<string> = new Set([
  "id",
  "span",
  "operatorSpan",
  "indexSpan",
  "comments",
  "nodeCount",
  "arrow",
]);

/** Plain data to compare with `deepEqual`. */
export function desugar(script: Script): unknown {
  return script.items.map(({ item }) => {
    switch (item.kind) {
      case "probe":
      case "subprogram":
        return plain({ ...item, text: "", body: withoutValue(item.body) });
      case "config":
        return plain({
          ...item,
          text: "",
          settings: item.settings.map((each) => ({ ...each, value: word(each.value) })),
        });
      case "c-definition":
        return plain({ ...item, text: item.text.replace(/;?$/, ";") });
      case "preprocessor-line":
      case "shebang":
      case "loose-text":
        return plain(item);
      default:
        return plain({ ...item, text: "" });
    }
  });
}

function plain(value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const rewritten = "kind" in value ? rewrite(value as Node) : value; // whatever has a kind here is syntax
  return Object.fromEntries(
    Object.entries(rewritten)
      .filter(([key, part]) => !LEFT_OUT.has(key) && part !== undefined)
      .map(([key, part]) => [key, plain(part)]),
  );
}

type Node = Expression | Statement | TypeSyntax | TypeSubject;

function rewrite(node: Node): object {
  switch (node.kind) {
    case "string":
      return { kind: node.kind, value: node.value };
    case "integer":
      return { kind: node.kind, value: node.value };
    case "assignment": {
      const { operator, target, value } = node;
      if (operator === undefined) return node;
      const right = { kind: "binary", operator, left: target, right: value };
      return { ...node, operator: undefined, value: right };
    }
    case "binary":
      return node.operator === "&&" || node.operator === "||"
        ? { kind: node.operator, operands: chained(node, node.operator) }
        : node;
    case "while":
    case "unroll":
    case "for":
      return { ...node, body: withoutValue(node.body) };
    case "conditional":
      return { ...node, then: node.then ?? node.condition };
    case "map": {
      const [only, ...others] = node.keys ?? [];
      return only?.kind === "tuple" && others.length === 0 && only.elements.length >= 2
        ? { ...node, keys: only.elements }
        : node;
    }
    case "array-type":
      return { ...node, count: node.count === 0 ? undefined : node.count };
    case "typeof":
      return typeofSubject(node);
    case "type":
      return node.type.kind === "typeof" ? typeofSubject(node.type) : rewrite(node.type);
    case "expression":
      return rewrite(node.expression);
    default:
      return node;
  }
}

/** However the operands of a chain are grouped, it says the same. */
function chained(node: Expression, operator: string): readonly Expression[] {
  if (node.kind !== "binary" || node.operator !== operator) return [node];
  return [...chained(node.left, operator), ...chained(node.right, operator)];
}

/** A name in it may be a type or not: either way it says the same as the name alone. */
function typeofSubject({ subject }: Extract<TypeSyntax, { readonly kind: "typeof" }>): object {
  if (subject.kind === "type")
    return subject.type.kind === "typeof" ? typeofSubject(subject.type) : subject.type;
  const { expression } = subject;
  if (expression.kind !== "identifier") return { kind: "typeof", expression };
  return { kind: "named-type", name: expression.name };
}

/** The block with its value made a statement, in the blocks that end it too. */
function withoutValue({ statements, value, ...block }: Block): object {
  const final = statements.at(-1);
  if (value !== undefined) return { ...block, statements: [...statements, statement(nested(value))] };
  if (final?.kind !== "expression-statement") return { ...block, statements };
  return { ...block, statements: [...statements.slice(0, -1), statement(nested(final.expression))] };
}

function statement(expression: object): object {
  return { kind: "expression-statement", expression };
}

function nested(expression: Expression): object {
  if (expression.kind === "block-expression") return { ...expression, block: nestedBlock(expression.block) };
  if (expression.kind !== "if") return expression;
  const { then, otherwise } = expression;
  if (otherwise === undefined) return { ...expression, then: nestedBlock(then) };
  const last = otherwise.kind === "if" ? nested(otherwise) : nestedBlock(otherwise);
  return { ...expression, then: nestedBlock(then), otherwise: last };
}

function nestedBlock({ statements, value, ...block }: Block): object {
  const inner = statements.map((each) =>
    each.kind === "expression-statement" ? { ...each, expression: nested(each.expression) } : each,
  );
  return { ...block, statements: [...inner, ...(value === undefined ? [] : [statement(nested(value))])] };
}

function word(value: { readonly kind: string }): object {
  if ("name" in value && typeof value.name === "string") return { word: value.name };
  if ("value" in value && value.kind === "string") return { word: value.value };
  if ("value" in value && typeof value.value === "bigint") return { number: value.value };
  return value;
}
