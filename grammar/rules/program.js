/** The file as a whole and its top-level items other than probes and C. */
import { closing, closingBrace, commaSep } from "./helpers.js";

const body = ($) => choice(field("body", $.block), alias($._unfinished, $.unfinished));

export default {
  source_file: ($) => seq(optional($.shebang), repeat($._item)),

  shebang: (_) => token(prec(1, /#![^\n]*/)),

  // Upstream wants C first, then config and imports, then the rest. The order is checked when lowering, so that one
  // misplaced item does not hide the others.
  _item: ($) =>
    choice(
      $.preproc_include,
      $.preproc_define,
      $.preproc_directive,
      $.c_definition,
      $.c_typedef,
      $.config_block,
      $.import_declaration,
      $.map_declaration,
      $.macro_definition,
      $.function_definition,
      $.probe,
      // Only a place for the parser to go back to when an item is given up.
      $._unfinished,
    ),

  config_block: ($) =>
    seq(
      "config",
      "=",
      "{",
      optional(seq($.config_assignment, repeat(seq(";", $.config_assignment)), optional(";"))),
      closingBrace($),
    ),

  config_assignment: ($) => seq(field("name", $.identifier), "=", field("value", $._config_value)),

  _config_value: ($) => choice($.string_literal, $.boolean_literal, $.integer_literal, $.identifier),

  import_declaration: ($) => seq("import", field("path", $.string_literal), ";"),

  map_declaration: ($) =>
    seq(
      "let",
      field("map", $.map),
      "=",
      field("kind", $.identifier),
      "(",
      field("max_entries", $.integer_literal),
      ")",
      optional(";"),
    ),

  macro_definition: ($) =>
    seq("macro", field("name", $.identifier), field("parameters", $.macro_parameters), body($)),

  // A builtin's name is refused as a parameter when lowering.
  macro_parameters: ($) =>
    seq("(", commaSep(choice($.variable, $.map, $.identifier, $.builtin)), closing($, ")")),

  function_definition: ($) =>
    seq(
      "fn",
      field("name", $.identifier),
      field("parameters", $.parameters),
      ":",
      field("return_type", $._type),
      body($),
    ),

  parameters: ($) => seq("(", commaSep($.parameter), closing($, ")")),

  parameter: ($) => seq(field("name", $.variable), ":", field("type", $._type)),

  line_comment: (_) => token(seq("//", /[^\n]*/)),
};
