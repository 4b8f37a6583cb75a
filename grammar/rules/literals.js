/** Names and literals. */
export default {
  // Names that are never looked up as macros; before `identifier`, because the earlier of two equally long tokens
  // wins. All digits after `arg` are optional, after `sarg` one is needed.
  builtin: (_) =>
    token(
      choice(
        "args",
        "ctx",
        "kstack",
        "ustack",
        "nsecs",
        "pid",
        "tid",
        /arg[0-9]*/,
        /sarg[0-9]+/,
        "__builtin_comm",
        "__builtin_cpid",
        "__builtin_cpu",
        "__builtin_dw_ustack",
        "__builtin_elapsed",
        "__builtin_func",
        "__builtin_ncpus",
        "__builtin_probe",
        "__builtin_retval",
        "__builtin_usermode",
      ),
    ),

  identifier: (_) => /[A-Za-z_][A-Za-z0-9_]*/,

  variable: (_) => /\$[A-Za-z_][A-Za-z0-9_]*/,

  map: (_) => /@([A-Za-z_][A-Za-z0-9_]*)?/,

  positional_parameter: (_) => /\$[0-9]+/,

  parameter_count: (_) => "$#",

  boolean_literal: (_) => choice("true", "false"),

  // Hexadecimal literals end at the first other character; decimal ones swallow the whole word, whose suffix is
  // checked when lowering.
  integer_literal: (_) =>
    token(choice(/0[xX][0-9a-fA-F_]*/, /[1-9][0-9A-Za-z_]*/, /0([0-9A-WYZa-wyz_][0-9A-Za-z_]*)?/)),

  string_literal: ($) =>
    seq(
      '"',
      repeat(choice(alias($._string_content, $.string_content), $.escape_sequence, $.conversion)),
      token.immediate('"'),
    ),

  // What printf and strftime would replace, in any string: queries know which calls read formats. The scanner ends the
  // text before it where its `at_conversion` sees one: both must agree.
  conversion: (_) => token.immediate(/%[-+ #]*[0-9.*]*((hh?|ll?|[jztL])?(r[xh]|gr|[A-Za-z])|%)/),

  // Escapes that do not exist are tokens too; lowering reports them.
  escape_sequence: (_) => token.immediate(seq("\\", choice(/[0-7]{1,3}/, /[xX][0-9A-Fa-f]{0,2}/, /[^\n]/))),
};
