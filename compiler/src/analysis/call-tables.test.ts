/**
 * Functions by kind of argument, a program for each cell: every parameter of every form of every builtin with each kind of
 * argument, the others as they should be. What a cell claims follows from the rows; no cell is empty.
 */

import assert from "node:assert/strict";
import { test } from "node:test";

import type { Builtin, Form, Parameter } from "../builtins/builtin.ts";
import { builtins, findBuiltin } from "../builtins/catalog.ts";
import { getProbeType } from "../probes/catalog.ts";
import { boolean, int64, pointer, string, struct, uint64, uint8, type Type } from "../types/type.ts";
import { attachPoints } from "./testing/attach-points.ts";
import { checkText } from "./testing/check-text.ts";

/** An argument as it is written, and what it is. */
interface Written {
  readonly text: string;
  /** As a value; undefined for what is none. */
  readonly type?: Type;
  readonly literal?: true;
  /** A map as a whole. */
  readonly map?: "keyed" | "scalar";
  readonly is?: "variable" | "element" | "name" | "type";
}

/** What the arguments need, by what they name. */
const assigned: Readonly<Record<string, string>> = {
  $i: "(int64)tid",
  $u: "nsecs",
  $b: "pid == 1",
  $s: "comm",
  $p: "curtask",
  $a: "(uint8[4])pid",
  $t: "(1, comm)",
  $r: "(a=1, b=comm)",
  "@m[(int64)1]": "(int64)1",
  "@n": "(int64)1",
  "@h": "hist(1)",
  "@c": "count()",
};

const record: Type = {
  kind: "record",
  fields: [
    { name: "a", type: int64 },
    { name: "b", type: string(16) },
  ],
};

/** Each kind of argument. */
const kinds: readonly Written[] = [
  { text: "$i", type: int64, is: "variable" },
  { text: "$u", type: uint64, is: "variable" },
  { text: "$b", type: boolean, is: "variable" },
  { text: "$s", type: string(16), is: "variable" },
  { text: "$p", type: pointer(struct("struct task_struct"), "kernel"), is: "variable" },
  { text: "$a", type: { kind: "array", element: uint8, count: 4 }, is: "variable" },
  { text: "$t", type: { kind: "tuple", elements: [int64, string(16)] }, is: "variable" },
  { text: "$r", type: record, is: "variable" },
  { text: "1", type: int64, literal: true },
  { text: "true", type: boolean, literal: true },
  { text: '"text"', type: string(5), literal: true },
  { text: "kstack()", type: { kind: "stack", user: false, mode: "bpftrace", limit: 127 } },
  { text: "@m", map: "keyed" },
  { text: "@n", map: "scalar", type: int64 },
  { text: "@h", map: "scalar" },
  { text: "@c", map: "scalar", type: int64 },
  { text: "@m[1]", type: int64, is: "element" },
  { text: "nothing_of_the_kind", is: "name" },
];

/** What is right for more than its type. */
const chosen: Readonly<Record<string, string>> = {
  "container_of type": "typeof(*$p)",
  "container_of member": "pid",
  "kaddr symbol": '"jiffies"',
  "lhist min": "0",
  "lhist max": "10",
  "percpu_kaddr symbol": '"process_counts"',
  "pton text": '"10.0.0.1"',
  "reg name": '"ip"',
  "signal signal": "9",
  "signal_thread signal": "9",
  "socket_cookie socket": "(struct sock *)1",
  "strftime format": '"%H"',
  "tseries interval": "1000000000",
  "tseries reduce": '"avg"',
  "uaddr symbol": '"optind"',
};

/** Kinds that are of the right type, and that the row's own check refuses for what they are beyond that. */
const refused: Readonly<Record<string, readonly string[]>> = {
  "container_of type": ["nothing_of_the_kind"],
  "container_of member": ["nothing_of_the_kind"],
  "debugf values": kinds.flatMap(({ text, type }) => (type?.kind === "string" ? [] : [text])),
  "macaddr address": ["$a", '"text"'],
  "ntop address": ['"text"'],
  "percpu_kaddr symbol": ['"text"'],
  "print extra": kinds.map(({ text }) => text),
  "pton text": ['"text"'],
  "reg name": ['"text"'],
  "signal signal": ["$s", '"text"'],
  "signal_thread signal": ["$s", '"text"'],
  "tseries reduce": ['"text"'],
  "uaddr symbol": ['"text"'],
};

/** Calls that are a mistake whatever they are given. */
const never: ReadonlySet<string> = new Set(["fail", "unwatch"]);
/** Fewest arguments that are right for each type; with fewer some types want one more. */
const least: Readonly<Record<string, number>> = { buf: 2 };
/** What only some programs have, as a row's check says. */
const probeOf: Readonly<Record<string, string>> = { comm: "fentry" };

