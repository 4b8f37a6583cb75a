/** The one implementation of `Scope`: ties together what the other files of this folder do. */

import { invariant } from "../base/invariant.ts";
import { lowerings } from "../builtins/lowering/table.ts";
import type {
  CoreExpression,
  CoreMap,
  CoreStatement,
  CoreSubprogramCall,
  CoreVariable,
} from "../core/core.ts";
import { FunctionBuilder, type FunctionHead } from "../ir/builder.ts";
import type {
  EventValue,
  Location,
  Memory,
  PacketCapture,
  ProbeView,
  Repetition,
  UnwindTables,
} from "../ir/emitter.ts";
import type { HelperName } from "../ir/helpers.ts";
import { constant, type IrOperand, type IrParameter, type StackObject } from "../ir/ir.ts";
import type { EventAction, GlobalSpec, LossKind } from "../manifest/manifest.ts";
import { sizeOf } from "../types/layout.ts";
import type { AddressSpace, Type } from "../types/type.ts";
import { equalBytes } from "./values/comparison.ts";
import { countLoss, checkHelper, sendEvent } from "./maps/event.ts";
import { sendPacket } from "./maps/packet.ts";
import { leaveIfExited, markExit } from "./exiting.ts";
import { emitCondition, emitScalar } from "./expression.ts";
import { trustedAddress } from "./values/trusted.ts";
import type { CoreLoop, FramePlan } from "./program/frames.ts";
import { viewMap } from "./maps/map-access.ts";
import { loadScalar, storeScalar } from "./values/cast.ts";
import { addressOfLocation, emitInto, locationOf, memoryOf, memoryOfHome } from "./values/memory.ts";
import { rootOf } from "./loop.ts";
import { emitRepetition, repeatedBody, unwindTables } from "./repeat.ts";
import type { Program } from "./program/program.ts";
import type { Home, LoopExits, MapAccess, Scope } from "./program/scope.ts";
import { registerType } from "./program/shape.ts";
import { emitStatement } from "./statement.ts";
import type { Returns } from "./program/signature.ts";
import { callSubprogram, returnValue } from "./subprogram.ts";
import { atMost, copy, read, readString, zero } from "./values/transfer.ts";
import { VariableHomes, type VariableOptions } from "./values/variables.ts";

export interface ScopeOptions extends VariableOptions {
  readonly program: Program;
  readonly head: FunctionHead;
  readonly probe: ProbeView | undefined;
  /** What a probe answers without a `return`. */
  readonly defaultReturn?: bigint;
  /** The program's context where the function has it as a parameter. */
  readonly context: IrParameter | undefined;
}

export class FunctionScope implements Scope {
  readonly build: FunctionBuilder;
  readonly program: Program;
  readonly frame: FramePlan;
  readonly probe: ProbeView | undefined;
  readonly structs;
  readonly config;
  readonly architecture;
  private readonly options: ScopeOptions;
  private readonly variables: VariableHomes;
  private readonly loopExits: LoopExits[] = [];

  constructor(options: ScopeOptions) {
    this.options = options;
    this.program = options.program;
    this.frame = options.frame;
    this.probe = options.probe;
    this.structs = options.program.core.structs;
    this.config = options.program.core.config;
    this.architecture = options.program.environment.architecture;
    this.build = new FunctionBuilder(options.head);
    this.variables = new VariableHomes(this, options);
    this.variables.open();
  }

  get task(): Scope["task"] {
    return this.program.task;
  }

  home(variable: CoreVariable): Home {
    return this.variables.home(variable);
  }

  setHome(variable: CoreVariable, home: Home): void {
    this.variables.setHome(variable, home);
  }

  sharedFrame(plan: FramePlan): IrOperand {
    return this.variables.sharedFrame(plan);
  }

  sharedObjects(): readonly StackObject[] {
    return this.variables.sharedObjects();
  }

  context(): IrOperand {
    if (this.options.context !== undefined) return this.options.context;
    const root = rootOf(this.frame);
    const slot = root.shared.context;
    invariant(slot !== undefined, "a loop that reads the context was given it");
    return this.build.load("ptr", this.build.offset(this.sharedFrame(root), slot), 8);
  }

  at(node: { readonly place: FunctionBuilder["place"] }, emit: () => void): void {
    const before = this.build.place;
    this.build.place = node.place;
    emit();
    this.build.place = before;
  }

