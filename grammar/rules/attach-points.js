/**
 * Probes and their attach points.
 *
 * White space ends an attach point, so everything behind the provider is an immediate token. The scanner tells the
 * provider families apart; each has its own layout of parts.
 */
import { commaSep1 } from "./helpers.js";

const colon = token.immediate(":");
const at = token.immediate("@");
const plus = token.immediate("+");

const provider = ($, family) => field("provider", alias($[`_provider_${family}`], $.provider));
const raw = ($, name) => field(name, alias($._raw_part, $.attach_part));
const number = ($, name) =>
  field(name, choice(alias($._number_text, $.attach_number), alias($._raw_part, $.attach_part)));

/** A function with an optional offset, or an address. */
const location = ($) =>
  choice(
    field("address", alias($._number_text, $.attach_number)),
    seq(field("function", alias($._name_part, $.attach_part)), optional(seq(plus, number($, "offset")))),
  );

/** The pieces of one part; `text` is the scanner's token for plain characters. */
const pieces = ($, text) =>
  prec.right(
    repeat1(
      choice(
        alias(text, $.attach_text),
        alias($._wildcard_text, $.wildcard),
        alias($._class_text, $.character_class),
        alias($._quoted_text, $.quoted_text),
        alias($._positional_text, $.positional_parameter),
      ),
    ),
  );

export default {
  probe: ($) =>
    seq(
      commaSep1(field("attach_point", $.attach_point)),
      optional(","),
      optional(field("predicate", $.predicate)),
      field("body", $.block),
    ),

  predicate: ($) =>
    seq(alias($._predicate_open, "/"), field("condition", $.expression), alias($._predicate_close, "/")),

  attach_point: ($) =>
    seq(
      optional(seq(field("label", alias($._label, $.identifier)), token.immediate("="))),
      choice(
        seq(provider($, "plain"), optional(seq(colon, raw($, "part")))),
        seq(provider($, "self"), colon, raw($, "trigger"), colon, raw($, "signal")),
        seq(provider($, "named"), colon, raw($, "name")),
        seq(
          provider($, "kprobe"),
          colon,
          optional(seq(field("module", alias($._name_part, $.attach_part)), colon)),
          location($),
        ),
        $._fentry_parts,
        $._uprobe_parts,
        $._usdt_parts,
        seq(provider($, "tracepoint"), colon, optional(seq(raw($, "category"), colon)), raw($, "event")),
        seq(provider($, "rawtracepoint"), colon, optional(seq(raw($, "module"), colon)), raw($, "event")),
        seq(provider($, "iter"), colon, raw($, "name"), optional(seq(colon, raw($, "pin")))),
        seq(provider($, "timer"), colon, optional(seq(raw($, "unit"), colon)), number($, "count")),
        seq(provider($, "event"), colon, raw($, "event"), optional(seq(colon, optional(number($, "count"))))),
        seq(
          provider($, "watchpoint"),
          colon,
          number($, "address"),
          colon,
          number($, "length"),
          colon,
          raw($, "mode"),
        ),
        seq(provider($, "other"), repeat(seq(choice(colon, at), optional(raw($, "part"))))),
      ),
    ),

  _fentry_parts: ($) =>
    seq(
      provider($, "fentry"),
      colon,
      optional(seq(raw($, "module"), colon, optional(seq(number($, "program"), colon)))),
      raw($, "function"),
    ),

  _uprobe_parts: ($) => {
    const target = alias($._target_part, $.attach_part);
    return choice(
      seq(provider($, "uprobe"), colon, field("function", target), optional(seq(plus, number($, "offset")))),
      seq(
        provider($, "uprobe"),
        colon,
        optional(field("target", target)),
        colon,
        optional(seq(field("language", alias($._name_part, $.attach_part)), colon)),
        location($),
      ),
      seq(
        provider($, "uprobe"),
        colon,
        optional(field("target", target)),
        at,
        raw($, "source_file"),
        colon,
        number($, "line"),
        optional(seq(colon, number($, "column"))),
      ),
    );
  },

  _usdt_parts: ($) =>
    seq(
      provider($, "usdt"),
      colon,
      choice(
        raw($, "event"),
        seq(
          optional(raw($, "target")),
          colon,
          optional(seq(optional(raw($, "namespace")), colon)),
          raw($, "event"),
        ),
      ),
    ),

  // Plain characters of a part: `+` is one of them.
  _raw_part: ($) => pieces($, $._raw_text),
  // As above, but `+` starts an offset.
  _name_part: ($) => pieces($, $._name_text),
  // A path as long as another part follows, else a function, where `+` starts an offset.
  _target_part: ($) => pieces($, $._target_text),
};
