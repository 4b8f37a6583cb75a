/** Telling a kernel that lacks a kind of attachment from one that refuses it for another reason. */

import assert from "node:assert/strict";
import { type TestContext } from "node:test";

import { RequestError, type TestHost } from "./client.ts";
import { bytes, numberOf, text, u16, u32, u64, type Field } from "./frames.ts";
import { objectOf, programFields, type TestProgram } from "./probes.ts";

/** What kernels answer that lack a kind: not permitted (lockdown), no such device, invalid, not supported. */
const lacking: ReadonlySet<number> = new Set([1, 19, 22, 95]);

export interface Refusal {
  readonly errno: number;
  readonly words: string;
}

/** Loads one program of probes.bpf.c. @returns the refusal, if it was refused */
export async function tryLoad(host: TestHost, program: TestProgram): Promise<Refusal | undefined> {
  await host.request("OBJECT", bytes(objectOf("probes")));
  await host.request("PROGRAM", ...programFields(program));
  const last = (await host.request("LOAD", u32(0), u32(0))).at(-1);
  if (last?.name === "LOADED") return undefined;
  const errno = last?.payload.u32() ?? 0;
  return { errno, words: `${last?.payload.text() ?? ""}: ${last?.payload.text() ?? ""}` };
}

/** Attaches with cookie 0. @returns the refusal, if it was refused */
export async function tryAttach(
  host: TestHost,
  link: number,
  program: string,
  kind: string,
  ...rest: readonly Field[]
): Promise<Refusal | undefined> {
  try {
    await host.request("ATTACH", u32(link), text(program), u64(0n), u16(numberOf(`ATTACH_${kind}`)), ...rest);
    return undefined;
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return { errno: error.errno, words: error.message };
  }
}

/** Whether the kernel lacks `what`; it must say so as kernels do, and the test's output tells. */
export function isLacking(context: TestContext, refusal: Refusal | undefined, what: string): boolean {
  if (refusal === undefined) return false;
  assert.ok(lacking.has(refusal.errno), `${what}: errno ${refusal.errno}, ${refusal.words}`);
  context.diagnostic(`this kernel has no ${what}: errno ${refusal.errno}, ${refusal.words}`);
  return true;
}
