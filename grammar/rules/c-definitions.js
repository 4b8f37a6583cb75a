/**
 * C definitions: what headers and scripts write in structures, unions, enumerations and typedefs.
 *
 * A member has exactly one base type, which lets one token of lookahead tell type names from declared names.
 */
import { closingBrace, commaSep, commaSep1 } from "./helpers.js";

const C_OPERATORS = [
  [1, "||"],
  [2, "&&"],
  [3, "|"],
  [4, "^"],
  [5, "&"],
  [6, "=="],
  [6, "!="],
  [7, "<"],
  [7, "<="],
  [7, ">"],
  [7, ">="],
  [8, "<<"],
  [8, ">>"],
  [9, "+"],
  [9, "-"],
  [10, "*"],
  [10, "%"],
];

const fieldName = ($) => alias($.identifier, $.field_identifier);
const typeName = ($) => alias($.identifier, $.type_identifier);

const body = ($, list) => seq(field("body", list), repeat($.c_attribute));

/** A name, a body, or both; attributes before the name, before the body and behind it. */
const tagged = ($, list) =>
  choice(
    field("name", typeName($)),
    seq(field("name", typeName($)), repeat($.c_attribute), body($, list)),
    body($, list),
  );

/** `struct` and `union` share one layout. */
const aggregate = ($, keyword) => prec.right(seq(keyword, repeat($.c_attribute), tagged($, $.c_field_list)));

