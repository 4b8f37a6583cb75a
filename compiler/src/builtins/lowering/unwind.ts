/** Lowering of `dw_ustack`: walks the user stack by tables that the runtime made of the programs' call frame information. */

import type { CoreCall } from "../../core/core.ts";
import type { FunctionBuilder } from "../../ir/builder.ts";
import {
  inMemory,
  type Emitter,
  type LoweringRow,
  type Memory,
  type UnwindTables,
} from "../../ir/emitter.ts";
import { constant, type IrOperand } from "../../ir/ir.ts";
import { unwindProcess } from "../../manifest/unwind-tables.ts";
import { pidOf } from "./process.ts";
import { registerFiles } from "./registers.ts";
import { stepToCaller } from "./unwind-step.ts";
import { searchesFor, type Searches } from "./unwind-search.ts";
import { outcome, walkState } from "./unwind-state.ts";

/** Of the code segment: user mode has both. */
const PRIVILEGE_MASK = constant("i64", 3n);

/** As the number of a system call. Source: arch/x86/entry/entry_64.S. */
const NO_SYSTEM_CALL = constant("i64", -1n);

const HEADER_BYTES = 16;

/** How a frame is written: `build_id` has frames of the kernel's shape, of which one kind says an address and no build id. */
interface FrameShape {
  readonly name: string;
  readonly bytes: number;
  readonly address: number;
  readonly status: number | undefined;
}
const plainFrame: FrameShape = { name: "", bytes: 8, address: 0, status: undefined };
/** Source: struct bpf_stack_build_id and BPF_STACK_BUILD_ID_IP, include/uapi/linux/bpf.h. */
const buildIdFrame: FrameShape = { name: "id_", bytes: 32, address: 24, status: 2 };

const GO_ON = constant("i64", 0n);
const STOP = constant("i64", 1n);

export const unwindLowerings = {
  dw_ustack: inMemory(unwoundStack),
} satisfies Readonly<Record<string, LoweringRow>>;

/** Laid out as `ustack` lays out its stacks. */
function unwoundStack(emitter: Emitter, { type }: CoreCall, into: Memory): void {
  if (type.kind !== "stack") return;
  const { build } = emitter;
  const { limit, mode } = type;
  const shape = mode === "build_id" ? buildIdFrame : plainFrame;
  const tables = emitter.unwindTables();
  const searches = searchesFor(emitter, tables);
  emitter.zero(into, emitter.sizeOf(type));
  const pid = build.resize(pidOf(emitter), "i64", false);
  const align = Math.min(into.align, 8);
  build.store(build.offset(into.pointer, 8), pid, align);
  const state = emitter.temporary("walk of dw_ustack()", walkState.bytes, 8);
  const at = (offset: number): IrOperand => build.offset(state.pointer, offset);
  const process = processOf(emitter, tables.processes, at(walkState.key), pid);
  const registers = build.helper("task_pt_regs", [build.helper("get_current_task_btf", [])]);
  const register = (name: string): IrOperand =>
    build.load("i64", build.offset(registers, registerFiles.x86_64.offsets[name] ?? 0), 8);
  build.either(
    build.isZero(process),
    () => {
      emitter.countLoss("stack-failed", "dw_ustack");
    },
    () => {
      const level = build.binary("and", register("cs"), PRIVILEGE_MASK);
      build.either(
        build.compare("ne", level, PRIVILEGE_MASK),
        () => {
          emitter.countLoss("stack-failed", "dw_ustack");
        },
        () => {
          build.store(at(walkState.process), process, 8);
          build.store(at(walkState.stack), into.pointer, 8);
          build.store(at(walkState.instruction), register("ip"), 8);
          build.store(at(walkState.stackPointer), register("sp"), 8);
          build.store(at(walkState.framePointer), register("bp"), 8);
          build.store(at(walkState.outcome), constant("i64", 0n), 8);
          const zero = build.load("i64", build.offset(process, unwindProcess.zero), 8);
          for (const field of ["start", "end", "pointerLost"] as const)
            build.store(at(walkState[field]), zero, 8);
          build.store(at(walkState.back), build.binary("or", isBehindSystemCall(build, register), zero), 8);
          emitter.repeat({
            name: `unwind_${shape.name}${limit}_${align}`,
            title: "dw_ustack()",
            rounds: limit,
            frame: state,
            body: (inner, index, frame) => {
              walkFrame(inner, { index, frame, limit, align, shape, tables, searches });
            },
          });
          const end = build.load("i64", at(walkState.outcome), 8);
          build.when(build.compare("eq", end, constant("i64", outcome.cut)), () => {
            emitter.countLoss("stack-cut", "dw_ustack");
          });
        },
      );
    },
  );
}

/**
 * 1 in a system call, whose instruction is the one before: of the signal return it is the last one of its function. A system call
 * leaves its return address in rcx, so these differ as soon as the kernel has another place to go on at: another
 * program's first instruction, a signal's handler, what a signal had interrupted.
 */
function isBehindSystemCall(build: FunctionBuilder, register: (name: string) => IrOperand): IrOperand {
  const inSystemCall = build.compare("ne", register("orig_rax"), NO_SYSTEM_CALL);
  const behind = build.compare("eq", register("cx"), register("ip"));
  return build.resize(build.binary("and", inSystemCall, behind), "i64", false);
}

/** Its mappings; else the entry that has none, for what the kernel can say itself. */
function processOf({ build }: Emitter, processes: IrOperand, key: IrOperand, pid: IrOperand): IrOperand {
  const found = build.local("process", "ptr");
  build.store(key, pid, 8);
  build.write(found, build.helper("map_lookup_elem", [processes, key]));
  build.when(build.isZero(build.read(found)), () => {
    build.store(key, constant("i64", 0n), 8);
    build.write(found, build.helper("map_lookup_elem", [processes, key]));
  });
  return build.read(found);
}

interface Step {
  readonly index: IrOperand;
  readonly frame: IrOperand;
  readonly limit: number;
  readonly align: number;
  readonly shape: FrameShape;
  readonly tables: UnwindTables;
  readonly searches: Searches;
}

/** Notes the frame at hand and goes to its caller. */
function walkFrame(
  build: FunctionBuilder,
  { index, frame, limit, align, shape, tables, searches }: Step,
): void {
  build.when(build.compare("uge", index, constant("i64", limit)), () => {
    build.return(STOP);
  });
  const stack = build.load("ptr", build.offset(frame, walkState.stack), 8);
  const skipped = build.binary("mul", index, constant("i64", shape.bytes));
  const at = build.offset(build.offset(stack, skipped), HEADER_BYTES);
  const instruction = build.load("i64", build.offset(frame, walkState.instruction), 8);
  if (shape.status !== undefined) build.store(at, constant("i32", shape.status), Math.min(align, 4));
  build.store(build.offset(at, shape.address), instruction, align);
  build.store(stack, build.binary("add", index, constant("i64", 1n)), align);
  const end = (how: number): void => {
    build.store(build.offset(frame, walkState.outcome), constant("i64", how), 8);
    build.return(STOP);
  };
  stepToCaller(
    build,
    frame,
    { tables, searches },
    {
      cut: () => {
        end(outcome.cut);
      },
      outermost: () => {
        end(outcome.outermost);
      },
    },
  );
  build.return(GO_ON);
}
