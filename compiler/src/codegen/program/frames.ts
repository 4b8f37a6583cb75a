/**
 * Which function each variable lives in, and what loop callbacks share with the function around them.
 * The body of a `for` becomes a function that the kernel calls. Variables that both sides use are kept in one object of
 * the outer function, the shared frame, whose address is the callback's context.
 */

import type {
  CoreExpression,
  CoreForMap,
  CoreForRange,
  CoreStatement,
  CoreVariable,
} from "../../core/core.ts";
import { childrenOf } from "../../core/walk.ts";
import { sizeOf, roundUp } from "../../types/layout.ts";
import type { StructTable } from "../../types/type.ts";
import { registerType } from "./shape.ts";

export type CoreLoop = CoreForRange | CoreForMap;

/** One function to be generated, with those for its loops. */
export interface FramePlan {
  readonly parent: FramePlan | undefined;
  readonly loops: ReadonlyMap<CoreLoop, FramePlan>;
  /** Variables that live here. */
  readonly variables: ReadonlySet<CoreVariable>;
  /** Whose address is taken: they need memory though no loop shares them. */
  readonly pinned: ReadonlySet<CoreVariable>;
  readonly shared: SharedFrame;
}

/** Offsets are undefined for what no loop needs. Slots of memory values hold their address. */
export interface SharedFrame {
  readonly slots: ReadonlyMap<CoreVariable, number>;
  /** Address of the shared frame of the function around. */
  readonly outer: number | undefined;
  readonly context: number | undefined;
  /** Set to 1 by a `return` inside a loop. */
  readonly leaving: number | undefined;
  /** What that `return` returns. */
  readonly result: number | undefined;
  /** First value of each range loop, unless constant. */
  readonly starts: ReadonlyMap<CoreLoop, number>;
  readonly bytes: number;
}

interface Draft {
  readonly parent: Draft | undefined;
  readonly loop: CoreLoop | undefined;
  readonly children: Draft[];
  readonly used: Set<CoreVariable>;
  readonly pinned: Set<CoreVariable>;
  readonly owned: Set<CoreVariable>;
  readonly shared: Set<CoreVariable>;
  usesContext: boolean;
  returns: boolean;
  needsOuter: boolean;
}

export interface FrameOptions {
  readonly structs: StructTable;
  /** Variables that must live in the function itself, e.g. parameters. */
  readonly parameters: readonly CoreVariable[];
  /** Whether a builtin or a `fn` of that name reads the context. */
  readonly usesContext: (name: string, isSubprogram: boolean) => boolean;
}

export function planFrames(body: readonly CoreStatement[], options: FrameOptions): FramePlan {
  const root = newDraft(undefined, undefined);
  for (const parameter of options.parameters) root.used.add(parameter);
  gather(root, body, options);
  const drafts = everyDraft(root);
  for (const variable of new Set(drafts.flatMap((draft) => [...draft.used]))) settle(variable, drafts);
  return finish(root, undefined, root, options);
}

function newDraft(parent: Draft | undefined, loop: CoreLoop | undefined): Draft {
  return {
    parent,
    loop,
    children: [],
    used: new Set(),
    pinned: new Set(),
    owned: new Set(),
    shared: new Set(),
    usesContext: false,
    returns: false,
    needsOuter: false,
  };
}

function gather(
  draft: Draft,
  nodes: readonly (CoreExpression | CoreStatement)[],
  options: FrameOptions,
): void {
  for (const node of nodes) {
    if (node.kind === "for-range" || node.kind === "for-map") {
      if (node.kind === "for-range") gather(draft, [node.start, node.end], options);
      const inner = newDraft(draft, node);
      draft.children.push(inner);
      inner.used.add(node.variable);
      gather(inner, node.body, options);
      continue;
    }
    note(draft, node, options);
    gather(draft, childrenOf(node), options);
  }
}