export default {
  c_definition: ($) =>
    prec.right(seq(field("definition", choice($.c_struct, $.c_union, $.c_enum)), optional(";"))),

  c_typedef: ($) =>
    seq(
      "typedef",
      $._c_specifiers,
      commaSep1(field("declarator", $._c_declarator)),
      repeat($.c_attribute),
      ";",
    ),

  c_struct: ($) => aggregate($, "struct"),

  c_union: ($) => aggregate($, "union"),

  c_enum: ($) => prec.right(seq("enum", repeat($.c_attribute), tagged($, $.c_enumerator_list))),

  c_enumerator_list: ($) =>
    seq("{", optional(seq(commaSep1($.c_enumerator), optional(","))), closingBrace($)),

  c_enumerator: ($) => seq(field("name", $.identifier), optional(seq("=", field("value", $._c_expression)))),

  // C wants a `;` behind the last member too, but compilers only warn.
  c_field_list: ($) =>
    seq("{", repeat(choice($._c_member, ";")), optional(alias($._c_field, $.c_field)), closingBrace($)),

  _c_member: ($) =>
    choice(
      $.c_field,
      $.c_macro_call,
      $._c_member_mark,
      $.preproc_include,
      $.preproc_define,
      $.preproc_directive,
    ),

  c_field: ($) => seq($._c_field, ";"),

  _c_field: ($) =>
    seq(
      $._c_specifiers,
      optional(
        seq(commaSep1(field("declarator", choice($._c_declarator, $.c_bit_field))), repeat($.c_attribute)),
      ),
    ),

  // Such as `DECLARE_BITMAP(bits, 64);`
  c_macro_call: ($) => seq(field("name", $.identifier), "(", commaSep($._c_expression), ")", ";"),

  c_bit_field: ($) =>
    prec.right(seq(optional(field("declarator", $._c_declarator)), ":", field("width", $._c_expression))),

  c_attribute: ($) =>
    seq(
      choice("__attribute__", "__attribute"),
      "(",
      "(",
      commaSep(seq(field("name", $.identifier), optional($.c_attribute_arguments))),
      ")",
      ")",
    ),

  c_attribute_arguments: ($) => seq("(", commaSep($._c_expression), ")"),

  _c_specifiers: ($) =>
    seq(
      repeat(choice($.c_qualifier, $.c_attribute)),
      field("type", $._c_type),
      repeat(choice($.c_qualifier)),
    ),

  _c_type: ($) => choice($.c_primitive_type, typeName($), $.c_struct, $.c_union, $.c_enum, $.c_typeof),

  c_typeof: ($) => seq(choice("typeof", "__typeof__"), "(", choice($._c_expression, $.c_type_name), ")"),

  c_primitive_type: (_) =>
    prec.right(
      repeat1(
        choice(
          "void",
          "char",
          "short",
          "int",
          "long",
          "signed",
          "unsigned",
          "float",
          "double",
          "_Bool",
          "bool",
          "__int128",
          "_Complex",
        ),
      ),
    ),

  c_qualifier: (_) =>
    choice(
      "const",
      "volatile",
      "restrict",
      "__restrict",
      "__restrict__",
      "_Atomic",
      "__extension__",
      "__user",
      "__kernel",
      "__iomem",
      "__percpu",
      "__rcu",
      "__force",
      "__packed",
      "__aligned_u64",
    ),

  _c_declarator: ($) =>
    choice(
      fieldName($),
      $.c_pointer_declarator,
      $.c_array_declarator,
      $.c_function_declarator,
      $.c_parenthesized_declarator,
    ),

  c_pointer_declarator: ($) =>
    prec.right(1, seq("*", repeat($.c_qualifier), field("declarator", $._c_declarator))),

  c_array_declarator: ($) =>
    prec(2, seq(field("declarator", $._c_declarator), "[", optional(field("size", $._c_expression)), "]")),

  c_function_declarator: ($) =>
    prec(2, seq(field("declarator", $._c_declarator), field("parameters", $.c_parameter_list))),

  c_parenthesized_declarator: ($) =>
    seq("(", repeat($.c_attribute), field("declarator", $._c_declarator), ")"),

  c_parameter_list: ($) => seq("(", commaSep(choice($.c_parameter, "...")), ")"),

  c_parameter: ($) =>
    seq(
      $._c_specifiers,
      optional(field("declarator", choice($._c_declarator, $._c_abstract_declarator))),
      repeat($.c_attribute),
    ),

  _c_abstract_declarator: ($) =>
    choice($.c_abstract_pointer, $.c_abstract_array, $.c_abstract_function, $.c_abstract_parenthesized),

  c_abstract_pointer: ($) =>
    prec.right(1, seq("*", repeat($.c_qualifier), optional(field("declarator", $._c_abstract_declarator)))),

  c_abstract_array: ($) =>
    prec.right(
      2,
      seq(
        optional(field("declarator", $._c_abstract_declarator)),
        "[",
        optional(field("size", $._c_expression)),
        "]",
      ),
    ),

  c_abstract_function: ($) =>
    prec(2, seq(field("declarator", $._c_abstract_declarator), field("parameters", $.c_parameter_list))),

  c_abstract_parenthesized: ($) => seq("(", field("declarator", $._c_abstract_declarator), ")"),

  c_type_name: ($) =>
    seq(
      repeat($.c_qualifier),
      field("type", choice($.c_primitive_type, $.c_struct, $.c_union, $.c_enum)),
      repeat($.c_qualifier),
      repeat("*"),
    ),

  _c_expression: ($) =>
    choice(
      $.c_binary_expression,
      $.c_unary_expression,
      $.c_conditional_expression,
      $.c_sizeof_expression,
      $.c_call_expression,
      $.c_parenthesized_expression,
      $.integer_literal,
      $.c_character_literal,
      $.string_literal,
      $.identifier,
    ),

  c_binary_expression: ($) =>
    choice(
      ...[...C_OPERATORS, [10, alias($._division, "/")]].map(([precedence, operator]) =>
        prec.left(
          precedence,
          seq(field("left", $._c_expression), field("operator", operator), field("right", $._c_expression)),
        ),
      ),
    ),

  c_unary_expression: ($) =>
    prec(11, seq(field("operator", choice("-", "+", "~", "!")), field("operand", $._c_expression))),

  c_conditional_expression: ($) =>
    prec.right(
      0,
      seq(
        field("condition", $._c_expression),
        "?",
        field("consequence", $._c_expression),
        ":",
        field("alternative", $._c_expression),
      ),
    ),

  c_sizeof_expression: ($) =>
    seq("sizeof", "(", field("argument", choice($.c_type_name, $._c_expression)), ")"),

  c_call_expression: ($) =>
    prec(
      12,
      seq(field("function", $.identifier), "(", commaSep(choice($._c_expression, $.c_type_name)), ")"),
    ),

  c_parenthesized_expression: ($) => seq("(", $._c_expression, ")"),

  c_character_literal: (_) => /'(\\[^\n]|[^'\\\n])+'/,
};
