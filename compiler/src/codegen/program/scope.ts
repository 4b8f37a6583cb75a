/** One function while it is generated: what statements and expressions of the script need beyond an `Emitter`. */

import type {
  CoreExpression,
  CoreMap,
  CoreStatement,
  CoreSubprogramCall,
  CoreVariable,
} from "../../core/core.ts";
import type { Emitter, Location, MapView, Memory } from "../../ir/emitter.ts";
import type { IrOperand, IrParameter, Local, StackObject } from "../../ir/ir.ts";
import type { CoreLoop, FramePlan } from "./frames.ts";
import type { Program } from "./program.ts";

/** Where a variable lives, seen from one function. */
export type Home =
  | { readonly kind: "local"; readonly local: Local }
  /** `memory` emits the code that finds it. */
  | { readonly kind: "memory"; readonly memory: () => Memory }
  /** The element of a map loop, of which only the parts that are looked at were copied. */
  | { readonly kind: "parts"; readonly parts: readonly (Home | undefined)[] };

/** Where `break` and `continue` go. */
export interface LoopExits {
  readonly onBreak: () => void;
  readonly onContinue: () => void;
}

/** A map as the script's own reads see it. */
export interface MapAccess extends MapView {
  /** Of a value in memory: the map's own, or zeroes when there is no such key. */
  readonly value: (key: CoreExpression | undefined) => Location;
  /** Brings such a value, or what an aggregation has gathered, to `memory`. */
  readonly valueInto: (key: CoreExpression | undefined, memory: Memory) => void;
}

export interface Scope extends Emitter {
  readonly map: (map: CoreMap) => MapAccess;
  readonly program: Program;
  readonly frame: FramePlan;
  readonly home: (variable: CoreVariable) => Home;
  /** For variables that a loop function finds otherwise, such as the element of a map loop. */
  readonly setHome: (variable: CoreVariable, home: Home) => void;
  /** Evaluates for its effects only. */
  readonly effect: (expression: CoreExpression) => void;
  readonly statements: (statements: readonly CoreStatement[]) => void;
  /** @returns its value; one in memory goes to `into` */
  readonly callSubprogram: (call: CoreSubprogramCall, into: Memory | undefined) => IrOperand;
  readonly inLoop: (exits: LoopExits, body: () => void) => void;
  readonly exits: () => LoopExits;
  /** Generates the function of a loop's body, once. @returns its name */
  readonly callback: (
    loop: CoreLoop,
    plan: FramePlan,
    parameters: readonly IrParameter[],
    body: (inner: Scope) => void,
  ) => string;
  /** Ends the function of the script that this code belongs to, from inside its loop callbacks too. */
  readonly leave: (value: CoreExpression | undefined) => void;
  /** Address of the frame shared with loops of the function with that plan: this one or one around it. */
  readonly sharedFrame: (plan: FramePlan) => IrOperand;
  /** Objects that loops reach through this function's shared frame. */
  readonly sharedObjects: () => readonly StackObject[];
  /** Returns what a `return` inside a loop left behind. */
  readonly returnShared: () => void;
  /** Runs `emit` at another place of the script. */
  readonly at: (node: { readonly place: Emitter["build"]["place"] }, emit: () => void) => void;
}
