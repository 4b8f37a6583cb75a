/**
 * The bpftrace tracing language.
 *
 * A name, type, operator or attach-point part is always its own node, so that nothing behind the parser splits
 * text again. What a rule accepts too generously on purpose (order of top-level items, targets of assignments,
 * literal ranges) is diagnosed when the tree is lowered; NODES.md lists those places.
 */
import attachPoints from "./rules/attach-points.js";
import cDefinitions from "./rules/c-definitions.js";
import expressions from "./rules/expressions.js";
import literals from "./rules/literals.js";
import preprocessor from "./rules/preprocessor.js";
import program from "./rules/program.js";
import statements from "./rules/statements.js";
import types from "./rules/types.js";

export default grammar({
  name: "bpftrace",

  // The order is the order of `enum token_type` in src/scanner.c.
  externals: ($) => [
    $.block_comment,
    $._string_content,
    $._directive_name,
    $._directive_text,
    $._division,
    $._predicate_open,
    $._predicate_close,
    $._cast_close,
    $._label,
    $._provider_plain,
    $._provider_self,
    $._provider_named,
    $._provider_kprobe,
    $._provider_fentry,
    $._provider_uprobe,
    $._provider_usdt,
    $._provider_tracepoint,
    $._provider_rawtracepoint,
    $._provider_iter,
    $._provider_timer,
    $._provider_event,
    $._provider_watchpoint,
    $._provider_other,
    $._raw_text,
    $._name_text,
    $._target_text,
    $._number_text,
    $._wildcard_text,
    $._class_text,
    $._quoted_text,
    $._positional_text,
    // External, because the state of the scanner is looked up from the last external token of what is reused: the
    // closer to its end, the better.
    $._closing_brace,
    // External, so that the scanner knows where a parenthesis cannot open a call.
    $._call_parenthesis,
    // Empty tokens for what is missing: `;` or `,` before what cannot go on with an expression, `)` or `]` before the
    // end of a statement, an operand before what closes.
    $._semicolon_missing,
    $._comma_missing,
    $._enclosure_missing,
    $._operand_missing,
    // Never scanned: tells the scanner that an operand may follow although a separator may, too.
    $._no_separator_mark,
    // An item ends here although something in it is still open.
    $._unfinished,
    // Never scanned: tells the scanner that it is among the members of a structure.
    $._c_member_mark,
    $._error_sentinel,
  ],

  extras: ($) => [/\s/, $.line_comment, $.block_comment],

  word: ($) => $.identifier,

  inline: ($) => [$._iterable],

  conflicts: ($) => [
    // `(name * …` and `(name[4] …` are a type or an expression until the `)`.
    [$._expression, $._type],
    // `name (` in a structure: a macro call or a type before `(*f)(…)`.
    [$.c_macro_call, $._c_type],
  ],

  rules: {
    ...program,
    ...preprocessor,
    ...cDefinitions,
    ...attachPoints,
    ...statements,
    ...expressions,
    ...types,
    ...literals,
  },
});
