/**
 * How much stack stock bpftrace would take for a program. Its rule goes by the size of each value alone, and its frames
 * differ from ours: a variable has its bytes for the whole function, strings count with the longest they may be, what a loop
 * shares stays on the stack whatever its size, and errors of helpers are put together there.
 */

import type { CoreProgram, CoreVariable } from "../core/core.ts";
import { walk } from "../core/walk.ts";
import type { HelperName } from "../ir/helpers.ts";
import type { IrFunction, StackObject } from "../ir/ir.ts";
import type { IrModule } from "../ir/ir.ts";
import { layOutArena } from "../plan/arena.ts";
import { callGraphOf, deepestChain } from "../plan/call-graph.ts";
import { lifetimesOf } from "../plan/lifetimes.ts";
import { spillAllowance } from "../plan/spills.ts";
import { MAX_BPF_STACK } from "../plan/stack-report.ts";
import { roundUp } from "../types/layout.ts";
import { SHARED_FRAME } from "./values/variables.ts";

/** The `on_stack_limit` of stock bpftrace where a script sets none: smaller values stay on the stack, whatever comes of it. */
const STOCK_LIMIT = 32;
/** The value that is written to a map, and the event that tells of a helper's error. */
export const REPORT_BYTES = 8 + 24;

export interface StockOverflow {
  readonly program: IrFunction;
  /** Bytes of the deepest chain of calls: an estimate. */
  readonly bytes: number;
}

export function stockOverflows(core: CoreProgram, module: IrModule): readonly StockOverflow[] {
  const limit = core.config.onStackLimit ?? STOCK_LIMIT;
  const long = longStrings(core);
  const frames = new Map(module.functions.map((fn) => [fn.name, frameBytes(fn, limit, long)]));
  const graph = callGraphOf(module);
  return module.functions
    .filter(({ kind }) => kind === "program")
    .map((program) => ({
      program,
      bytes: deepestChain(graph, program.name, (name) => frames.get(name) ?? 0).bytes,
    }))
    .filter(({ bytes }) => bytes > MAX_BPF_STACK);
}

function frameBytes(fn: IrFunction, limit: number, long: ReadonlySet<string>): number {
  const lifetimes = lifetimesOf(fn);
  const staying = lifetimes.objects.filter((object) => stays(object, limit, long));
  const isVariable = ({ label }: StackObject): boolean => label.startsWith("$");
  const variables = staying.filter(isVariable).reduce((sum, { size }) => sum + roundUp(size, 8), 0);
  const others = layOutArena(
    staying.filter((object) => !isVariable(object)),
    lifetimes,
  );
  return variables + others.bytes + spillAllowance(fn) + (reports(fn) ? REPORT_BYTES : 0);
}

function stays({ label, size }: StackObject, limit: number, long: ReadonlySet<string>): boolean {
  return label === SHARED_FRAME || (size <= limit && !long.has(label));
}

const reported: ReadonlySet<HelperName> = new Set(["map_update_elem", "for_each_map_elem", "loop"]);

function reports(fn: IrFunction): boolean {
  return fn.blocks.some(({ instructions }) =>
    instructions.some((node) => node.kind === "helper" && reported.has(node.helper)),
  );
}

/** Labels of what `str()` makes: there it has `max_strlen` bytes, whatever length the script gives. */
function longStrings(core: CoreProgram): ReadonlySet<string> {
  const variables = new Set<CoreVariable>();
  for (const { body } of [...core.probes, ...core.subprograms]) {
    walk(body, (node) => {
      if (node.kind === "assign-variable" && node.value.kind === "call" && node.value.name === "str")
        variables.add(node.variable);
      return true;
    });
  }
  return new Set(["str()", ...[...variables].map(({ name }) => `$${name}`)]);
}
