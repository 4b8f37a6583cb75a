/** Lowering of what comes with the probe: its arguments, registers and return value. */

import { invariant } from "../../base/invariant.ts";
import type { CoreCall } from "../../core/core.ts";
import {
  located,
  ofContext,
  scalar,
  type Emitter,
  type LoweringRow,
  type Memory,
  type ProbeView,
} from "../../ir/emitter.ts";
import { constant, type IrOperand } from "../../ir/ir.ts";
import { textArgument } from "./arguments.ts";
import { pidOf } from "./process.ts";
import { registerFiles, type RegisterFile } from "./registers.ts";
import { usdtArgument } from "./usdt.ts";

/** Bits of the code segment that give the privilege level; user mode is 3. Source: x86 segment selectors. */
const PRIVILEGE_MASK = 3n;

export const contextLowerings = {
  args: ofContext(located(() => ({ kind: "context", offset: 0 }))),
  ctx: ofContext(scalar((emitter) => emitter.build.toNumber(emitter.context()))),
  argN: ofContext(scalar(probeArgument)),
  retval: ofContext(scalar(returnedValue)),
  reg: ofContext(
    scalar((emitter, call) =>
      register(emitter, call.detail.kind === "register" ? call.detail.name : (textArgument(call, 0) ?? "")),
    ),
  ),
  func: ofContext({
    kind: "dual",
    scalar: functionAddress,
    memory: (emitter, _call, into) => {
      writeUserSymbol(emitter, functionAddress(emitter), into);
    },
  }),
  // No script names it: codegen/program/sessions.ts does.
  session_returns: ofContext(scalar(sessionReturns)),
  usermode: ofContext(
    scalar((emitter) => {
      const { build } = emitter;
      const level = build.binary("and", register(emitter, "cs"), constant("i64", PRIVILEGE_MASK));
      return build.resize(build.compare("eq", level, constant("i64", PRIVILEGE_MASK)), "i8", false);
    }),
  ),
} satisfies Readonly<Record<string, LoweringRow>>;

function probeOf({ probe }: Emitter): ProbeView {
  invariant(probe !== undefined, "only probes have a context");
  return probe;
}

function registersOf(emitter: Emitter): RegisterFile {
  return registerFiles[probeOf(emitter).architecture];
}

/** struct pt_regs is the context of kprobes and uprobes, and the first member of that of perf events. */
function register(emitter: Emitter, name: string): IrOperand {
  const offset = registersOf(emitter).offsets[name];
  invariant(offset !== undefined, `${name} is a register`);
  return emitter.build.fromContext(emitter.context(), offset, "i64");
}

/** The n-th of the 64-bit slots that typed programs are given. */
function slot(emitter: Emitter, index: number): IrOperand {
  const { build } = emitter;
  return build.scalarOf(build.fromContext(emitter.context(), 8 * index, "i64"));
}

function probeArgument(emitter: Emitter, { detail }: CoreCall): IrOperand {
  const index = detail.kind === "argument" ? detail.index : 0;
  const probe = probeOf(emitter);
  switch (probe.probeType) {
    case "usdt":
      return usdtArgument(emitter, probe, index);
    case "rawtracepoint":
    case "fentry":
    case "fexit":
      return slot(emitter, index);
    default: {
      const name = registersOf(emitter).arguments[index];
      invariant(name !== undefined, `arg${index} is in a register`);
      return register(emitter, name);
    }
  }
}

/** Behind the arguments for typed programs, else in the register that the calling convention says. */
function returnedValue(emitter: Emitter, { detail, type }: CoreCall): IrOperand {
  const { build } = emitter;
  const typed = detail.kind === "argument" ? slot(emitter, detail.index) : undefined;
  const value = typed ?? register(emitter, registersOf(emitter).result);
  if (type.kind === "boolean") return build.isNotZero(build.resize(value, "i8", false));
  return type.kind === "integer" ? build.resize(value, `i${8 * type.size}` as "i64", false) : value;
}

/** i1. The kernel's answer has eight bits that count. */
function sessionReturns(emitter: Emitter, { detail }: CoreCall): IrOperand {
  const { build } = emitter;
  const context = detail.kind === "text" ? [emitter.context()] : [];
  return build.isNotZero(build.kernelCall("bpf_session_is_return", "i8", context));
}

/** Entry probes stand at the function; on return only the helper knows which it was. */
export function functionAddress(emitter: Emitter): IrOperand {
  const { build } = emitter;
  const probe = probeOf(emitter);
  const atEntry =
    (probe.probeType === "kprobe" || probe.probeType === "uprobe" || probe.probeType === "usdt") &&
    !probe.returns;
  if (atEntry) return register(emitter, registersOf(emitter).instruction);
  return build.helper("get_func_ip", [emitter.context()]);
}

/** {u64 address, u32 process, u32 0} */
export function writeUserSymbol(emitter: Emitter, address: IrOperand, into: Memory): void {
  const { build } = emitter;
  const align = Math.min(into.align, 8);
  build.store(into.pointer, address, align);
  build.store(build.offset(into.pointer, 8), build.resize(pidOf(emitter), "i64", false), align);
}
