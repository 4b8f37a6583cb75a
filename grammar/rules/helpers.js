/** Small combinators shared by the rule files. */

/** One or more of `rule`, separated by commas. */
export const commaSep1 = (rule) => seq(rule, repeat(seq(",", rule)));

/** Any number of `rule`, separated by commas. */
export const commaSep = (rule) => optional(commaSep1(rule));

/** As `commaSep1`, for what stands in brackets: a comma may be missing where the next one starts. */
export const listed = ($, rule) => seq(rule, repeat(seq(comma($), rule)));

/** `,`, or nothing where what follows cannot go on with an expression. */
export const comma = ($) => choice(",", alias($._comma_missing, $.unfinished));

/** A closing bracket, or nothing where the statement ends before it. */
export const closing = ($, bracket) => choice(bracket, alias($._enclosure_missing, $.unfinished));

/** An expression, or nothing where one must stand but something closes instead. */
export const operand = ($) => choice($._expression, alias($._operand_missing, $.unfinished));

/** `}`, or nothing where the next item starts or the file ends. */
export const closingBrace = ($) => choice(alias($._closing_brace, "}"), alias($._unfinished, $.unfinished));
