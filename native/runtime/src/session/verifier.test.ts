/**
 * Programs that the verifier must refuse, each for another reason: which kind it is, at which line, in whose words.
 * Their code is BPF assembly in place of a script's first probe: the compiler would not emit it.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import {
  check,
  compileCore,
  createLocator,
  defaultOptions,
  noKernelFacts,
  parseScript,
  type Rejection,
} from "@probewright/compiler";
import { nativeParser } from "@probewright/grammar/testing";
import { compileIr } from "@probewright/llvm-bindings";

import { unmet } from "@probewright/tests/harness/needs";
import { spawnLoader } from "../loader/channel.ts";
import { programFlag, requestType } from "../loader/frames.ts";
import { load, send } from "../loader/requests.ts";
import { explainLoadFailure } from "./verifier.ts";

const skip = unmet("linux", "root", "bpf", "llvm-bindings", "loader");
const loader = fileURLToPath(new URL("../../../loader/build/probewright-loader", import.meta.url));
const parser = nativeParser();

/** What the assembly stands in for: two maps, and lines to be at. */
const SCRIPT = `begin {
  @table[pid] = 1;
  print(2);
  @table[3] = 3;
  print(4);
}
`;
const BEFORE_LINE = 2;
const FAULT_LINE = 4;

interface Case {
  readonly code: string;
  readonly title: string;
  readonly before?: string;
  readonly fault: string;
  /** What r9 points to, as far as the code uses it; the map of the script unless told. */
  readonly symbol?: string;
  /** Something that the words about registers must mention. */
  readonly register?: RegExp;
  /** What kernels that take the program anyway have in common. */
  readonly takenBy?: string;
}

const lookUp = `*(u64 *)(r10 - 8) = r1
r1 = r9
r2 = r10
r2 += -8
call 1`;

