/** Blocks and statements. */

const ASSIGNMENT_OPERATORS = ["=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>="];

/** Statements that end with `;`, or with nothing before `}`: name → content. */
const TERMINATED = {
  import_statement: ($) => seq("import", field("path", $.string_literal)),
  break_statement: (_) => "break",
  continue_statement: (_) => "continue",
  return_statement: ($) => prec.right(seq("return", optional(field("value", $._expression)))),
  discard_statement: ($) => prec(1, seq("_", "=", field("value", $._expression))),
  let_statement: ($) =>
    seq(
      "let",
      field("variable", $.variable),
      optional(seq(":", field("type", $._type))),
      optional(seq("=", field("value", $._expression))),
    ),
  // Any postfix expression may stand on the left; lowering says which ones cannot be assigned.
  assignment_statement: ($) =>
    seq(
      field("target", $._expression),
      field("operator", choice(...ASSIGNMENT_OPERATORS)),
      field("value", $._expression),
    ),
};

const terminatedRules = Object.fromEntries(
  Object.entries(TERMINATED).flatMap(([name, content]) => [
    [`_${name}`, content],
    [name, ($) => seq($[`_${name}`], ";")],
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
      choice("}", alias($._unfinished, $.unfinished)),
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

  for_statement: ($) => seq("for", choice(seq("(", $._for_head, ")"), $._for_head), field("body", $.block)),

  _for_head: ($) => seq(field("variable", $.variable), ":", field("iterable", $._iterable)),

  _iterable: ($) => choice($.map, $.range),

  range: ($) => seq(field("start", $._expression), "..", field("end", $._expression)),

  // Behind `if` and blocks the `;` is optional. Low precedence: an operator that follows belongs to the expression.
  expression_statement: ($) =>
    choice(
      seq(field("expression", $._expression), ";"),
      prec(-1, field("expression", choice($.if_expression, $.block))),
    ),
};
