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
const raw = ($, role) => field(role, alias($._raw_part, $.attach_part));
const name = ($, role) => field(role, alias($._name_part, $.attach_part));
const number = ($, role) =>
  field(role, choice(alias($._number_text, $.attach_number), alias($._raw_part, $.attach_part)));

/** A function with an optional offset, or an address. */
const location = ($) =>
  choice(
    field("address", alias($._number_text, $.attach_number)),
    seq(name($, "function"), optional(seq(plus, optional(number($, "offset"))))),
  );

/** Parts beyond those a provider knows. */
const surplus = ($) => repeat(seq(choice(colon, at), optional(raw($, "part"))));

/**
 * A provider and its parts, each of which may still be missing. One layout has as many parts as it lists; the longest
 * one also stands for all shorter counts that have no layout of their own, and for more.
 */
const parts = ($, family, ...layouts) => {
  const longest = layouts[layouts.length - 1];
  const withColons = (layout) => layout.map((part) => seq(colon, optional(part)));
  const shorter = longest
    .map((_, index) => longest.slice(0, index))
    .filter((prefix) => !layouts.some((layout) => layout.length === prefix.length));
  return choice(
    ...[...shorter, ...layouts.slice(0, -1)].map((layout) => seq(provider($, family), ...withColons(layout))),
    seq(provider($, family), ...withColons(longest), surplus($)),
  );
};

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
      choice(field("body", $.block), alias($._unfinished, $.unfinished)),
    ),

  predicate: ($) =>
    seq(alias($._predicate_open, "/"), field("condition", $._expression), alias($._predicate_close, "/")),

  // How many parts a provider must have is checked when lowering: a half-typed attach point is one, too.
  attach_point: ($) =>
    seq(
      optional(seq(field("label", alias($._label, $.identifier)), token.immediate("="))),
      choice(
        $._plain_parts,
        $._self_parts,
        $._named_parts,
        $._kprobe_parts,
        $._fentry_parts,
        $._uprobe_parts,
        $._usdt_parts,
        $._tracepoint_parts,
        $._rawtracepoint_parts,
        $._iter_parts,
        $._timer_parts,
        $._event_parts,
        $._watchpoint_parts,
        $._other_parts,
      ),
    ),

  _plain_parts: ($) => seq(provider($, "plain"), surplus($)),

  _self_parts: ($) => parts($, "self", [raw($, "trigger"), raw($, "signal")]),

  _named_parts: ($) => parts($, "named", [raw($, "name")]),

  _kprobe_parts: ($) => parts($, "kprobe", [location($)], [name($, "module"), location($)]),

  _fentry_parts: ($) =>
    parts(
      $,
      "fentry",
      [raw($, "function")],
      [raw($, "module"), raw($, "function")],
      [raw($, "module"), number($, "program"), raw($, "function")],
    ),

  _uprobe_parts: ($) => {
    const target = alias($._target_part, $.attach_part);
    return choice(
      parts(
        $,
        "uprobe",
        [seq(field("function", target), optional(seq(plus, optional(number($, "offset")))))],
        [field("target", target), location($)],
        [field("target", target), name($, "language"), location($)],
      ),
      seq(
        provider($, "uprobe"),
        colon,
        optional(field("target", target)),
        at,
        optional(raw($, "source_file")),
        optional(
          seq(
            colon,
            optional(number($, "line")),
            optional(seq(colon, optional(number($, "column")), surplus($))),
          ),
        ),
      ),
    );
  },

  _usdt_parts: ($) =>
    parts(
      $,
      "usdt",
      [raw($, "event")],
      [raw($, "target"), raw($, "event")],
      [raw($, "target"), raw($, "namespace"), raw($, "event")],
    ),

  _tracepoint_parts: ($) => parts($, "tracepoint", [raw($, "event")], [raw($, "category"), raw($, "event")]),

  _rawtracepoint_parts: ($) =>
    parts($, "rawtracepoint", [raw($, "event")], [raw($, "module"), raw($, "event")]),

  _iter_parts: ($) => parts($, "iter", [raw($, "name")], [raw($, "name"), raw($, "pin")]),

  _timer_parts: ($) => parts($, "timer", [number($, "count")], [raw($, "unit"), number($, "count")]),

  _event_parts: ($) => parts($, "event", [raw($, "event")], [raw($, "event"), number($, "count")]),

  _watchpoint_parts: ($) =>
    parts($, "watchpoint", [number($, "address"), number($, "length"), raw($, "mode")]),

  _other_parts: ($) => seq(provider($, "other"), surplus($)),

  // Plain characters of a part: `+` is one of them.
  _raw_part: ($) => pieces($, $._raw_text),
  // As above, but `+` starts an offset.
  _name_part: ($) => pieces($, $._name_text),
  // A path as long as another part follows, else a function, where `+` starts an offset.
  _target_part: ($) => pieces($, $._target_text),
};
