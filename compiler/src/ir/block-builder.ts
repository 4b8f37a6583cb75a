/** The blocks of one function in the making: which is being filled, how control goes on, what is known in it. */

import { invariant } from "../base/invariant.ts";
import type { Place } from "../diagnostics/diagnostic.ts";
import {
  successorsOf,
  type IrBlock,
  type IrFunction,
  type IrInstruction,
  type IrOperand,
  type IrTerminator,
} from "./ir.ts";

export interface FunctionHead
  extends Pick<IrFunction, "name" | "title" | "kind" | "section" | "parameters" | "returns" | "fallback"> {
  readonly place: Place;
}

interface OpenBlock {
  readonly id: number;
  readonly instructions: IrInstruction[];
  terminator: IrTerminator | undefined;
}

/** `place` is what following instructions are for; whoever walks the core tree keeps it up to date. */
export class BlockBuilder {
  readonly head: FunctionHead;
  place: Place;
  private readonly blocks: OpenBlock[] = [];
  private current: OpenBlock;
  private readonly known = new Map<string, IrOperand>();
  /** Keys of what was learnt in the innermost region. */
  private learnt: string[] = [];

  private readonly firstBlock: number;
  private nextInstruction: number;

  /** @param within the function that a fragment is to be put into, which has blocks and instructions */
  constructor(head: FunctionHead, within?: { readonly firstBlock: number; readonly instructions: number }) {
    this.head = head;
    this.place = head.place;
    this.firstBlock = within?.firstBlock ?? 0;
    this.nextInstruction = within?.instructions ?? 0;
    this.current = this.addBlock();
  }

  /** A block that nothing reaches yet. */
  createBlock(): number {
    return this.addBlock().id;
  }

  /** Following instructions go to the end of `block`. */
  enter(block: number): void {
    const found = this.blocks[block - this.firstBlock];
    invariant(found !== undefined && found.terminator === undefined, `block ${block} is open`);
    this.current = found;
  }

  /** Whether the current block ended, so that what follows cannot be reached. */
  get ended(): boolean {
    return this.current.terminator !== undefined;
  }

  jump(target: number): void {
    this.end({ kind: "jump", place: this.place, target });
  }

  branch(condition: IrOperand, then: number, otherwise: number): void {
    this.end({ kind: "branch", place: this.place, condition, then, otherwise });
  }

  return(value?: IrOperand): void {
    this.end({ kind: "return", place: this.place, value });
  }

  /** Runs `then` only where `condition` holds. */
  when(condition: IrOperand, then: () => void): void {
    const [yes, after] = [this.createBlock(), this.createBlock()];
    this.branch(condition, yes, after);
    this.enter(yes);
    this.region(then);
    if (!this.ended) this.jump(after);
    this.enter(after);
  }

  either(condition: IrOperand, then: () => void, otherwise: () => void): void {
    const [yes, no, after] = [this.createBlock(), this.createBlock(), this.createBlock()];
    this.branch(condition, yes, no);
    for (const [block, fill] of [
      [yes, then],
      [no, otherwise],
    ] as const) {
      this.enter(block);
      this.region(fill);
      if (!this.ended) this.jump(after);
    }
    this.enter(after);
  }

  /** What `once` learns inside is forgotten after: for code that does not always run. */
  region(fill: () => void): void {
    const outer = this.learnt;
    this.learnt = [];
    fill();
    for (const key of this.learnt) this.known.delete(key);
    this.learnt = outer;
  }

  /** The value that `make` gave earlier in this or an enclosing region, or gives now. */
  once(key: string, make: () => IrOperand): IrOperand {
    const earlier = this.known.get(key);
    if (earlier !== undefined) return earlier;
    const value = make();
    this.known.set(key, value);
    this.learnt.push(key);
    return value;
  }

  /** Values whose keys begin so may have changed. */
  forget(prefix: string): void {
    for (const key of this.known.keys()) if (key.startsWith(prefix)) this.known.delete(key);
  }

  /** @throws InvariantError when a reachable block does not end */
  finish(): IrFunction {
    return { ...this.head, blocks: this.fragment(), numbers: this.nextInstruction };
  }

  /** One more than the highest number of an instruction. */
  get numbers(): number {
    return this.nextInstruction;
  }

  /** The reachable blocks, of which the last may jump to blocks that are not of this builder. */
  fragment(): readonly IrBlock[] {
    const reached = new Set<number>();
    const waiting = [this.firstBlock];
    const blocks: IrBlock[] = [];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (reached.has(id) || id < this.firstBlock) continue;
      reached.add(id);
      const block = this.blocks[id - this.firstBlock];
      invariant(block?.terminator !== undefined, `block ${id} of ${this.head.name} ends`);
      blocks.push({ id, instructions: block.instructions, terminator: block.terminator });
      waiting.push(...successorsOf(block.terminator));
    }
    return blocks.sort((a, b) => a.id - b.id);
  }

  private addBlock(): OpenBlock {
    const block = { id: this.firstBlock + this.blocks.length, instructions: [], terminator: undefined };
    this.blocks.push(block);
    return block;
  }

  /** A number for an instruction. */
  protected next(): number {
    const number = this.nextInstruction;
    this.nextInstruction += 1;
    return number;
  }

  /** What follows a jump in the same block cannot run; it goes to a block that nothing reaches. */
  protected add(instruction: IrInstruction): void {
    if (this.ended) this.current = this.addBlock();
    this.current.instructions.push(instruction);
  }

  private end(terminator: IrTerminator): void {
    if (this.ended) this.current = this.addBlock();
    this.current.terminator = terminator;
  }
}
