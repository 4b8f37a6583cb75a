/** Where the variables of one function live: in registers, in its memory, or in the frame that it shares with its loops. */

import { invariant } from "../../base/invariant.ts";
import type { CoreStatement, CoreVariable } from "../../core/core.ts";
import type { Memory } from "../../ir/emitter.ts";
import { constant, type IrOperand, type IrParameter, type StackObject } from "../../ir/ir.ts";
import { alignOf } from "../../types/layout.ts";
import { loadScalar, storeScalar } from "./cast.ts";
import { needsZero } from "./first-use.ts";
import type { FramePlan } from "../program/frames.ts";
import { memoryOfHome } from "./memory.ts";
import type { Home, Scope } from "../program/scope.ts";
import { registerType, temporaryAlign } from "../program/shape.ts";
import type { Returns } from "../program/signature.ts";

/** Label of the object that holds what a function and its loops both use. */
export const SHARED_FRAME = "variables shared with a loop";

export interface VariableOptions {
  readonly frame: FramePlan;
  readonly returns: Returns;
  /** What the function's variables are used by; tells which must start as zero. */
  readonly body: readonly CoreStatement[];
  readonly parameters: ReadonlyMap<CoreVariable, IrParameter>;
  /** Parameters that came through memory. */
  readonly rest: readonly { readonly offset: number; readonly variable: CoreVariable | undefined }[];
}

export class VariableHomes {
  private readonly scope: Scope;
  private readonly options: VariableOptions;
  private readonly frame: FramePlan;
  private readonly homes = new Map<CoreVariable, Home>();
  private readonly frameObject: StackObject | undefined;
  private readonly ownObjects: StackObject[] = [];

  /** Emits, at the start of the function, what its variables need. */
  constructor(scope: Scope, options: VariableOptions) {
    this.scope = scope;
    this.options = options;
    this.frame = options.frame;
    const { shared } = options.frame;
    this.frameObject = shared.bytes === 0 ? undefined : scope.build.object(SHARED_FRAME, shared.bytes, 8);
  }

  /** To be called once, when `scope` can be used. */
  open(): void {
    this.openFrame();
    for (const variable of this.frame.variables) this.settle(variable);
    for (const { offset, variable } of this.options.rest) {
      if (variable !== undefined && this.frame.variables.has(variable)) this.settleRest(variable, offset);
    }
  }

  private settleRest(variable: CoreVariable, offset: number): void {
    const { build } = this.scope;
    const rest: IrOperand = { kind: "parameter", type: "ptr", name: "rest" };
    const slot: Memory = { pointer: build.offset(rest, offset), align: 8 };
    const type = registerType(variable.type);
    if (type === undefined) this.setParameter(variable, build.load("ptr", slot.pointer, 8));
    else this.setParameter(variable, loadScalar(this.scope, slot, variable.type));
  }

  private setParameter(variable: CoreVariable, value: IrOperand): void {
    const home = this.home(variable);
    const register = registerType(variable.type);
    if (home.kind === "local") this.scope.build.write(home.local, value);
    else if (register !== undefined) storeScalar(this.scope, memoryOfHome(home), variable.type, value);
    else {
      const size = this.scope.sizeOf(variable.type);
      this.scope.copy(memoryOfHome(home), { pointer: value, align: temporaryAlign(size) }, size);
    }
  }

  /** What loops find in the shared frame beside variables. */
  private openFrame(): void {
    const {
      scope: { build },
      frame,
    } = this;
    const { outer, context, leaving, result } = frame.shared;
    if (outer !== undefined && frame.parent !== undefined) {
      build.store(this.frameSlot(outer), this.sharedFrame(frame.parent), 8);
    }
    if (context !== undefined) build.store(this.frameSlot(context), this.scope.context(), 8);
    if (leaving !== undefined) build.store(this.frameSlot(leaving), constant("i64", 0n), 8);
    const { returns } = this.options;
    if (result !== undefined && returns.kind === "memory")
      build.store(this.frameSlot(result), returns.parameter, 8);
  }

  private frameSlot(offset: number): IrOperand {
    return this.scope.build.offset(this.sharedFrame(this.frame), offset);
  }

  /** Gives a variable its home and, unless it is written before it is read, its first value. */
  private settle(variable: CoreVariable): void {
    const {
      scope: { build },
      frame,
    } = this;
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
      this.scope.zero(home.memory(), this.scope.sizeOf(variable.type));
    }
  }

  private isLoopVariable(variable: CoreVariable, frame: FramePlan): boolean {
    for (const [loop, plan] of frame.parent?.loops ?? []) {
      if (plan === frame) return loop.variable === variable;
    }
    return false;
  }

  private newHome(variable: CoreVariable): Home {
    const {
      scope: { build },
      frame,
    } = this;
    const register = registerType(variable.type);
    const slot = frame.shared.slots.get(variable);
    if (register !== undefined && slot !== undefined) {
      return {
        kind: "memory",
        memory: () => ({ pointer: this.frameSlot(slot), align: this.scope.sizeOf(variable.type) }),
      };
    }
    if (register !== undefined && !frame.pinned.has(variable)) {
      return { kind: "local", local: build.local(variable.name, register) };
    }
    const size = this.scope.sizeOf(variable.type);
    const align = Math.max(temporaryAlign(size), alignOf(variable.type, this.scope.structs));
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
    const { build } = this.scope;
    const place = build.offset(this.sharedFrame(plan), slot);
    if (registerType(variable.type) !== undefined)
      return { pointer: place, align: this.scope.sizeOf(variable.type) };
    const size = this.scope.sizeOf(variable.type);
    const align = Math.max(temporaryAlign(size), alignOf(variable.type, this.scope.structs));
    return { pointer: build.load("ptr", place, 8), align };
  }

  setHome(variable: CoreVariable, home: Home): void {
    this.homes.set(variable, home);
  }

  sharedFrame(plan: FramePlan): IrOperand {
    const { build } = this.scope;
    if (plan === this.frame) {
      invariant(this.frameObject !== undefined, "a frame with slots has an object");
      return build.addressOf(this.frameObject);
    }
    let pointer: IrOperand = { kind: "parameter", type: "ptr", name: "frame" };
    for (let around = this.frame.parent; around !== undefined && around !== plan; around = around.parent) {
      invariant(around.shared.outer !== undefined, "each frame between knows the one around it");
      pointer = build.load("ptr", build.offset(pointer, around.shared.outer), 8);
    }
    return pointer;
  }

  sharedObjects(): readonly StackObject[] {
    return this.frameObject === undefined ? this.ownObjects : [this.frameObject, ...this.ownObjects];
  }
}
