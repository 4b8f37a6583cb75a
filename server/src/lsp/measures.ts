/**
 * What LLVM makes of each probe, measured when nobody types: frame and instructions. A probe whose code did not change is
 * known already, wherever in the script it now stands.
 */

import type { Item } from "@probewright/compiler";

import type { Builder } from "../host/builder.ts";
import { hasProbeCode, probeCode, probeIr, type ProbeCode, type ProbeFunction } from "../ide/probe-code.ts";
import type { Snapshot } from "../ide/snapshot.ts";
import type { StackMeasure } from "../ide/stack.ts";
import type { Pace } from "./pace.ts";

export interface Measure extends StackMeasure {
  /** Instructions of the longest program, with what it calls. */
  readonly instructions: number;
  /** Programs that are made from the probe. */
  readonly programs: number;
}

export interface Measures {
  /** Builds what is new; a later call ends an earlier one of the same document. */
  readonly measure: (snapshot: Snapshot) => Promise<void>;
  /** Undefined until it is measured, and where it cannot be. */
  readonly of: (probe: Item) => Measure | undefined;
}

/** Figures of code that is gone are forgotten in the order they came. */
const MOST_KNOWN = 2000;

export function createMeasures(
  builder: Builder | undefined,
  pace: Pick<Pace, "silence">,
  changed: (uri: string) => void,
): Measures {
  const byProbe = new WeakMap<Item, { readonly code: ProbeCode; readonly measure: Measure | undefined }>();
  const byIr = new Map<string, Measure | undefined>();
  const latest = new Map<string, Snapshot>();
  const build = async (
    { code, ir, linked }: NonNullable<ReturnType<typeof probeIr>>,
    by: Builder,
  ): Promise<Measure | undefined> => {
    const key = [ir, ...linked].map((text) => `${hash(text)} ${text.length}`).join(" ");
    if (byIr.has(key)) return byIr.get(key);
    const built = await by.build({ ir, linked, want: "measure" });
    const measure = built.ok ? measureOf(code, built.value) : undefined;
    byIr.set(key, measure);
    const [oldest] = byIr.keys();
    if (byIr.size > MOST_KNOWN && oldest !== undefined) byIr.delete(oldest);
    return measure;
  };
  const isMeasured = (snapshot: Snapshot, probe: Item): boolean => {
    if (!hasProbeCode(snapshot, probe)) return false;
    const code = probeCode(snapshot, probe);
    return code === undefined || byProbe.get(probe)?.code === code;
  };
  return {
    measure: async (snapshot) => {
      if (builder === undefined) return;
      latest.set(snapshot.uri, snapshot);
      let news = false;
      for (const { item } of snapshot.script.items) {
        if (item.kind !== "probe" || isMeasured(snapshot, item)) continue;
        await pace.silence("long");
        if (latest.get(snapshot.uri) !== snapshot) return;
        const made = probeIr(snapshot, item);
        if (made === undefined) continue;
        const measure = await build(made, builder);
        news ||= !same(byProbe.get(item)?.measure, measure);
        byProbe.set(item, { code: made.code, measure });
      }
      latest.delete(snapshot.uri);
      if (news) changed(snapshot.uri);
    },
    of: (probe) => byProbe.get(probe)?.measure,
  };
}

function same(left: Measure | undefined, right: Measure | undefined): boolean {
  return left?.stackBytes === right?.stackBytes && left?.instructions === right?.instructions;
}

/** FNV-1a over UTF-16 code units: a name for a text, not a seal. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}

interface Built {
  readonly name: string;
  readonly stackBytes: number;
  readonly instructionCount: number;
}

function measureOf({ functions }: ProbeCode, built: readonly Built[]): Measure {
  const measured = new Map(built.map((each) => [each.name, each]));
  // Calls are told by title, which is what users know a function by.
  const byTitle = new Map(functions.map((each) => [each.name, each]));
  const sum = (
    each: ProbeFunction,
    passed: readonly string[],
  ): { readonly stack: number; readonly instructions: number } => {
    const own = measured.get(each.function);
    const callees = each.calls
      .filter((name) => !passed.includes(name))
      .flatMap((name) => byTitle.get(name) ?? [])
      .map((callee) => sum(callee, [...passed, each.name]));
    const frame = own?.stackBytes ?? 0;
    return {
      stack:
        callees.length === 0
          ? frame
          : roundFrame(frame) + Math.max(...callees.map(({ stack }) => roundFrame(stack))),
      instructions: callees.reduce((all, { instructions }) => all + instructions, own?.instructionCount ?? 0),
    };
  };
  const sums = functions.map((each) => ({ ...each, ...sum(each, []) }));
  const programs = sums.filter(({ isProgram }) => isProgram);
  return {
    chains: new Map(sums.map(({ name, stack }) => [name, stack])),
    stackBytes: Math.max(0, ...programs.map(({ stack }) => stack)),
    instructions: Math.max(0, ...programs.map(({ instructions }) => instructions)),
    programs: programs.length,
  };
}

/** As kernel 6.1 adds frames up. Source: check_max_stack_depth, kernel/bpf/verifier.c. */
const FRAME_UNIT = 32;

function roundFrame(bytes: number): number {
  return Math.ceil(Math.max(bytes, 1) / FRAME_UNIT) * FRAME_UNIT;
}
