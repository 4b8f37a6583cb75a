/** The tables of all nodes of statements, expressions and types. */

import { compoundRules } from "./compound-expressions.ts";
import { controlRules } from "./control.ts";
import { leafRules } from "./leaves.ts";
import { operatorRules } from "./operators.ts";
import type { Rules } from "./reader.ts";
import { statementRules } from "./statements.ts";
import { typeRules } from "./types.ts";

export const rules: Rules = {
  expressions: { ...leafRules, ...operatorRules, ...compoundRules, ...controlRules },
  types: typeRules,
  statements: statementRules,
};
