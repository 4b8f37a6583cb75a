/** Loops of our own that the kernel runs: the verifier looks at the body once, however many rounds there are. */

import { FunctionBuilder } from "../ir/builder.ts";
import type { Repetition } from "../ir/emitter.ts";
import { constant, functionAddress, type IrFunction, type IrOperand, type IrParameter } from "../ir/ir.ts";
import type { Place } from "../diagnostics/diagnostic.ts";
import type { Scope } from "./program/scope.ts";

const index: IrParameter = { kind: "parameter", type: "i64", name: "index" };
const frame: IrParameter = { kind: "parameter", type: "ptr", name: "frame" };

export function emitRepetition(scope: Scope, loop: Repetition): void {
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
  const build = new FunctionBuilder({
    name,
    title,
    kind: "callback",
    section: undefined,
    parameters: [index, frame],
    returns: "i64",
    place,
  });
  body(build, index, frame);
  return build.finish();
}