/** May a parameter be given this? */
function fits({ form, accepts, shape, words }: Parameter, written: Written, map: Written["map"]): boolean {
  const { text, type, literal, is } = written;
  switch (form) {
    case "map":
      return written.map !== undefined && (shape === undefined || written.map === shape);
    case "element":
      return is === "element";
    case "variable":
      return is === "variable" && type?.kind === "integer";
    case "word":
      return words?.includes(text) === true;
    case "type":
      return is === "type" || is === "name";
    case "member":
      return is === "name";
    case "key":
      return map === "keyed" && type?.kind === "integer";
    case "literal":
    case "format":
      return literal === true && type !== undefined && accepts.test(type);
    default:
      return type !== undefined && accepts.test(type);
  }
}

/** Does some form of the builtin take these? */
function isTaken({ name, kind, forms }: Builtin, args: readonly Written[]): boolean {
  if (never.has(name)) return false;
  // A count is no number to a statistic: it would have to be read while it is counted.
  if (kind === "aggregation" && args[0]?.text === "@c") return false;
  return forms.some(({ parameters }) => {
    const required = parameters.filter(({ optional }) => !optional).length;
    if (args.length < required || args.length > parameters.length) return false;
    return parameters.slice(0, args.length).every((parameter, i) => {
      const [given, label] = [args[i], `${name} ${parameter.name}`];
      if (given === undefined || refused[label]?.includes(given.text) === true) return false;
      return given.text === chosen[label] || fits(parameter, given, args[0]?.map);
    });
  });
}

/** What a parameter is given while another one is looked at. */
function good({ name }: Builtin, parameter: Parameter, count: number): Written {
  const { form, words } = parameter;
  const text = chosen[`${name} ${parameter.name}`] ?? words?.[0];
  if (text !== undefined) return { text, is: form === "type" ? "type" : "name", literal: true, type: int64 };
  if (form === "format" && count > 1 && name !== "assert" && name !== "static_assert")
    return { text: '"%s"', type: string(3), literal: true };
  const found = kinds.find((kind) => fits(parameter, kind, "keyed"));
  return found ?? assert.fail(`nothing fits ${name}: ${parameter.name}`);
}

function programOf({ name, kind, needs }: Builtin, args: readonly Written[]): string {
  const place = Object.keys(attachPoints).find((probe) => {
    const { capabilities } = getProbeType(probe);
    return probe === (probeOf[name] ?? probe) && needs.every((need) => capabilities.has(need));
  });
  const call = `${name}(${args.map(({ text }) => text).join(", ")})`;
  const needed = Object.entries(assigned).filter(([target]) => call.includes(target.slice(0, 2)));
  const before = needed.map(([target, value]) => `${target} = ${value};`).join(" ");
  return `${attachPoints[place ?? ""] ?? "none"} { ${before} ${kind === "aggregation" ? `@z = ${call}` : call}; }`;
}

function errorsOf(program: string): readonly string[] {
  return checkText(program, { unsafe: true })
    .findings.filter(({ severity }) => severity === "error")
    .map(({ code, message }) => `${code} ${message}`);
}

/** The cells of a form that are not as the row has it. */
function wrongCells(row: Builtin, { parameters }: Form): readonly string[] {
  const required = parameters.filter(({ optional }) => !optional).length;
  return parameters.flatMap((_, i) => {
    const count = Math.max(required, i + 1, least[row.name] ?? 0);
    const right = parameters.slice(0, count).map((parameter) => good(row, parameter, count));
    return kinds.flatMap((kind) => {
      const args = right.map((each, at) => (at === i ? kind : each));
      const program = programOf(row, args);
      const errors = errorsOf(program);
      return isTaken(row, args) === (errors.length === 0) ? [] : [`${program}: ${errors.join("; ")}`];
    });
  });
}

for (const row of builtins) {
  for (const form of row.forms.filter(({ parameters }) => parameters.length > 0)) {
    const names = form.parameters.map(({ name }) => name).join(", ");
    test(`${row.name}(${names}) by kind of argument`, () => {
      assert.deepEqual(wrongCells(row, form), []);
    });
  }
}

test("what is said of builtins here is of builtins that there are", () => {
  const labels = [
    ...Object.keys(chosen),
    ...Object.keys(refused),
    ...never,
    ...Object.keys(least),
    ...Object.keys(probeOf),
  ];
  for (const label of labels) {
    const [name = "", parameter] = label.split(" ");
    const forms = findBuiltin(name)?.forms ?? assert.fail(`no builtin ${name}`);
    const names = forms.flatMap(({ parameters }) => parameters.map((each) => each.name));
    assert.ok(parameter === undefined || names.includes(parameter), label);
  }
});
