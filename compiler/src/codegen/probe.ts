/** From probes and `fn`s of the core tree to functions of the IR. */

import { lowerings } from "../builtins/lowering/table.ts";
import type { CoreProbe, CoreProgram, CoreSubprogram } from "../core/core.ts";
import type { ProbeTarget } from "../core/target.ts";
import { walk } from "../core/walk.ts";
import type { ProbeView } from "../ir/emitter.ts";
import { constant } from "../ir/ir.ts";
import type { ProgramSpec } from "../manifest/manifest.ts";
import { returnWhenExiting } from "./exiting.ts";
import { planFrames } from "./program/frames.ts";
import { FunctionScope } from "./function-scope.ts";
import type { Program } from "./program/program.ts";
import { describeProgram } from "./program/program-spec.ts";
import { contextParameter, signatureOf } from "./program/signature.ts";
import { takeIteratorObjects } from "./values/iterator-objects.ts";

/** Names of the `fn`s that read the context, themselves or through others. */
export function contextUsers(core: CoreProgram): ReadonlySet<string> {
  const users = new Set<string>();
  for (let before = -1; before !== users.size; ) {
    before = users.size;
    for (const { name, body } of core.subprograms) {
      walk(body, (node) => {
        const uses =
          (node.kind === "call" && lowerings[node.name]?.context === true) ||
          (node.kind === "subprogram-call" && users.has(node.subprogram.name));
        if (uses) users.add(name);
        return true;
      });
    }
  }
  return users;
}

export function emitSubprogram(
  program: Program,
  subprogram: CoreSubprogram,
  users: ReadonlySet<string>,
): void {
  const signature =
    program.signatures.get(subprogram.name) ?? signatureOf(subprogram, users.has(subprogram.name));
  const values = signature.registers.filter(({ name }) => name.startsWith("p"));
  const parameters = new Map(
    subprogram.parameters.slice(0, values.length).flatMap((variable, i) => {
      const value = values[i];
      return value === undefined ? [] : [[variable, value] as const];
    }),
  );
  const scope = new FunctionScope({
    program,
    head: {
      name: signature.name,
      title: `fn ${subprogram.name}`,
      kind: "subprogram",
      section: undefined,
      parameters: signature.registers,
      returns: signature.returns.kind === "register" ? signature.returns.type : "void",
      place: subprogram.place,
    },
    frame: planFrames(subprogram.body, {
      structs: program.core.structs,
      parameters: subprogram.parameters,
      usesContext: contextTest(users),
    }),
    probe: undefined,
    returns: signature.returns,
    body: subprogram.body,
    parameters,
    rest: signature.rest.map(({ offset }, i) => ({
      offset,
      variable: subprogram.parameters[values.length + i],
    })),
    context: signature.context ? contextParameter : undefined,
  });
  scope.statements(subprogram.body);
  if (!scope.build.ended) scope.leave(undefined);
  program.functions.push(scope.build.finish());
}

function contextTest(users: ReadonlySet<string>): (call: string, isSubprogram: boolean) => boolean {
  return (call, isSubprogram) => (isSubprogram ? users.has(call) : lowerings[call]?.context === true);
}

export function emitProbe(
  program: Program,
  probe: CoreProbe,
  index: number,
  users: ReadonlySet<string>,
): ProgramSpec {
  const spec = describeProgram(probe, index, program.position(probe.place));
  const target = probe.targets[0];
  const body = probe.body;
  const view: ProbeView = {
    probeType: probe.probeType,
    name: probe.name,
    returns: target !== undefined && firesOnReturn(target),
    architecture: program.environment.architecture,
    targets: probe.targets,
    space: probe.space,
  };
  const scope = new FunctionScope({
    program,
    head: {
      name: spec.function,
      title: probe.name,
      kind: "program",
      section: spec.section,
      parameters: [contextParameter],
      returns: "i64",
      fallback: probe.defaultReturn,
      place: probe.place,
    },
    frame: planFrames(body, {
      structs: program.core.structs,
      parameters: [],
      usesContext: contextTest(users),
    }),
    probe: view,
    returns: { kind: "register", type: "i64" },
    body,
    parameters: new Map(),
    rest: [],
    context: contextParameter,
    defaultReturn: probe.defaultReturn,
  });
  returnWhenExiting(scope, probe.probeType, probe.defaultReturn);
  takeIteratorObjects(scope, body);
  scope.statements(body);
  if (!scope.build.ended) scope.build.return(constant("i64", probe.defaultReturn));
  program.functions.push(scope.build.finish());
  return spec;
}

/** A session's program is called on both sides. */
function firesOnReturn(target: ProbeTarget): boolean {
  if (target.kind === "kprobe" && target.session) return true;
  return (target.kind === "kprobe" || target.kind === "fentry" || target.kind === "uprobe") && target.returns;
}
