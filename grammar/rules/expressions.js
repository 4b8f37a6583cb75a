/** Expressions, by precedence. */
import { closing, comma, listed, operand } from "./helpers.js";

const PRECEDENCE = {
  conditional: 1,
  or: 2,
  and: 3,
  bitwiseOr: 4,
  bitwiseXor: 5,
  bitwiseAnd: 6,
  equality: 7,
  relation: 8,
  shift: 9,
  sum: 10,
  product: 11,
  prefix: 12,
  postfix: 13,
};

const binaryOperators = ($) => [
  [PRECEDENCE.or, "||"],
  [PRECEDENCE.and, "&&"],
  [PRECEDENCE.bitwiseOr, "|"],
  [PRECEDENCE.bitwiseXor, "^"],
  [PRECEDENCE.bitwiseAnd, "&"],
  [PRECEDENCE.equality, "=="],
  [PRECEDENCE.equality, "!="],
  [PRECEDENCE.relation, "<"],
  [PRECEDENCE.relation, "<="],
  [PRECEDENCE.relation, ">"],
  [PRECEDENCE.relation, ">="],
  [PRECEDENCE.shift, "<<"],
  [PRECEDENCE.shift, ">>"],
  [PRECEDENCE.sum, "+"],
  [PRECEDENCE.sum, "-"],
  [PRECEDENCE.product, "*"],
  [PRECEDENCE.product, alias($._division, "/")],
  [PRECEDENCE.product, "%"],
];

/** A type that is more than a lone name: where types and expressions meet, a lone name stays an identifier. */
const typeOrExpression = ($) => choice($._composed_type, $._expression);

const argument = ($) => choice($._expression, $.typeof_type);

export default {
  _expression: ($) =>
    choice(
      $.conditional_expression,
      $.binary_expression,
      $.unary_expression,
      $.update_expression,
      $.cast_expression,
      $.comptime_expression,
      $.field_expression,
      $.tuple_access,
      $.index_expression,
      $.call_expression,
      $.map_access,
      $.parenthesized_expression,
      $.tuple_expression,
      $.record_expression,
      $.if_expression,
      $.block,
      $.sizeof_expression,
      $.offsetof_expression,
      $.typeinfo_expression,
      $.boolean_literal,
      $.integer_literal,
      $.string_literal,
      $.builtin,
      $.identifier,
      alias("_", $.identifier),
      $.variable,
      $.map,
      $.positional_parameter,
      $.parameter_count,
    ),

  conditional_expression: ($) =>
    prec.right(
      PRECEDENCE.conditional,
      seq(
        field("condition", $._expression),
        "?",
        optional(field("consequence", $._expression)),
        ":",
        field("alternative", operand($)),
      ),
    ),

  binary_expression: ($) =>
    choice(
      ...binaryOperators($).map(([precedence, operator]) =>
        prec.left(
          precedence,
          seq(field("left", $._expression), field("operator", operator), field("right", operand($))),
        ),
      ),
    ),

  unary_expression: ($) =>
    prec.right(
      PRECEDENCE.prefix,
      seq(field("operator", choice("&", "*", "!", "~", "-")), field("operand", operand($))),
    ),

  // Prefix or postfix by the order of the fields.
  update_expression: ($) =>
    choice(
      prec.right(
        PRECEDENCE.prefix,
        seq(field("operator", choice("++", "--")), field("operand", $._expression)),
      ),
      prec.left(
        PRECEDENCE.postfix,
        seq(field("operand", $._expression), field("operator", choice("++", "--"))),
      ),
    ),

  // The scanner decides by what follows the `)`, without knowing which names are types.
  cast_expression: ($) =>
    prec.dynamic(
      1,
      prec.right(
        PRECEDENCE.prefix,
        seq("(", field("type", $._type), alias($._cast_close, ")"), field("value", $._expression)),
      ),
    ),

  comptime_expression: ($) => prec.right(PRECEDENCE.prefix, seq("comptime", field("operand", $._expression))),

  field_expression: ($) =>
    prec.left(
      PRECEDENCE.postfix,
      seq(
        field("object", $._expression),
        field("operator", choice(".", "->")),
        field(
          "field",
          choice(alias($.identifier, $.field_identifier), alias($._operand_missing, $.unfinished)),
        ),
      ),
    ),

  tuple_access: ($) =>
    prec.left(
      PRECEDENCE.postfix,
      seq(field("object", $._expression), ".", field("index", $.integer_literal)),
    ),

  index_expression: ($) =>
    prec.left(
      PRECEDENCE.postfix,
      seq(field("object", $._expression), "[", field("index", operand($)), closing($, "]")),
    ),

  map_access: ($) =>
    prec(
      PRECEDENCE.postfix + 1,
      seq(field("map", $.map), "[", listed($, field("key", operand($))), closing($, "]")),
    ),

  call_expression: ($) =>
    prec(
      PRECEDENCE.postfix + 1,
      seq(field("function", choice($.identifier, $.builtin)), field("arguments", $.arguments)),
    ),

  arguments: ($) =>
    seq(
      alias($._call_parenthesis, "("),
      optional(
        seq(argument($), repeat(seq(comma($), choice(argument($), alias($._operand_missing, $.unfinished))))),
      ),
      closing($, ")"),
    ),

  parenthesized_expression: ($) => seq("(", field("expression", $._expression), closing($, ")")),

  tuple_expression: ($) =>
    seq(
      "(",
      optional(
        seq(
          field("element", $._expression),
          comma($),
          optional(seq(listed($, field("element", $._expression)), optional(","))),
        ),
      ),
      closing($, ")"),
    ),

  record_expression: ($) => seq("(", listed($, field("field", $.record_field)), closing($, ")")),

  record_field: ($) =>
    seq(field("name", alias($.identifier, $.field_identifier)), "=", field("value", operand($))),

  if_expression: ($) =>
    prec.right(
      seq(
        "if",
        field("condition", $._expression),
        field("consequence", $.block),
        optional(seq("else", field("alternative", choice($.block, $.if_expression)))),
      ),
    ),

  sizeof_expression: ($) => seq("sizeof", "(", field("argument", typeOrExpression($)), closing($, ")")),

  typeinfo_expression: ($) => seq("typeinfo", "(", field("argument", typeOrExpression($)), closing($, ")")),

  offsetof_expression: ($) =>
    seq(
      "offsetof",
      "(",
      field("argument", typeOrExpression($)),
      ",",
      field("path", $.field_path),
      closing($, ")"),
    ),

  field_path: ($) =>
    seq(alias($.identifier, $.field_identifier), repeat(seq(".", alias($.identifier, $.field_identifier)))),
};
