/** The invariants of the core tree, as a test: each breach as a line of text. Source: the head of core/core.ts. */

import type { CoreExpression, CoreMap, CoreProgram, CoreStatement, CoreVariable } from "../../core/core.ts";
import { isCondition, isValue, sameType, settle } from "../../types/relations.ts";
import { show } from "../../types/show.ts";
import type { Type } from "../../types/type.ts";

interface Routine {
  readonly variables: ReadonlySet<CoreVariable>;
  readonly maps: ReadonlySet<CoreMap>;
  readonly returns: Type | undefined;
  readonly breaches: string[];
}

/** @returns nothing for a tree that code generation may rely on */
export function breachesOf(program: CoreProgram): readonly string[] {
  const breaches: string[] = [];
  const maps = new Set(program.maps);
  for (const { body, variables } of program.probes) {
    checkAll(body, { variables: new Set(variables), maps, returns: undefined, breaches });
  }
  for (const { body, variables, parameters, returns } of program.subprograms) {
    checkAll(body, { variables: new Set([...parameters, ...variables]), maps, returns, breaches });
  }
  for (const map of program.maps) {
    if (map.key !== undefined) settled(map.key, `key of @${map.name}`, breaches);
    settled(map.value, `value of @${map.name}`, breaches);
    if (!isValue(map.value)) breaches.push(`@${map.name} has no value type`);
  }
  return breaches;
}

function settled(type: Type, where: string, breaches: string[]): void {
  if (settle(type) !== type) breaches.push(`${where}: ${show(type)} is still open`);
}

function equal(left: Type, right: Type, where: string, { breaches }: Routine): void {
  if (!sameType(left, right)) breaches.push(`${where}: ${show(left)} and ${show(right)} differ`);
}

function checkAll(statements: readonly CoreStatement[], routine: Routine): void {
  for (const statement of statements) checkStatement(statement, routine);
}

function checkStatement(statement: CoreStatement, routine: Routine): void {
  switch (statement.kind) {
    case "evaluate":
      checkExpression(statement.expression, routine);
      return;
    case "assign-variable":
      known(statement.variable, routine);
      checkExpression(statement.value, routine);
      equal(statement.value.type, statement.variable.type, `$${statement.variable.name} =`, routine);
      return;
    case "assign-map":
      checkElement(statement.map, statement.key, routine);
      checkExpression(statement.value, routine);
      equal(statement.value.type, statement.map.value, `@${statement.map.name} =`, routine);
      return;
    case "aggregate":
      checkElement(statement.map, statement.key, routine);
      if (statement.argument !== undefined) checkExpression(statement.argument, routine);
      equal(
        statement.aggregation,
        statement.map.value,
        `@${statement.map.name} = ${statement.aggregation.function}()`,
        routine,
      );
      return;
    case "if":
      condition(statement.condition, routine);
      checkAll(statement.then, routine);
      checkAll(statement.otherwise, routine);
      return;
    case "while":
      condition(statement.condition, routine);
      checkAll(statement.body, routine);
      return;
    case "unroll":
      checkAll(statement.body, routine);
      return;
    case "for-range":
      known(statement.variable, routine);
      for (const bound of [statement.start, statement.end]) {
        checkExpression(bound, routine);
        equal(bound.type, statement.variable.type, "bound of a range", routine);
      }
      checkAll(statement.body, routine);
      return;
    case "for-map":
      known(statement.variable, routine);
      checkAll(statement.body, routine);
      return;
    case "return":
      checkReturn(statement.value, routine);
      return;
    case "jump":
      return;
  }
}

function checkReturn(value: CoreExpression | undefined, routine: Routine): void {
  if (value !== undefined) checkExpression(value, routine);
  if (routine.returns === undefined || !isValue(routine.returns)) return;
  if (value === undefined) routine.breaches.push("return without the value that is promised");
  else equal(value.type, routine.returns, "return", routine);
}

function known(variable: CoreVariable, { variables, breaches }: Routine): void {
  if (!variables.has(variable)) breaches.push(`$${variable.name} is not among the routine's variables`);
  settled(variable.type, `$${variable.name}`, breaches);
}

function checkElement(map: CoreMap, key: CoreExpression | undefined, routine: Routine): void {
  if (!routine.maps.has(map)) routine.breaches.push(`@${map.name} is not among the program's maps`);
  if ((key === undefined) !== (map.key === undefined)) {
    routine.breaches.push(`@${map.name} is used ${key === undefined ? "without" : "with"} a key`);
  }
  if (key === undefined) return;
  checkExpression(key, routine);
  if (map.key !== undefined) equal(key.type, map.key, `@${map.name}[…]`, routine);
}

