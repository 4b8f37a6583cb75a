/** Expressions, by precedence. */
import { commaSep, commaSep1 } from "./helpers.js";

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
        field("alternative", $._expression),
      ),
    ),

  binary_expression: ($) =>
    choice(
      ...binaryOperators($).map(([precedence, operator]) =>
        prec.left(
          precedence,
          seq(field("left", $._expression), field("operator", operator), field("right", $._expression)),
        ),
      ),
    ),

  unary_expression: ($) =>
    prec.right(
      PRECEDENCE.prefix,
      seq(field("operator", choice("&", "*", "!", "~", "-")), field("operand", $._expression)),
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
        field("field", alias($.identifier, $.field_identifier)),
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
      seq(field("object", $._expression), "[", field("index", $._expression), "]"),
    ),

  map_access: ($) =>
    prec(PRECEDENCE.postfix + 1, seq(field("map", $.map), "[", commaSep1(field("key", $._expression)), "]")),

  call_expression: ($) =>
    prec(
      PRECEDENCE.postfix + 1,
      seq(field("function", choice($.identifier, $.builtin)), field("arguments", $.arguments)),
    ),

  arguments: ($) => seq("(", commaSep(choice($._expression, $.typeof_type)), ")"),

  parenthesized_expression: ($) => seq("(", field("expression", $._expression), ")"),

  tuple_expression: ($) =>
    seq(
      "(",
      optional(
        seq(
          field("element", $._expression),
          ",",
          optional(seq(commaSep1(field("element", $._expression)), optional(","))),
        ),
      ),
      ")",
    ),

  record_expression: ($) => seq("(", commaSep1(field("field", $.record_field)), ")"),

  record_field: ($) =>
    seq(field("name", alias($.identifier, $.field_identifier)), "=", field("value", $._expression)),

  if_expression: ($) =>
    prec.right(
      seq(
        "if",
        field("condition", $._expression),
        field("consequence", $.block),
        optional(seq("else", field("alternative", choice($.block, $.if_expression)))),
      ),
    ),

  sizeof_expression: ($) => seq("sizeof", "(", field("argument", typeOrExpression($)), ")"),

  typeinfo_expression: ($) => seq("typeinfo", "(", field("argument", typeOrExpression($)), ")"),

  offsetof_expression: ($) =>
    seq("offsetof", "(", field("argument", typeOrExpression($)), ",", field("path", $.field_path), ")"),

  field_path: ($) =>
    seq(alias($.identifier, $.field_identifier), repeat(seq(".", alias($.identifier, $.field_identifier)))),
};
