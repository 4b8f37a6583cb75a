/** The one implementation of `Scope`: ties together what the other files of this folder do. */

import { invariant } from "../base/invariant.ts";
import { lowerings } from "../builtins/lowering/table.ts";
import type { CoreExpression, CoreStatement, CoreSubprogramCall, CoreVariable } from "../core/core.ts";
import { FunctionBuilder, type FunctionHead } from "../ir/builder.ts";
import type { EventValue, Location, MapView, Memory, ProbeView } from "../ir/emitter.ts";
import type { HelperName } from "../ir/helpers.ts";
import { constant, type IrOperand, type IrParameter, type StackObject } from "../ir/ir.ts";
import type { EventAction, GlobalSpec, LossKind } from "../manifest/manifest.ts";
import { alignOf, sizeOf } from "../types/layout.ts";
import type { AddressSpace, Type } from "../types/type.ts";
import { equalBytes } from "./comparison.ts";
import { countLoss, checkHelper, sendEvent } from "./event.ts";
import { emitCondition, emitScalar } from "./expression.ts";
import { trustedAddress } from "./trusted.ts";
import type { CoreLoop, FramePlan } from "./frames.ts";
import { viewMap } from "./map-access.ts";
import { loadScalar, storeScalar } from "./cast.ts";
import { addressOfLocation, emitInto, locationOf, memoryOf, memoryOfHome, temporaryAlign } from "./memory.ts";
import { rootOf } from "./loop.ts";
import type { Program } from "./program.ts";
import type { Home, LoopExits, Scope } from "./scope.ts";
import { registerType } from "./shape.ts";
import { emitStatement } from "./statement.ts";
import type { Returns } from "./signature.ts";
import { callSubprogram, returnValue } from "./subprogram.ts";
import { atMost, copy, read, readString, zero } from "./transfer.ts";
import { needsZero } from "./first-use.ts";
import type { CoreMap } from "../core/core.ts";

export interface ScopeOptions {
  readonly program: Program;
  readonly head: FunctionHead;
  readonly frame: FramePlan;
  readonly probe: ProbeView | undefined;
  readonly returns: Returns;
  /** What the function's variables are used by; tells which must start as zero. */
  readonly body: readonly CoreStatement[];
  readonly parameters: ReadonlyMap<CoreVariable, IrParameter>;
  /** Parameters that came through memory. */
  readonly rest: readonly { readonly offset: number; readonly variable: CoreVariable | undefined }[];
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
  readonly task;
  private readonly options: ScopeOptions;
  private readonly homes = new Map<CoreVariable, Home>();
  private readonly loopExits: LoopExits[] = [];
  private readonly frameObject: StackObject | undefined;
  private readonly ownObjects: StackObject[] = [];

  constructor(options: ScopeOptions) {
    this.options = options;
    this.program = options.program;
    this.frame = options.frame;
    this.probe = options.probe;
    this.structs = options.program.core.structs;
    this.config = options.program.core.config;
    this.architecture = options.program.environment.architecture;
    this.task = options.program.task;
    this.build = new FunctionBuilder(options.head);
    const { shared } = options.frame;
    this.frameObject =
      shared.bytes === 0 ? undefined : this.build.object("variables shared with a loop", shared.bytes, 8);
    this.openFrame();
    for (const variable of options.frame.variables) this.settle(variable);
    for (const { offset, variable } of options.rest) {
      if (variable !== undefined && options.frame.variables.has(variable)) this.settleRest(variable, offset);
    }
  }

  private settleRest(variable: CoreVariable, offset: number): void {
    const { build } = this;
    const rest: IrOperand = { kind: "parameter", type: "ptr", name: "rest" };
    const slot: Memory = { pointer: build.offset(rest, offset), align: 8 };
    const type = registerType(variable.type);
    if (type === undefined) this.setParameter(variable, build.load("ptr", slot.pointer, 8));
    else this.setParameter(variable, loadScalar(this, slot, variable.type));
  }

  private setParameter(variable: CoreVariable, value: IrOperand): void {
    const home = this.home(variable);
    const register = registerType(variable.type);
    if (home.kind === "local") this.build.write(home.local, value);
    else if (register !== undefined) storeScalar(this, memoryOfHome(home), variable.type, value);
    else {
      const size = this.sizeOf(variable.type);
      this.copy(memoryOfHome(home), { pointer: value, align: temporaryAlign(size) }, size);
    }
  }

  /** What loops find in the shared frame beside variables. */
  private openFrame(): void {
    const { build, frame } = this;
    const { outer, context, leaving, result } = frame.shared;
    if (outer !== undefined && frame.parent !== undefined) {
      build.store(this.frameSlot(outer), this.sharedFrame(frame.parent), 8);
    }
    if (context !== undefined) build.store(this.frameSlot(context), this.context(), 8);
    if (leaving !== undefined) build.store(this.frameSlot(leaving), constant("i64", 0n), 8);
    const { returns } = this.options;
    if (result !== undefined && returns.kind === "memory")
      build.store(this.frameSlot(result), returns.parameter, 8);
  }

