/** What a first request would have to wait for is made while the client is silent. */

import { inPieces } from "@probewright/compiler";
import type { HostFacts } from "@probewright/runtime";

import { prepareFunctions } from "../ide/completion/function-index.ts";
import type { Pace } from "./pace.ts";

const begun = new WeakSet<HostFacts>();

/** Once for each kernel. */
export async function prepareCompletion(facts: HostFacts, pace: Pick<Pace, "silence">): Promise<void> {
  if (begun.has(facts)) return;
  begun.add(facts);
  for (const work of [facts.ahead, inPieces(prepareFunctions(facts))]) {
    do await pace.silence("short");
    while (work?.goOn() === false);
  }
}
