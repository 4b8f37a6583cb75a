/** No event is lost by code generation: whatever helpers fail, all other statements run, and each failure is counted. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { array, assert as holds, constantFrom, integer, property } from "fast-check";

import type { IrHelperCall } from "../ir/ir.ts";
import { Interpreter } from "../ir/testing/interpret.ts";
import { TestKernel } from "../ir/testing/kernel.ts";
import { generateText, programOf, type Generated } from "./testing/generate.ts";
import { COUNTERS } from "./program/program.ts";

/** Each stands on a line of its own, and each does something when nothing fails before it. */
const statements = [
  "@n = 1;",
  "@n++;",
  "@m[1] = 2;",
  "@m[2]++;",
  "@m[pid] += 3;",
  "@s[1] = comm;",
  "@t[1] = (pid, nsecs);",
  "@c = count();",
  "@k[comm, pid] = count();",
  "@a[1] = avg(pid);",
  "@x[1] = max(pid);",
  "@z[2] = stats(nsecs);",
  "@h = hist(nsecs);",
  "@g[pid] = hist(nsecs);",
  "@l[3] = lhist(nsecs, 0, 10, 1);",
  "@start[tid] = nsecs; delete(@start, tid);",
  'printf("%d %s", pid, comm);',
  'printf("%d", @m[1]);',
  'printf("%s", str(arg0));',
  "print((pid, 1));",
  "print(*(uint64 *)arg0);",
  "print(@m[1]);",
  "print(@c);",
  "clear(@k);",
  'time("%H");',
  "for ($i : 0..3) { @r[$i] = $i; }",
  "for ($j : 0..3) { print($j); }",
  "if (pid < 4000000000) { print(1); @n = 2; }",
  "unroll(2) { @u[1] = pid; print(2); }",
] as const;

/** What can fail: a helper on a line; look-ups of our own counters apart from those of the script. */
function siteOf(call: IrHelperCall, map: string | undefined): string {
  return `${lineOf(call)} ${call.helper}${map === COUNTERS ? " of counters" : ""}`;
}

function lineOf({ place: { item, span } }: IrHelperCall): number {
  return item.text.slice(0, span.start).split("\n").length - 1;
}

const failing: ReadonlySet<string> = new Set([
  "map_lookup_elem",
  "map_update_elem",
  "map_delete_elem",
  "probe_read_kernel",
  "probe_read_user",
  "probe_read_kernel_str",
  "probe_read_user_str",
  "ringbuf_reserve",
]);
/** Whose failure loses something of the script. A look-up that finds nothing does not. */
const counted = /^\d+ (map_update_elem|probe_read|ringbuf_reserve)/;
const LOST = 8n;

interface Outcome {
  readonly sites: readonly string[];
  readonly lines: ReadonlySet<number>;
  readonly submitted: ReadonlySet<number>;
  readonly written: readonly string[];
  readonly lost: bigint;
}

function run(generated: Generated, fails: ReadonlySet<string>): Outcome {
  const { module } = generated;
  const kernel = new TestKernel(module, (call, map) => fails.has(siteOf(call, map)));
  const machine = new Interpreter(module, kernel.helper);
  machine.runProgram(programOf(generated).name);
  const lines = (calls: TestKernel["calls"]): ReadonlySet<number> =>
    new Set(calls.map(({ call }) => lineOf(call)));
  const data = module.globals.filter(({ section }) => section.startsWith(".data.AT_"));
  return {
    sites: kernel.calls.map(({ call, map }) => siteOf(call, map)),
    lines: lines(kernel.calls),
    submitted: lines(kernel.calls.filter(({ call }) => call.helper === "ringbuf_submit")),
    written: data
      .filter(({ name, size }) =>
        machine.memory.slice(machine.addressOf(name), size).some((byte) => byte !== 0),
      )
      .map(({ name }) => name),
    lost: kernel
      .elementsOf(COUNTERS)
      .reduce((sum, element) => sum + machine.memory.load(element + LOST, 8), 0n),
  };
}

/** The second probe does not run: it says what the maps hold that statements only read. */
function scriptOf(chosen: readonly string[]): string {
  const rest = "kprobe:g { @m[1] = 2; @c = count(); @k[comm, pid] = count(); }";
  return `kprobe:f {\n${chosen.join("\n")}\nprintf("end");\n}\n${rest}`;
}

/** @param choose which of the sites that can fail do */
function check(chosen: readonly string[], choose: (sites: readonly string[]) => readonly string[]): void {
  const generated = generateText(scriptOf(chosen));
  const whole = run(generated, new Set());
  assert.equal(whole.lost, 0n, "nothing is lost when nothing fails");
  const canFail = [...new Set(whole.sites)].filter((site) => failing.has(site.split(" ")[1] ?? ""));
  const fails = new Set(choose(canFail));
  const hurt = run(generated, fails);
  const told = `${scriptOf(chosen)}\nfailing: ${[...fails].join(", ")}`;
  for (const line of whole.lines) assert.ok(hurt.lines.has(line), `line ${line} was not reached in\n${told}`);
  const failed = new Set([...fails].map((site) => Number(site.split(" ")[0])));
  for (const line of whole.submitted) {
    if (!failed.has(line)) assert.ok(hurt.submitted.has(line), `line ${line} sent nothing in\n${told}`);
  }
  assert.deepEqual(hurt.written, whole.written, told);
  const countersFail = [...fails].some((site) => site.endsWith("of counters"));
  const losses = new Set(hurt.sites.filter((site) => fails.has(site) && counted.test(site)));
  if (!countersFail)
    assert.ok(hurt.lost >= BigInt(losses.size), `${hurt.lost} counted of ${losses.size} in\n${told}`);
}

test("each helper of each statement can fail by itself", () => {
  for (const statement of statements) {
    const script = [statement, ...statements.filter((other) => other !== statement).slice(0, 4)];
    let count = 1;
    for (let i = 0; i < count; i += 1) {
      check(script, (sites) => {
        count = sites.length;
        return sites.slice(i, i + 1);
      });
    }
  }
});

test("whatever helpers fail, all other statements run", () => {
  const scripts = array(constantFrom(...statements), { minLength: 1, maxLength: 8 });
  const choices = array(integer({ min: 0, max: 999 }), { minLength: 1, maxLength: 6 });
  holds(
    property(scripts, choices, (chosen, numbers) => {
      check(chosen, (sites) => numbers.flatMap((number) => sites[number % sites.length] ?? []));
    }),
    { numRuns: 150 },
  );
});