  private placed<T>(node: { readonly place: FunctionBuilder["place"] }, emit: () => T): T {
    const before = this.build.place;
    this.build.place = node.place;
    const value = emit();
    this.build.place = before;
    return value;
  }

  scalar(node: CoreExpression): IrOperand {
    return this.placed(node, () => emitScalar(this, node));
  }

  condition(node: CoreExpression): IrOperand {
    return this.placed(node, () => emitCondition(this, node));
  }

  into(node: CoreExpression, memory: Memory): void {
    this.placed(node, () => {
      emitInto(this, node, memory);
    });
  }

  memory(node: CoreExpression): Memory {
    return this.placed(node, () => memoryOf(this, node));
  }

  location(node: CoreExpression): Location {
    return this.placed(node, () => locationOf(this, node));
  }

  addressOf(node: CoreExpression): { readonly address: IrOperand; readonly space: AddressSpace } {
    return this.placed(node, () => addressOfLocation(this, locationOf(this, node)));
  }

  effect(node: CoreExpression): void {
    if (registerType(node.type) !== undefined) {
      this.scalar(node);
      return;
    }
    this.placed(node, () => {
      if (node.kind === "block") {
        this.statements(node.statements);
        if (node.value !== undefined) this.effect(node.value);
      } else if (node.kind === "conditional") {
        this.build.either(
          this.condition(node.condition),
          () => {
            this.effect(node.then);
          },
          () => {
            this.effect(node.otherwise);
          },
        );
      } else if (node.kind === "call" && actsByItself.has(lowerings[node.name]?.kind)) {
        emitScalar(this, node);
      } else if (node.kind === "subprogram-call" && this.sizeOf(node.type) === 0) {
        callSubprogram(this, node, undefined);
      } else if (this.sizeOf(node.type) > 0) {
        memoryOf(this, node);
      }
    });
  }

  statements(nodes: readonly CoreStatement[]): void {
    for (const node of nodes) {
      this.placed(node, () => {
        emitStatement(this, node);
        leaveIfExited(this, node);
      });
    }
  }

  callSubprogram(call: CoreSubprogramCall, into: Memory | undefined): IrOperand {
    return callSubprogram(this, call, into);
  }

  callback(
    loop: CoreLoop,
    plan: FramePlan,
    parameters: readonly IrParameter[],
    body: (inner: Scope) => void,
  ): string {
    const known = this.program.callbacks.get(loop);
    if (known !== undefined) return known;
    const name = `loop_${this.program.callbacks.size}`;
    this.program.callbacks.set(loop, name);
    const line = this.program.position(loop.place).startLine + 1;
    const inner = new FunctionScope({
      ...this.options,
      head: {
        name,
        title: `${rootTitle(this.options.head.title)} loop at line ${line}`,
        kind: "callback",
        section: undefined,
        parameters,
        returns: "i64",
        place: loop.place,
      },
      frame: plan,
      body: loop.body,
      parameters: new Map(),
      context: undefined,
    });
    body(inner);
    this.program.functions.push(inner.build.finish());
    return name;
  }

  inLoop(exits: LoopExits, body: () => void): void {
    this.loopExits.push(exits);
    body();
    this.loopExits.pop();
  }

  exits(): LoopExits {
    const exits = this.loopExits.at(-1);
    invariant(exits !== undefined, "break and continue stand in loops");
    return exits;
  }

  leave(value: CoreExpression | undefined): void {
    const { build } = this;
    const root = rootOf(this.frame);
    const { returns } = this.options;
    if (root === this.frame && value === undefined && this.options.defaultReturn !== undefined) {
      build.return(constant("i64", this.options.defaultReturn));
      return;
    }
    if (root === this.frame) {
      build.return(returnValue(this, returns, value, () => resultParameterOf(returns)));
      return;
    }
    const { leaving, result } = root.shared;
    invariant(leaving !== undefined && result !== undefined, "a loop that returns was planned so");
    const frame = this.sharedFrame(root);
    const fallback = this.options.defaultReturn;
    const returned =
      value === undefined && fallback !== undefined
        ? constant("i64", fallback)
        : returnValue(this, returns, value, () => build.load("ptr", build.offset(frame, result), 8));
    if (returned !== undefined)
      build.store(build.offset(frame, result), build.resize(returned, "i64", true), 8);
    build.store(build.offset(frame, leaving), constant("i64", 1n), 8);
    build.return(constant("i64", 1n));
  }