/** Instructions to come before the fault, and the fault; both see the context in r1 at first. */
const cases: readonly Case[] = [
  {
    code: "PW7701",
    title: "a look-up that is not checked",
    before: lookUp,
    fault: "r2 = *(u64 *)(r0 + 0)",
    register:
      /r0 \(the result of map_lookup_elem\(\)\) is what a look-up found of the map '@table': a value, or null/,
  },
  {
    code: "PW7702",
    title: "a number as an address",
    before: "r6 = 5",
    fault: "r2 = *(u64 *)(r6 + 0)",
    register: /r6 is the number 5/,
  },
  {
    code: "PW7703",
    title: "arithmetic before the check",
    before: lookUp,
    fault: "r0 += 8",
    register: /or null/,
  },
  { code: "PW7704", title: "a pointer multiplied", fault: "r1 *= 2", register: /r1 is the probe's context/ },
  {
    code: "PW7705",
    title: "behind a map's value",
    before: `${lookUp}\nif r0 != 0 goto +2\nr0 = 0\nexit`,
    fault: "r2 = *(u64 *)(r0 + 64)",
    register: /^r0 .*points into a value of the map '@table'/,
  },
  {
    code: "PW7706",
    title: "an index without a bound",
    before: `call 7\nr6 = r0\nr1 = 0\n${lookUp}\nif r0 != 0 goto +2\nr0 = 0\nexit`,
    fault: "r0 += r6\nr2 = *(u64 *)(r0 + 0)",
    register: /a value of the map '@table'|number/,
  },
  {
    code: "PW7707",
    title: "stack that was not written",
    fault: "r2 = *(u64 *)(r10 - 16)",
    takenBy: "kernels from 6.3 on, for root",
  },
  { code: "PW7708", title: "outside of the stack", fault: "*(u64 *)(r10 - 520) = r1" },
  { code: "PW7709", title: "a register never set", fault: "r2 = r5" },
  { code: "PW7710", title: "a very long loop", before: "r6 = 0", fault: "r6 += 1\nif r6 < 900000 goto -2" },
  { code: "PW7711", title: "a loop without an end", before: "r6 = 1", fault: "if r6 != 0 goto -1" },
  {
    code: "PW7714",
    title: "many branches in a loop",
    before: "r6 = 0",
    fault: "call 7\nif r0 == 0 goto +1\nr7 = r0\nr6 += 1\nif r6 < 90000 goto -5",
  },
  { code: "PW7715", title: "code that nothing leads to", fault: "goto +1\nr2 = 1" },
  { code: "PW7716", title: "a helper of other programs", fault: "call 9" },
  {
    code: "PW7717",
    title: "waiting where nothing may wait",
    before: "*(u64 *)(r10 - 8) = r1",
    fault: "r1 = r10\nr1 += -8\nr2 = 8\nr3 = 0\ncall 148",
  },
  {
    code: "PW7718",
    title: "an event that is not sent",
    symbol: "events",
    fault: "r1 = r9\nr2 = 8\nr3 = 0\ncall 131",
  },
  { code: "PW7719", title: "a number across two words", fault: "*(u64 *)(r10 - 12) = r1" },
  {
    code: "PW7720",
    title: "the context instead of a map",
    before: "*(u64 *)(r10 - 8) = r1",
    fault: "r2 = r10\nr2 += -8\ncall 1",
    register: /r1 is the probe's context/,
  },
  { code: "PW7721", title: "behind the context", fault: "r2 = *(u64 *)(r1 + 1000)" },
  {
    code: "PW7724",
    title: "writing to a constant",
    symbol: "site_0",
    fault: "r1 = r9\nr2 = 1\n*(u32 *)(r1 + 0) = r2",
    register: /r1 points into the program's constants/,
  },
  {
    code: "PW7725",
    title: "behind a kernel object",
    before: "call 158",
    fault: "r2 = *(u64 *)(r0 + 32000)",
    register: /kernel object of type 'task_struct'/,
  },
  {
    code: "PW7726",
    title: "a length of zero",
    before: "*(u64 *)(r10 - 8) = r1",
    fault: "r1 = r10\nr1 += -8\nr2 = 0\ncall 6",
  },
  { code: "PW7727", title: "division by zero", before: "r6 = 5", fault: "r6 /= 0" },
  { code: "PW7728", title: "a shift by all bits", before: "r6 = 5", fault: "r6 <<= 64" },
  {
    code: "PW7729",
    title: "an event of a table",
    fault: "r1 = r9\nr2 = 8\nr3 = 0\ncall 131",
    register: /r1 is the map '@table'/,
  },
  {
    code: "PW7731",
    title: "a moved pointer",
    before: "call 158\nr6 = r0",
    fault: "call 7\nr0 &= 8\nr6 += r0\nr2 = *(u64 *)(r6 + 0)",
    register: /'task_struct', moved by up to 8 bytes/,
  },
];

function generate(): string {
  const script = parseScript(SCRIPT, parser);
  const parse = (source: string): ReturnType<typeof parseScript> => parseScript(source, parser);
  const facts = noKernelFacts();
  const analysis = check({ script, sourceName: "script.bt", facts, parse, options: defaultOptions });
  assert.ok(analysis.core !== undefined, "the script has no errors");
  const locator = createLocator([{ name: "script.bt", text: SCRIPT, script }]);
  return compileCore(analysis.core, {
    file: "script.bt",
    locate: (place) => locator.position(place),
    sourceText: (file) => locator.text(file),
    architecture: "x86_64",
    hasFeature: () => true,
    warnings: "default",
  }).ir;
}

/** The script's IR with the probe's body replaced. */
function irOf({ before = "", fault, symbol = "AT_table" }: Case): string {
  const ir = generate();
  const locationOf = (line: number): string =>
    new RegExp(`^(!\\d+) = !DILocation\\(line: ${line.toString()},`, "m").exec(ir)?.[1] ??
    assert.fail("no such line");
  const assembly = (code: string, line: number): string =>
    code === ""
      ? ""
      : `  call void asm sideeffect "${code.replaceAll("\n", "\\0A")}", "{r9},~{r0},~{r1},~{r2},~{r3},~{r4},~{r5},~{r6},~{r7}"(ptr @${symbol}), !dbg ${locationOf(line)}\n`;
  const body = `entry:\n${assembly(before, BEFORE_LINE)}${assembly(fault, FAULT_LINE)}  ret i64 0, !dbg ${locationOf(5)}\n`;
  return ir.replace(
    /(define dso_local i64 @begin_1\([^\n]*\{\n)[\s\S]*?\n\}/,
    (_, head: string) => `${head}${body}}`,
  );
}

const RAW_TRACEPOINT = 17;

/** @returns undefined when the kernel takes the program */
async function refuse(ir: string): Promise<Rejection | undefined> {
  const compiled = compileIr(ir);
  if (compiled.kind === "error") assert.fail(compiled.message);
  const ignore = (): void => undefined;
  const opened = await spawnLoader([loader]).connect({
    events: ignore,
    log: ignore,
    oversized: ignore,
    mappings: ignore,
    ended: ignore,
  });
  assert.ok(opened.ok, "the loader starts");
  const channel = opened.value;
  await send(channel, requestType.OBJECT, (writer) => writer.bytes(compiled.object));
  await send(channel, requestType.PROGRAM, (writer) =>
    writer
      .string("begin_1")
      .u32(RAW_TRACEPOINT)
      .u32(0)
      .string("")
      .string("")
      .u32(0)
      .u32(0)
      .u32(programFlag.AUTOLOAD),
  );
  const loaded = await load(channel, 0, 0);
  await channel.shutdown();
  if (loaded.ok) return undefined;
  const { rejection } = explainLoadFailure(loaded.error, undefined, channel.ready, compiled.object);
  return rejection ?? assert.fail(loaded.error.text);
}

for (const each of cases) {
  test(`refused: ${each.title}`, { skip }, async (context) => {
    const rejection = await refuse(irOf(each));
    if (rejection === undefined && each.takenBy !== undefined) {
      context.diagnostic(`taken by ${each.takenBy}`);
      return;
    }
    assert.ok(rejection !== undefined, "the kernel refuses it");
    assert.equal(rejection.code, each.code, rejection.verifierSays);
    assert.equal((rejection.position?.startLine ?? -1) + 1, FAULT_LINE, rejection.verifierSays);
    assert.doesNotMatch(rejection.message, /R\d|insn|undefined|\?/);
    if (each.register !== undefined) assert.match(rejection.registers.join("; "), each.register);
  });
}
