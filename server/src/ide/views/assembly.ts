/** The instructions of each program, below the lines of the script that they come from. */

import { MAX_BPF_STACK } from "@probewright/compiler";
import { createLineIndex } from "@probewright/compiler";
import type { Snapshot } from "../snapshot.ts";
import { createLinkedWriter, type LinkedText } from "./linked-text.ts";
import type { WholeCode } from "./whole-code.ts";

export interface AssembledFunction {
  readonly name: string;
  readonly stackBytes: number;
  readonly instructionCount: number;
  readonly instructions: readonly {
    readonly text: string;
    /** From 1; undefined for code of no line. */
    readonly line: number | undefined;
    readonly column: number | undefined;
  }[];
}

export function assemblyView(
  snapshot: Snapshot,
  code: WholeCode,
  functions: readonly AssembledFunction[],
): LinkedText {
  const writer = createLinkedWriter();
  const lines = createLineIndex(snapshot.text);
  const titles = new Map(code.stack.functions.map((each) => [each.function, each.name]));
  for (const { name, stackBytes, instructionCount, instructions } of functions) {
    const title = titles.get(name);
    const head = title === undefined ? name : `${name}: ${title}`;
    writer.add(`${head}\n; ${instructionCount} instructions, stack ${stackBytes}/${MAX_BPF_STACK} B\n`);
    let last = 0;
    for (const { text, line = 0, column = 0 } of instructions) {
      const span = line === 0 ? undefined : code.spanAt(line, column);
      if (line !== 0 && line !== last) {
        writer.add(`  ; ${line}: ${lines.line(line - 1).trim()}\n`, code.spanAt(line, 0));
        last = line;
      }
      writer.add(`${text}\n`, span);
    }
    writer.add("\n");
  }
  return writer.finish();
}