  private frameSlot(offset: number): IrOperand {
    return this.build.offset(this.sharedFrame(this.frame), offset);
  }

  /** Gives a variable its home and, unless it is written before it is read, its first value. */
  private settle(variable: CoreVariable): void {
    const { build, frame } = this;
    const home = this.newHome(variable);
    this.homes.set(variable, home);
    const parameter = this.options.parameters.get(variable);
    if (parameter !== undefined) {
      this.setParameter(variable, parameter);
      return;
    }
    if (this.options.rest.some((one) => one.variable === variable)) return;
    if (!needsZero(variable, this.options.body)) return;
    if (home.kind === "local") build.write(home.local, constant(home.local.type, 0n));
    else if (home.kind === "memory" && !this.isLoopVariable(variable, frame)) {
      this.zero(home.memory(), this.sizeOf(variable.type));
    }
  }

  private isLoopVariable(variable: CoreVariable, frame: FramePlan): boolean {
    for (const [loop, plan] of frame.parent?.loops ?? []) {
      if (plan === frame) return loop.variable === variable;
    }
    return false;
  }

  private newHome(variable: CoreVariable): Home {
    const { build, frame } = this;
    const register = registerType(variable.type);
    const slot = frame.shared.slots.get(variable);
    if (register !== undefined && slot !== undefined) {
      return {
        kind: "memory",
        memory: () => ({ pointer: this.frameSlot(slot), align: this.sizeOf(variable.type) }),
      };
    }
    if (register !== undefined && !frame.pinned.has(variable)) {
      return { kind: "local", local: build.local(variable.name, register) };
    }
    const size = this.sizeOf(variable.type);
    const align = Math.max(temporaryAlign(size), alignOf(variable.type, this.structs));
    const object = build.object(`$${variable.name}`, size, align, variable.place);
    if (slot !== undefined) this.ownObjects.push(object);
    return { kind: "memory", memory: () => ({ pointer: build.addressOf(object), align }) };
  }

  home(variable: CoreVariable): Home {
    const own = this.homes.get(variable);
    if (own !== undefined) return own;
    let owner = this.frame.parent;
    while (owner !== undefined && !owner.variables.has(variable)) owner = owner.parent;
    const slot = owner?.shared.slots.get(variable);
    invariant(owner !== undefined && slot !== undefined, `$${variable.name} is shared with its loops`);
    const plan = owner;
    return { kind: "memory", memory: () => this.sharedMemory(variable, plan, slot) };
  }

  private sharedMemory(variable: CoreVariable, plan: FramePlan, slot: number): Memory {
    const { build } = this;
    const place = build.offset(this.sharedFrame(plan), slot);
    if (registerType(variable.type) !== undefined)
      return { pointer: place, align: this.sizeOf(variable.type) };
    const size = this.sizeOf(variable.type);
    const align = Math.max(temporaryAlign(size), alignOf(variable.type, this.structs));
    return { pointer: build.load("ptr", place, 8), align };
  }

  setHome(variable: CoreVariable, home: Home): void {
    this.homes.set(variable, home);
  }

  sharedFrame(plan: FramePlan): IrOperand {
    const { build } = this;
    if (plan === this.frame) {
      invariant(this.frameObject !== undefined, "a frame with slots has an object");
      return build.addressOf(this.frameObject);
    }
    let pointer: IrOperand = { kind: "parameter", type: "ptr", name: "frame" };
    for (let around = this.frame.parent; around !== plan; around = around?.parent) {
      invariant(around?.shared.outer !== undefined, "each frame between knows the one around it");
      pointer = build.load("ptr", build.offset(pointer, around.shared.outer), 8);
    }
    return pointer;
  }

  sharedObjects(): readonly StackObject[] {
    return this.frameObject === undefined ? this.ownObjects : [this.frameObject, ...this.ownObjects];
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
      } else if (node.kind === "call" && lowerings[node.name]?.kind === "effect") {
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
    build.return(build.resize(build.load("i64", this.frameSlot(slot), 8), returns, false));
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

  map(map: CoreMap): MapView {
    return viewMap(this, map);
  }

  event(action: EventAction, values: readonly EventValue[]): void {
    sendEvent(this, action, values);
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

function resultParameterOf(returns: Returns): IrOperand {
  invariant(returns.kind === "memory", "only results in memory have a place");
  return returns.parameter;
}

function rootTitle(title: string): string {
  return title.replace(/ loop at line \d+$/, "");
}
