/** Operations on maps. */

import type { CoreExpression } from "../../core/core.ts";
import type { Fix } from "../../diagnostics/diagnostic.ts";
import { deprecatedDelete } from "../../diagnostics/catalog/lints.ts";
import { boolean, int64, voidType } from "../../types/type.ts";
import { aMap, anything, aStack, aVariable } from "../accepts.ts";
import { special, value, type Builtin, type Parameter } from "../builtin.ts";
import type { Argument } from "../call-site.ts";

const map: Parameter = special("map", "map", aMap);
const keyed: Parameter = { ...map, shape: "keyed" };
const scalarMap: Parameter = { ...map, shape: "scalar" };
const key: Parameter = special("key", "key", anything);

/** `@m[key]` becomes `@m, key`; several keys are one tuple. */
function respell({ place, expression }: Argument, key: CoreExpression): readonly Fix[] {
  if (expression.kind !== "map-reference" || place.expandedFrom !== undefined) return [];
  const nameEnd = place.span.start + 1 + expression.map.name.length;
  const inside = key.place.span;
  const isTuple =
    expression.map.key?.kind === "tuple" && place.item.text.slice(inside.start, inside.end).includes(",");
  const [open, close] = isTuple ? [", (", ")"] : [", ", ""];
  const edits = [
    { place: { ...place, span: { start: nameEnd, end: inside.start } }, text: open },
    { place: { ...place, span: { start: inside.end, end: place.span.end } }, text: close },
  ];
  return [{ title: "Write delete(@map, key)", edits, automatic: true }];
}

export const mapRows: readonly Builtin[] = [
  {
    name: "clear",
    kind: "map-operation",
    forms: [{ parameters: [map], returns: voidType }],
    mode: "async",
    needs: [],
    since: "0.1",
    summary: "Removes all elements of a map.",
    docs: "Done by user space when the event arrives, so what is stored in between goes too.",
    examples: ["interval:s:1 { @[comm] = count(); print(@); clear(@); }"],
  },
  {
    name: "zero",
    kind: "map-operation",
    forms: [{ parameters: [map], returns: voidType }],
    mode: "async",
    needs: [],
    since: "0.1",
    summary: "Sets all values of a map to zero and keeps the keys.",
    docs: "Done by user space when the event arrives.",
    examples: ["interval:s:1 { @[comm] = count(); print(@); zero(@); }"],
  },
  {
    name: "delete",
    kind: "map-operation",
    forms: [
      { parameters: [keyed, key], returns: boolean },
      { parameters: [scalarMap], returns: boolean },
      { parameters: [special("map", "element", aMap)], returns: boolean },
    ],
    mode: "in-kernel",
    needs: [],
    since: "0.1",
    summary: "Removes one element, or resets a map without keys.",
    docs: "True when there was something to remove. `delete(@m[key])` is the old spelling of `delete(@m, key)`.",
    examples: ["tracepoint:syscalls:sys_exit_read { @start[tid] = nsecs; _ = delete(@start, tid); }"],
    check: ({ arguments: [target], build, place, report }) => {
      if (target?.key === undefined) return;
      report(deprecatedDelete(build.callee ?? place, {}, { fixes: respell(target, target.key) }));
    },
  },
  {
    name: "has_key",
    kind: "map-operation",
    forms: [{ parameters: [keyed, key], returns: boolean }],
    mode: "in-kernel",
    needs: [],
    since: "0.22",
    summary: "Whether a map has an element.",
    docs: "Unlike reading it, this tells zero from nothing.",
    examples: [
      "tracepoint:syscalls:sys_enter_read { @seen[tid] = 0; if (has_key(@seen, tid)) { print(tid); } }",
    ],
  },
  {
    name: "find",
    kind: "map-operation",
    forms: [{ parameters: [keyed, key, special("into", "variable", aVariable)], returns: boolean }],
    mode: "in-kernel",
    needs: [],
    since: "0.25",
    summary: "Looks up an element and puts its value into a variable.",
    docs: "The variable is left alone when there is no such element. Declare it with `let` before.",
    examples: [
      "tracepoint:syscalls:sys_exit_read { @start[tid] = nsecs; let $s; if (find(@start, tid, $s)) { print(nsecs - $s); } }",
    ],
    expand: ({ arguments: [target, wanted, into], build }) => {
      const reference = target?.expression;
      const variable = into?.expression;
      if (reference?.kind !== "map-reference" || variable?.kind !== "variable" || wanted === undefined) {
        return build.unknown();
      }
      return build.find(reference.map, wanted.expression, variable.variable);
    },
  },
  {
    name: "len",
    kind: "map-operation",
    forms: [
      { parameters: [keyed], returns: int64 },
      { parameters: [value("stack", aStack)], returns: int64 },
    ],
    mode: "in-kernel",
    needs: [],
    since: "0.20",
    summary: "Number of elements of a map, or of frames of a stack.",
    docs: "Counting the elements of a large map takes time on kernels before 6.6.",
    examples: ["interval:s:1 { @[comm] = count(); print(len(@)); }", "profile:hz:99 { print(len(kstack)); }"],
  },
  {
    name: "is_scalar",
    kind: "type-function",
    forms: [{ parameters: [map], returns: boolean }],
    mode: "compile-time",
    needs: [],
    since: "0.24",
    summary: "Whether a map has no keys.",
    docs: "Known while compiling, for macros that take both kinds.",
    examples: ["begin { @x = 1; print(is_scalar(@x)); }"],
    expand: ({ arguments: [subject], build }) =>
      subject?.expression.kind === "map-reference"
        ? build.boolean(subject.expression.map.key === undefined)
        : build.unknown(),
  },
];
