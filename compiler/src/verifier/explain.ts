/** From the log of a program that the kernel refused to what a person wants to know: what is wrong, where, and how it got there. */

import { invariant } from "../base/invariant.ts";
import { verifierRows, type VerifierRow } from "../diagnostics/catalog/verifier.ts";
import type { SourcePosition } from "../manifest/manifest.ts";
import { parseVerifierLog, type VerifierLog, type VerifierStep } from "./log.ts";
import { registerInWords } from "./registers.ts";

export interface RejectionInput {
  readonly log: string;
  /** How people call the program. */
  readonly probe: string;
  /** Where an instruction of the loaded program comes from. */
  readonly positionOf: (instruction: number) => SourcePosition | undefined;
}

/** A branch that the verifier took on its way to the rejection. */
export interface PathStep {
  readonly position: SourcePosition;
  /** `r0 == 0 holds` */
  readonly text: string;
}

export interface Rejection {
  /** Its page explains the kind. */
  readonly code: `PW${number}`;
  readonly name: string;
  /** One sentence for people who never saw a verifier. */
  readonly message: string;
  /** The verifier's own words. */
  readonly verifierSays: string;
  readonly position: SourcePosition | undefined;
  /** What was known of the values at fault: `r0 (the result of map_lookup_elem()) is ...`. */
  readonly registers: readonly string[];
  readonly path: readonly PathStep[];
  readonly processed: VerifierLog["processed"];
}

/** The last branches tell most. */
const MOST_STEPS = 6;

export function explainRejection({ log, probe, positionOf }: RejectionInput): Rejection {
  const parsed = parseVerifierLog(log);
  const { row, parts } = recognise(parsed.finding);
  const registers = registersOf(parsed);
  const helper = registers.map((name) => parsed.origins.get(name)).find((name) => name !== undefined);
  const fallen = instructionOf(parsed);
  return {
    code: row.raise.code,
    name: row.raise.name,
    message: row.raise.message({ probe, parts, helper }),
    verifierSays: parsed.finding,
    position: fallen === undefined ? undefined : positionOf(fallen),
    registers: registers.flatMap((name) => describe(name, parsed)),
    path: pathOf(parsed.steps, positionOf),
    processed: parsed.processed,
  };
}

function recognise(finding: string): { readonly row: VerifierRow; readonly parts: readonly string[] } {
  const row = verifierRows.find(({ says }) => says.test(finding));
  invariant(row !== undefined, "the catalog of rejections has a row for every text");
  // Groups of alternatives that did not match are undefined.
  const groups: readonly (string | undefined)[] = row.says.exec(finding)?.slice(1) ?? [];
  return { row, parts: groups.filter((part) => part !== undefined) };
}

/** The instruction that the finding names, or else the last one walked. */
function instructionOf({ finding, steps }: VerifierLog): number | undefined {
  const named = /(?:insn|alloc_insn=|from insn) ?(\d+)/.exec(finding)?.[1];
  if (named !== undefined && !finding.includes("Processed")) return Number(named);
  return steps.at(-1)?.instruction;
}

/** Registers that the finding names, or else that the last instruction uses; what it only writes to tells nothing. */
function registersOf({ finding, steps, state }: VerifierLog): readonly string[] {
  const named = [...finding.matchAll(/\bR(\d+)\b/g)].map(([name]) => name);
  // A map is always the first argument.
  if (finding.includes("cannot pass map_type")) named.push("R1");
  const text = (steps.at(-1)?.text ?? "").replace(/^[rw]\d+ = /, "");
  const used = [...text.matchAll(/\b[rw](\d+)\b/g)].map(([, number]) => `R${number ?? ""}`);
  const wanted = named.length > 0 ? named : used;
  return [...new Set(wanted)].filter((name) => name !== "R10" && state.has(name));
}

function describe(name: string, { state, origins }: VerifierLog): readonly string[] {
  const known = state.get(name);
  if (known === undefined) return [];
  const helper = origins.get(name);
  const from = helper === undefined ? "" : ` (the result of ${helper}())`;
  return [`${name.toLowerCase()}${from} ${registerInWords(known)}`];
}

const conditional = /^if (.+?) goto (?:pc)?([+-]\d+)$/;

function pathOf(
  steps: readonly VerifierStep[],
  positionOf: RejectionInput["positionOf"],
): readonly PathStep[] {
  const path: PathStep[] = [];
  steps.forEach(({ instruction, text }, i) => {
    const jump = conditional.exec(text);
    const next = steps[i + 1]?.instruction;
    const position = positionOf(instruction);
    if (jump === null || next === undefined || position === undefined) return;
    const [, condition = "", distance = "0"] = jump;
    const taken = next === instruction + 1 + Number(distance);
    const step = { position, text: `${inWords(condition)} ${taken ? "holds" : "does not hold"}` };
    const last = path.at(-1);
    if (last?.text !== step.text || last.position.startLine !== position.startLine) path.push(step);
  });
  return path.slice(-MOST_STEPS);
}

/** `r0 == 0x0` → `r0 == 0`; `s>` compares signed numbers. */
function inWords(condition: string): string {
  return condition
    .replace(/0x([\da-f]+)/g, (_, digits: string) => BigInt(`0x${digits}`).toString())
    .replace(/\bs(?=[<>])/g, "");
}
