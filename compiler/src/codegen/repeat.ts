/** Functions of ours that the kernel calls. Of loops the verifier looks at the body once, however many rounds there are. */

import { FunctionBuilder, type FunctionHead } from "../ir/builder.ts";
import type { MappingBody, Repetition, UnwindTables } from "../ir/emitter.ts";
import { constant, functionAddress, type IrFunction, type IrOperand, type IrParameter } from "../ir/ir.ts";
import type { Place } from "../diagnostics/diagnostic.ts";
import type { Scope } from "./program/scope.ts";

const index: IrParameter = { kind: "parameter", type: "i64", name: "index" };
const frame: IrParameter = { kind: "parameter", type: "ptr", name: "frame" };

/** The kernel refuses a program with the address of a callback that has no round. */
export function emitRepetition(scope: Scope, loop: Repetition): void {
  if (loop.rounds === 0) return;
  const rounds = constant("i64", loop.rounds);
  const args = [rounds, repeatedBody(scope, loop), loop.frame.pointer, constant("i64", 0n)];
  scope.build.helper("loop", args, [loop.frame.object]);
}

type Body = Pick<Repetition, "name" | "title" | "body">;

export function repeatedBody({ program, build }: Scope, body: Body): IrOperand {
  return functionAddress(
    program.callbackFor(body.name, build.place, (name, place) => bodyOf(body, name, place)),
  );
}

function bodyOf({ title, body }: Body, name: string, place: Place): IrFunction {
  const build = callback({ name, title, parameters: [index, frame], place });
  body(build, index, frame);
  return build.finish();
}

const task: IrParameter = { kind: "parameter", type: "ptr", name: "task" };
const area: IrParameter = { kind: "parameter", type: "ptr", name: "area" };

export function unwindTables(scope: Scope): UnwindTables {
  const tables = scope.program.unwindTables();
  return { ...tables, mappingCallback: (name, body) => mappingCallback(scope, name, body) };
}

function mappingCallback({ program, build }: Scope, name: string, body: MappingBody): IrOperand {
  const make = (_name: string, place: Place): IrFunction => {
    const inner = callback({ name, title: "dw_ustack()", parameters: [task, area, frame], place });
    body(inner, area, frame);
    return inner.finish();
  };
  return functionAddress(program.callbackFor(name, build.place, make));
}

function callback(head: Pick<FunctionHead, "name" | "title" | "parameters" | "place">): FunctionBuilder {
  return new FunctionBuilder({ ...head, kind: "callback", section: undefined, returns: "i64" });
}
