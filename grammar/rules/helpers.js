/** Small combinators shared by the rule files. */

/** One or more of `rule`, separated by commas. */
export const commaSep1 = (rule) => seq(rule, repeat(seq(",", rule)));

/** Any number of `rule`, separated by commas. */
export const commaSep = (rule) => optional(commaSep1(rule));