function note(draft: Draft, node: CoreExpression | CoreStatement, options: FrameOptions): void {
  if (node.kind === "variable" || node.kind === "assign-variable") draft.used.add(node.variable);
  if (node.kind === "increment" && node.target.kind === "variable") draft.used.add(node.target.variable);
  if (node.kind === "address-of" && node.of.kind === "variable") {
    draft.used.add(node.of.variable);
    draft.pinned.add(node.of.variable);
  }
  if (node.kind === "call" && options.usesContext(node.name, false)) draft.usesContext = true;
  if (node.kind === "subprogram-call" && options.usesContext(node.subprogram.name, true))
    draft.usesContext = true;
  if (node.kind === "return") draft.returns = true;
}

function everyDraft(root: Draft): readonly Draft[] {
  return [root, ...root.children.flatMap(everyDraft)];
}

function pathOf(draft: Draft): readonly Draft[] {
  return draft.parent === undefined ? [draft] : [...pathOf(draft.parent), draft];
}

/** A variable lives in the innermost function around all its uses. */
function settle(variable: CoreVariable, drafts: readonly Draft[]): void {
  const users = drafts.filter((draft) => draft.used.has(variable));
  const paths = users.map(pathOf);
  let owner = paths[0]?.[0];
  for (let depth = 0; ; depth += 1) {
    const [first, ...others] = paths.map((path) => path[depth]);
    if (first === undefined || others.some((other) => other !== first)) break;
    owner = first;
  }
  if (owner === undefined) return;
  owner.owned.add(variable);
  if (users.some((user) => user.pinned.has(variable))) owner.pinned.add(variable);
  for (const user of users) {
    if (user !== owner) shareUpTo(owner, user, () => owner.shared.add(variable));
  }
}

/** Every function between hands on the address of the frame around it. */
function shareUpTo(owner: Draft, user: Draft, share: () => void): void {
  share();
  for (let between = user.parent; between !== undefined && between !== owner; between = between.parent) {
    between.needsOuter = true;
  }
}

function finish(draft: Draft, parent: FramePlan | undefined, root: Draft, options: FrameOptions): FramePlan {
  if (draft === root) shareControl(root);
  const loops = new Map<CoreLoop, FramePlan>();
  const plan: FramePlan = {
    parent,
    loops,
    variables: draft.owned,
    pinned: draft.pinned,
    shared: layOut(draft, draft === root, options.structs),
  };
  for (const child of draft.children) {
    if (child.loop !== undefined) loops.set(child.loop, finish(child, plan, root, options));
  }
  return plan;
}

/** The context and the wish to return travel from the loops to the function itself. */
function shareControl(root: Draft): void {
  for (const draft of everyDraft(root)) {
    if (draft !== root && (draft.usesContext || draft.returns)) {
      shareUpTo(root, draft, () => {
        root.usesContext ||= draft.usesContext;
        root.returns ||= draft.returns;
      });
    }
  }
}

function layOut(draft: Draft, isRoot: boolean, structs: StructTable): SharedFrame {
  const inner = everyDraft(draft).slice(1);
  let end = 0;
  const take = (bytes: number): number => {
    const offset = roundUp(end, bytes);
    end = offset + bytes;
    return offset;
  };
  const takeIf = (needed: boolean): number | undefined => (needed ? take(8) : undefined);
  const outer = takeIf(draft.needsOuter);
  const context = takeIf(isRoot && inner.some((loop) => loop.usesContext));
  const returns = isRoot && inner.some((loop) => loop.returns);
  const leaving = takeIf(returns);
  const result = takeIf(returns);
  const starts = new Map<CoreLoop, number>();
  for (const { loop } of draft.children) {
    if (loop?.kind === "for-range" && loop.start.kind !== "constant") starts.set(loop, take(8));
  }
  const slots = new Map<CoreVariable, number>();
  for (const variable of draft.shared) {
    slots.set(variable, take(registerType(variable.type) === undefined ? 8 : sizeOf(variable.type, structs)));
  }
  return { slots, outer, context, leaving, result, starts, bytes: roundUp(end, 8) };
}