function condition(expression: CoreExpression, routine: Routine): void {
  checkExpression(expression, routine);
  if (!isCondition(expression.type)) routine.breaches.push(`condition of type ${show(expression.type)}`);
}

/** Types whose two sides may differ in size when they are compared. */
const comparedBySmaller = new Set(["string", "buffer"]);

function checkExpression(expression: CoreExpression, routine: Routine): void {
  const { breaches } = routine;
  settled(expression.type, expression.kind, breaches);
  if ("unknown" in expression) breaches.push("a hole in the tree");
  switch (expression.kind) {
    case "constant":
      checkConstant(expression, breaches);
      return;
    case "variable":
      known(expression.variable, routine);
      return;
    case "map-read":
      checkElement(expression.map, expression.key, routine);
      return;
    case "arithmetic":
      for (const side of [expression.left, expression.right]) {
        checkExpression(side, routine);
        equal(side.type, expression.type, `operand of ${expression.operator}`, routine);
      }
      return;
    case "comparison":
      checkExpression(expression.left, routine);
      checkExpression(expression.right, routine);
      if (
        !comparedBySmaller.has(expression.left.type.kind) ||
        expression.left.type.kind !== expression.right.type.kind
      ) {
        equal(expression.left.type, expression.right.type, `operands of ${expression.operator}`, routine);
      }
      return;
    case "logical":
      condition(expression.left, routine);
      condition(expression.right, routine);
      return;
    case "conditional":
      condition(expression.condition, routine);
      for (const branch of [expression.then, expression.otherwise]) {
        checkExpression(branch, routine);
        equal(branch.type, expression.type, "branch", routine);
      }
      return;
    case "block":
      checkAll(expression.statements, routine);
      if (expression.value !== undefined) {
        checkExpression(expression.value, routine);
        equal(expression.value.type, expression.type, "value of a block", routine);
      }
      return;
    default:
      checkParts(expression, routine);
  }
}

function checkConstant(expression: CoreExpression & { readonly kind: "constant" }, breaches: string[]): void {
  const { value, type } = expression;
  const kinds = { integer: ["integer", "pointer"], boolean: ["boolean"], string: ["string"] } as const;
  const allowed: readonly string[] = kinds[value.kind];
  if (!allowed.includes(type.kind)) breaches.push(`a ${value.kind} constant of type ${show(type)}`);
  if ("literal" in expression) breaches.push("a literal that nothing has settled");
}

type Rest = Exclude<
  CoreExpression,
  {
    readonly kind:
      | "constant"
      | "variable"
      | "map-read"
      | "arithmetic"
      | "comparison"
      | "logical"
      | "conditional"
      | "block";
  }
>;

function checkParts(expression: Rest, routine: Routine): void {
  switch (expression.kind) {
    case "negation":
    case "cast":
      checkExpression(expression.operand, routine);
      return;
    case "pointer-arithmetic":
      checkExpression(expression.pointer, routine);
      checkExpression(expression.index, routine);
      equal(expression.pointer.type, expression.type, "moved pointer", routine);
      return;
    case "dereference":
      checkExpression(expression.pointer, routine);
      return;
    case "field":
    case "element":
      checkExpression(expression.object, routine);
      return;
    case "index":
      checkExpression(expression.object, routine);
      checkExpression(expression.index, routine);
      return;
    case "tuple":
      for (const [i, element] of expression.elements.entries()) {
        checkExpression(element, routine);
        const type = expression.type.kind === "tuple" ? expression.type.elements[i] : undefined;
        if (type === undefined) routine.breaches.push("a tuple without a type for each element");
        else equal(element.type, type, `element ${i}`, routine);
      }
      return;
    case "record":
      for (const { index, value } of expression.values) {
        checkExpression(value, routine);
        const field = expression.type.kind === "record" ? expression.type.fields[index] : undefined;
        if (field === undefined) routine.breaches.push("a record without a type for each field");
        else equal(value.type, field.type, `field ${field.name}`, routine);
      }
      return;
    case "increment":
      if (expression.target.kind === "variable") known(expression.target.variable, routine);
      else checkElement(expression.target.map, expression.target.key, routine);
      return;
    case "address-of":
      if (expression.of.kind === "variable") known(expression.of.variable, routine);
      return;
    case "call":
    case "subprogram-call":
      for (const argument of expression.arguments) checkExpression(argument, routine);
      return;
    case "map-reference":
      if (!routine.maps.has(expression.map)) routine.breaches.push("a map that is not the program's");
      return;
  }
}
