/**
 * C preprocessor lines: one physical line each.
 *
 * The scanner reads names and texts of a line, because only it can refuse to look past the newline.
 */

/** `#word` with optional blanks after the hash. */
const directive = (word) => alias(token(prec(1, seq("#", /[ \t]*/, word))), `#${word}`);

export default {
  preproc_include: ($) =>
    seq(directive("include"), field("path", choice($.system_path, alias($._quoted_path, $.string_literal)))),

  system_path: (_) => /<[^>\n]*>/,

  _quoted_path: ($) => seq('"', optional(alias($._string_content, $.string_content)), token.immediate('"')),

  preproc_define: ($) =>
    seq(
      directive("define"),
      field("name", alias($._directive_name, $.identifier)),
      optional(field("parameters", $.preproc_parameters)),
      optional(field("value", alias($._directive_text, $.preproc_text))),
    ),

  preproc_parameters: ($) =>
    seq(
      token.immediate("("),
      optional(seq($._preproc_parameter, repeat(seq(",", $._preproc_parameter)))),
      ")",
    ),

  _preproc_parameter: ($) => choice($.identifier, "..."),

  preproc_directive: ($) =>
    seq(
      field("directive", $.directive_name),
      optional(field("argument", alias($._directive_text, $.preproc_text))),
    ),

  // `#` alone is a line, too.
  directive_name: (_) => token(choice("#", seq("#", /[ \t]*/, /[A-Za-z_][A-Za-z0-9_]*/))),
};
