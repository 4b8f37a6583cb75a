/** Blocks and statements. */
import { closing, closingBrace, operand } from "./helpers.js";

const ASSIGNMENT_OPERATORS = ["=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>="];

/** Statements that end with `;`, or with nothing before `}`: name → content. */
const TERMINATED = {
  import_statement: ($) => seq("import", field("path", $.string_literal)),
  break_statement: (_) => "break",
  continue_statement: (_) => "continue",
  return_statement: ($) =>
    prec.right(seq("return", optional(choice(field("value", $._expression), $._no_separator_mark)))),
  discard_statement: ($) => prec(1, seq("_", "=", field("value", operand($)))),
  let_statement: ($) =>
    seq(
      "let",
      field("variable", $.variable),
      optional(seq(":", field("type", $._type))),
      optional(seq("=", field("value", operand($)))),
    ),
  // Any postfix expression may stand on the left; lowering says which ones cannot be assigned.
  assignment_statement: ($) =>
    seq(
      field("target", $._expression),
      field("operator", choice(...ASSIGNMENT_OPERATORS)),
      field("value", operand($)),
    ),
};

/** `;`, or nothing where the line ends and the next one starts another statement. */
const semicolon = ($) => choice(";", alias($._semicolon_missing, $.unfinished));

const terminatedRules = Object.fromEntries(
  Object.entries(TERMINATED).flatMap(([name, content]) => [
    [`_${name}`, content],
    [name, ($) => seq($[`_${name}`], semicolon($))],
  ]),
);

export default {
  ...terminatedRules,

  // A last expression without `;` is the value of the block.
  block: ($) =>
    seq(
      "{",
      repeat($._statement),
      optional(choice(field("value", $._expression), $._last_statement)),
      closingBrace($),
    ),

  _last_statement: ($) => choice(...Object.keys(TERMINATED).map((name) => alias($[`_${name}`], $[name]))),

  _statement: ($) =>
    choice(
      ...Object.keys(TERMINATED).map((name) => $[name]),
      $.while_statement,
      $.unroll_statement,
      $.for_statement,
      $.expression_statement,
    ),

  while_statement: ($) => seq("while", field("condition", $._expression), field("body", $.block)),

  unroll_statement: ($) => seq("unroll", field("count", $._expression), field("body", $.block)),

  for_statement: ($) =>
    seq("for", choice(seq("(", $._for_head, closing($, ")")), $._for_head), field("body", $.block)),

  _for_head: ($) => seq(field("variable", $.variable), ":", field("iterable", $._iterable)),

  _iterable: ($) => choice($.map, $.range),

  range: ($) => seq(field("start", $._expression), "..", field("end", operand($))),

  // Behind `if` and blocks the `;` is optional. Low precedence: an operator that follows belongs to the expression.
  expression_statement: ($) =>
    choice(
      seq(field("expression", $._expression), semicolon($)),
      prec(-1, seq(field("expression", choice($.if_expression, $.block)), optional($._no_separator_mark))),
    ),
};
