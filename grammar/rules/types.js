/** Types. */
import { closing } from "./helpers.js";

export default {
  _type: ($) => choice(alias($.identifier, $.type_identifier), $._composed_type),

  _composed_type: ($) => choice($.tagged_type, $.pointer_type, $.array_type, $.typeof_type),

  tagged_type: ($) =>
    seq(
      field("tag", choice("struct", "union", "enum")),
      field("name", alias($.identifier, $.type_identifier)),
    ),

  pointer_type: ($) => prec.dynamic(1, seq(field("target", $._type), "*")),

  // Without a size the length is inferred.
  array_type: ($) =>
    prec.dynamic(1, seq(field("element", $._type), "[", optional(field("size", $.integer_literal)), "]")),

  typeof_type: ($) =>
    seq("typeof", "(", field("argument", choice($._composed_type, $._expression)), closing($, ")")),
};
