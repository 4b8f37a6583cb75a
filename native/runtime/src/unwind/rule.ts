/** A rule that leads from a function to its caller, and its bytes as programs read them. */

import { unwindKind, unwindRule } from "@probewright/compiler";
import type { Place } from "./frame-expression.ts";

export type Rule =
  /** Nothing tells where the caller is. */
  | { readonly kind: "unknown" }
  /** There is none. */
  | { readonly kind: "outermost" }
  | {
      readonly kind: "known";
      /** Where the caller's stack begins. */
      readonly frame: Place;
      /** Where the caller's frame pointer is saved; in its register still; or nowhere. */
      readonly pointer: Place | "same" | "unknown";
      /** Undefined for a call; for the return of a signal's handler, where the kernel saved the address to go on at. */
      readonly interruptedAt: number | undefined;
    };

export const unknownRule: Rule = { kind: "unknown" };
export const outermostRule: Rule = { kind: "outermost" };

/** The same for rules that are the same. */
export function ruleKey(rule: Rule): string {
  if (rule.kind !== "known") return rule.kind;
  const { frame, pointer, interruptedAt } = rule;
  return `${placeKey(frame)} ${typeof pointer === "string" ? pointer : placeKey(pointer)} ${interruptedAt ?? ""}`;
}

function placeKey({ base, offset, read }: Place): string {
  return `${base} ${offset} ${read ?? ""}`;
}

/** Of a return address, from the frame. */
const RETURN_ADDRESS_OFFSET = -8;

export function ruleBytes(rule: Rule): Uint8Array {
  const view = new DataView(new ArrayBuffer(unwindRule.bytes));
  view.setUint8(unwindRule.kind, unwindKind[rule.kind]);
  if (rule.kind === "known") writeKnown(view, rule);
  return new Uint8Array(view.buffer);
}

function writeKnown(
  view: DataView,
  { frame, pointer, interruptedAt }: Rule & { readonly kind: "known" },
): void {
  const part = (field: keyof typeof unwindRule, is: boolean): void => {
    view.setUint8(unwindRule[field], is ? 1 : 0);
  };
  const number = (field: keyof typeof unwindRule, value: number): void => {
    view.setInt32(unwindRule[field], value, true);
  };
  part("frameOfStack", frame.base === "stack-pointer");
  part("frameOfPointer", frame.base === "frame-pointer");
  part("frameRead", frame.read !== undefined);
  number("frameOffset", frame.offset);
  number("frameAdd", frame.read ?? 0);
  part("pointerLost", pointer === "unknown");
  if (typeof pointer !== "string") {
    part("pointerRead", true);
    part("pointerOfFrame", pointer.base === "frame");
    part("pointerOfStack", pointer.base === "stack-pointer");
    part("pointerOfPointer", pointer.base === "frame-pointer");
    number("pointerOffset", pointer.offset);
  }
  part("called", interruptedAt === undefined);
  number("callerOffset", interruptedAt ?? RETURN_ADDRESS_OFFSET);
}
