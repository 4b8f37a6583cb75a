/** Which bytes of the stack serve which expression. */

import { MAX_BPF_STACK, type StackObjectReport } from "@probewright/compiler";
import { absolute, type Snapshot } from "../snapshot.ts";
import { measuredChain, type MeasureOf } from "../stack.ts";
import { createLinkedWriter, type LinkedText } from "./linked-text.ts";
import { wholeCode } from "./whole-code.ts";

const BAR_WIDTH = 32;

/**
 * @param measureOf what lenses show, so that this shows the same
 * @param frameOf LLVM's frame by function name, once it is known
 */
export function stackPlanView(
  snapshot: Snapshot,
  measureOf: MeasureOf = () => undefined,
  frameOf: (functionName: string) => number | undefined = () => undefined,
): LinkedText {
  const writer = createLinkedWriter();
  const code = wholeCode(snapshot);
  if (typeof code === "string") {
    writer.add(`${code}\n`);
    return writer.finish();
  }
  for (const each of code.stack.functions) {
    writer.add(`${each.name}\n`, absolute(snapshot, each.place));
    const stack = measuredChain(snapshot, each, measureOf) ?? each.chainBytes;
    const filled = Math.min(BAR_WIDTH, Math.ceil((stack / MAX_BPF_STACK) * BAR_WIDTH));
    const real = frameOf(each.function);
    const details = [
      `planned frame ${each.predictedBytes}`,
      ...(real === undefined ? [] : [`LLVM's frame ${real}`]),
      ...(each.scratchBytes === 0 ? [] : [`${each.scratchBytes} in scratch memory`]),
      ...(each.calls.length === 0 ? [] : [`calls ${each.calls.join(", ")}`]),
    ];
    writer.add(
      `  [${"#".repeat(filled).padEnd(BAR_WIDTH, ".")}] ${stack}/${MAX_BPF_STACK} B (${details.join("; ")})\n`,
    );
    for (const object of each.objects) {
      writer.add("  ");
      writer.add(`${spellObject(object)}\n`, absolute(snapshot, object.place));
    }
    writer.add("\n");
  }
  return writer.finish();
}

function spellObject({ size, offset, placement, label }: StackObjectReport): string {
  const place = placement === "scratch" ? "scratch" : `at ${offset ?? 0}`;
  return `${String(size).padStart(6)} B  ${place.padEnd(8)}  ${label}`;
}