  returnShared(): void {
    const { build } = this;
    const { returns } = this.options.head;
    const slot = this.frame.shared.result;
    if (returns === "void" || slot === undefined) {
      build.return();
      return;
    }
    build.return(
      build.resize(build.load("i64", build.offset(this.sharedFrame(this.frame), slot), 8), returns, false),
    );
  }

  setVariable(variable: CoreVariable, value: Memory): void {
    const home = this.home(variable);
    const scalarType = registerType(variable.type) !== undefined;
    if (home.kind === "local") this.build.write(home.local, loadScalar(this, value, variable.type));
    else if (scalarType)
      storeScalar(this, memoryOfHome(home), variable.type, loadScalar(this, value, variable.type));
    else this.copy(memoryOfHome(home), value, this.sizeOf(variable.type));
  }

  sizeOf(type: Type): number {
    return sizeOf(type, this.structs);
  }

  temporary(label: string, size: number, align: number): Memory & { readonly object: StackObject } {
    const object = this.build.object(label, size, align);
    this.build.begin(object);
    return { pointer: this.build.addressOf(object), align, object };
  }

  constantBytes(bytes: Uint8Array): IrOperand {
    return this.program.constantBytes(bytes);
  }

  patched(value: GlobalSpec["value"]): IrOperand {
    const { base, offset } = this.program.patched(value, 8);
    return this.build.load("i64", this.build.offset(base, offset), 8);
  }

  zero(memory: Memory, bytes: number): void {
    zero(this, memory, bytes);
  }

  copy(to: Memory, from: Memory, bytes: number): void {
    copy(this, to, from, bytes);
  }

  read(to: Memory, bytes: number | IrOperand, address: IrOperand, space: AddressSpace): IrOperand {
    return read(this, to, bytes, address, space);
  }

  readString(to: Memory, size: number, address: IrOperand, space: AddressSpace, limit?: IrOperand): void {
    readString(this, to, size, address, space, limit);
  }

  namedParameter(name: string): IrOperand {
    const { base, offset } = this.program.patched(
      { kind: "named-parameter", name },
      this.program.namedParameterSize(name),
    );
    return this.build.offset(base, offset);
  }

  textIndex(list: "timeFormats" | "cgroupFilters", text: string): number {
    return this.program.textIndex(list, text);
  }

  trusted(node: CoreExpression): IrOperand {
    return this.placed(node, () => trustedAddress(this, node));
  }

  atMost(value: IrOperand, most: number): IrOperand {
    return atMost(this, value, most);
  }

  equalBytes(left: CoreExpression, right: CoreExpression, bytes: number): IrOperand {
    return equalBytes(this, left, right, bytes);
  }

  repeat(loop: Repetition): void {
    emitRepetition(this, loop);
  }

  repeated(loop: Pick<Repetition, "name" | "title" | "body">): IrOperand {
    return repeatedBody(this, loop);
  }

  map(map: CoreMap): MapAccess {
    return viewMap(this, map);
  }

  event(action: EventAction, values: readonly EventValue[]): void {
    sendEvent(this, action, values);
  }

  unwindTables(): UnwindTables {
    return unwindTables(this);
  }

  packet(capture: PacketCapture): IrOperand {
    return sendPacket(this, capture);
  }

  exiting(code: IrOperand): void {
    markExit(this, code);
  }

  runtimeError(error: string): void {
    sendEvent(this, { kind: "runtime-error", error }, []);
  }

  countLoss(kind: LossKind, name: string): void {
    countLoss(this, kind, name);
  }

  checkHelper(helper: HelperName, result: IrOperand, map?: CoreMap): void {
    checkHelper(this, helper, result, map);
  }
}

/** Lowerings whose code runs without a place for a result; that of a helper that gives a number may be called for nothing. */
const actsByItself: ReadonlySet<string | undefined> = new Set(["effect", "scalar"]);

function resultParameterOf(returns: Returns): IrOperand {
  invariant(returns.kind === "memory", "only results in memory have a place");
  return returns.parameter;
}

function rootTitle(title: string): string {
  return title.replace(/ loop at line \d+$/, "");
}
