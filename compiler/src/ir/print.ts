/** The IR as LLVM IR text, with debug information: the script's lines, and the map definitions that libbpf reads. */

import { invariant } from "../base/invariant.ts";
import type { Place } from "../diagnostics/diagnostic.ts";
import { DebugInfo, escapeBytes, type SourceOptions } from "./debug-info.ts";
import { helpers } from "./helpers.ts";
import {
  bitsOf,
  type IrBlock,
  type IrExternal,
  type IrConstant,
  type IrFunction,
  type IrGlobal,
  type IrInstruction,
  type IrLoad,
  type IrMap,
  type IrModule,
  type IrOperand,
  type IrTerminator,
  type IrValueInstruction,
  type Local,
  type StackObject,
} from "./ir.ts";

/** Where the stack plan put a function's objects. Every object of the function that is still in the IR has an offset. */
export interface FrameLayout {
  readonly bytes: number;
  readonly offsets: ReadonlyMap<StackObject, number>;
}

export interface PrintOptions extends SourceOptions {
  readonly frameOf: (fn: IrFunction) => FrameLayout;
}

/** Attribute groups: what LLVM may assume of functions and calls. A call that is merged with another has no line of its own. */
const attributeGroups = [
  "attributes #0 = { noinline nounwind }",
  "attributes #1 = { nounwind willreturn memory(none) }",
  "attributes #2 = { nomerge nounwind willreturn memory(inaccessiblemem: readwrite) }",
  "attributes #3 = { nomerge nounwind }",
  "attributes #4 = { nounwind willreturn memory(argmem: read) }",
];
const groupOfEffect = { pure: "#1", reads: "#2", memory: "#3" } as const;

const INTRINSICS = [
  "declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)",
  "declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)",
  "declare i16 @llvm.bswap.i16(i16)",
  "declare i32 @llvm.bswap.i32(i32)",
  "declare i64 @llvm.bswap.i64(i64)",
];

export function printModule(module: IrModule, options: PrintOptions): string {
  const debug = new DebugInfo(options);
  const lines = ['target triple = "bpf"', ""];
  for (const map of module.maps) lines.push(printMap(map, debug));
  for (const global of module.globals) lines.push(printGlobal(global, debug));
  lines.push(printLicense(module.license), "");
  for (const fn of module.functions) {
    new FunctionWriter(fn, options.frameOf(fn), debug, lines).write();
    lines.push("");
  }
  lines.push(...INTRINSICS, ...module.externals.map(printExternal), ...kernelFunctions(module, debug), "");
  lines.push(...attributeGroups, "", ...debug.lines());
  return `${lines.join("\n")}\n`;
}

function printMap(map: IrMap, debug: DebugInfo): string {
  const pointers = debug.mapFields(map).map(() => "ptr");
  const variable = debug.mapVariable(map);
  return `@${map.name} = dso_local global { ${pointers.join(", ")} } zeroinitializer, section ".maps", align 8, !dbg ${variable}`;
}

function printGlobal(global: IrGlobal, debug: DebugInfo): string {
  const { name, section, size, align, initial, constant, patched } = global;
  const kind = `${patched ? "externally_initialized " : ""}${constant ? "constant" : "global"}`;
  const value = initial === undefined ? "zeroinitializer" : `c"${escapeBytes(initial)}"`;
  // libbpf enlarges only sections whose last variable it knows to be an array.
  const type = constant ? "" : `, !dbg ${debug.dataVariable(global)}`;
  return `@${name} = dso_local ${kind} [${size} x i8] ${value}, section "${section}", align ${align}${type}`;
}

function printLicense(license: string): string {
  const bytes = new TextEncoder().encode(`${license}\0`);
  return `@LICENSE = dso_local global [${bytes.length} x i8] c"${escapeBytes(bytes)}", section "license", align 1`;
}

function printExternal({ name, parameters, returns }: IrExternal): string {
  return `declare ${returns} @${name}(${parameters.join(", ")})`;
}

/** Kernel functions are found by libbpf through extern declarations in `.ksyms`. */
function kernelFunctions(module: IrModule, debug: DebugInfo): readonly string[] {
  const declared = new Map<string, string>();
  for (const fn of module.functions) {
    for (const block of fn.blocks) {
      for (const call of block.instructions) {
        if (call.kind !== "kernel-call") continue;
        const types = call.arguments.map((argument) => argument.type);
        const described = debug.kernelFunction(call.function, call.type, types);
        declared.set(
          call.function,
          `declare !dbg ${described} ${call.type} @${call.function}(${types.join(", ")}) #3 section ".ksyms"`,
        );
      }
    }
  }
  return [...declared.values()];
}

/** Gives every value of one function a name and writes its lines. */
class FunctionWriter {
  /** By the numbers of instructions. */
  private readonly names: (string | undefined)[];
  private values = 0;
  private readonly locals = new Map<Local, string>();
  private numbers = 0;
  private readonly fn: IrFunction;
  private readonly frame: FrameLayout;
  private readonly debug: DebugInfo;
  private readonly subprogram: string;
  private readonly lines: string[];
  private readonly suffixes = new Map<Place, string>();
  /** What follows the text of each line: whose it is. */
  private suffix = "";
  private place: Place | undefined;

  /** @param lines where to write */
  constructor(fn: IrFunction, frame: FrameLayout, debug: DebugInfo, lines: string[]) {
    this.fn = fn;
    this.frame = frame;
    this.debug = debug;
    this.subprogram = debug.subprogram(fn);
    this.lines = lines;
    this.names = Array<string | undefined>(fn.numbers).fill(undefined);
  }

  write(): void {
    const { fn, lines } = this;
    const parameters = fn.parameters.map(({ type, name }) => `${type} %${name}`).join(", ");
    const linkage = fn.kind === "program" ? "dso_local" : "internal";
    const section = fn.section === undefined ? "" : ` section "${fn.section}"`;
    lines.push(
      `define ${linkage} ${fn.returns} @${fn.name}(${parameters}) #0${section} !dbg ${this.subprogram} {`,
      "entry:",
    );
    this.allocations();
    this.at(fn.place);
    this.line(`br label %b${fn.blocks[0]?.id ?? 0}`);
    for (const block of fn.blocks) this.block(block);
    lines.push("}");
  }

  private allocations(): void {
    const { locals, lines } = this;
    if (this.frame.bytes > 0) lines.push(`  %arena = alloca [${this.frame.bytes} x i8], align 8`);
    for (const block of this.fn.blocks) {
      for (const instruction of block.instructions) {
        if (instruction.kind !== "local-read" && instruction.kind !== "local-write") continue;
        const { local } = instruction;
        if (locals.has(local)) continue;
        lines.push(`  %l${locals.size} = alloca ${local.type}`);
        locals.set(local, `%l${locals.size}`);
      }
    }
  }

  private block(block: IrBlock): void {
    this.lines.push(`b${block.id}:`);
    for (const instruction of block.instructions) {
      this.at(instruction.place);
      this.instruction(instruction);
    }
    this.at(block.terminator.place);
    this.line(this.terminator(block.terminator));
  }

  /** Following lines are for that place. */
  private at(place: Place): void {
    if (place === this.place) return;
    this.place = place;
    let suffix = this.suffixes.get(place);
    if (suffix === undefined) {
      suffix = `, !dbg ${this.debug.location(place, this.subprogram)}`;
      this.suffixes.set(place, suffix);
    }
    this.suffix = suffix;
  }

  private line(text: string): void {
    this.lines.push(`  ${text}${this.suffix}`);
  }

  private terminator(terminator: IrTerminator): string {
    switch (terminator.kind) {
      case "jump":
        return `br label %b${terminator.target}`;
      case "branch": {
        const { condition, then, otherwise } = terminator;
        return `br i1 ${this.operand(condition)}, label %b${then}, label %b${otherwise}`;
      }
      case "return":
        return terminator.value === undefined ? "ret void" : `ret ${this.typed(terminator.value)}`;
    }
  }

  private instruction(instruction: IrInstruction): void {
    switch (instruction.kind) {
      case "begin":
        return;
      case "store": {
        const volatile = instruction.volatile ? "volatile " : "";
        const address = this.operand(instruction.address);
        this.line(
          `store ${volatile}${this.typed(instruction.value)}, ptr ${address}, align ${instruction.align}`,
        );
        return;
      }
      case "local-write":
        this.line(`store ${this.typed(instruction.value)}, ptr ${this.localName(instruction.local)}`);
        return;
      case "copy": {
        const { to, from, bytes, align } = instruction;
        const pointers = `ptr align ${align} ${this.operand(to)}, ptr align ${align} ${this.operand(from)}`;
        this.line(`call void @llvm.memcpy.p0.p0.i64(${pointers}, i64 ${bytes}, i1 false)`);
        return;
      }
      case "zero": {
        const { to, bytes, align } = instruction;
        const pointer = `ptr align ${align} ${this.operand(to)}`;
        this.line(`call void @llvm.memset.p0.i64(${pointer}, i8 0, i64 ${bytes}, i1 false)`);
        return;
      }
      case "call":
      case "kernel-call": {
        const list = this.callArguments(instruction.arguments);
        const text = `call ${instruction.type} @${instruction.function}(${list}) #3`;
        if (instruction.type === "void") this.line(text);
        else this.result(instruction, text);
        return;
      }
      case "helper": {
        const { number, effect } = helpers[instruction.helper];
        const list = this.callArguments(instruction.arguments);
        const text = `call ${instruction.type} inttoptr (i64 ${number} to ptr)(${list}) ${groupOfEffect[effect]}`;
        this.result(instruction, text);
        return;
      }
      case "compare-exchange":
        this.compareExchange(instruction);
        return;
      default:
        this.result(instruction, this.expression(instruction));
    }
  }

  private result(instruction: IrInstruction, text: string): void {
    const name = `%v${this.values}`;
    this.values += 1;
    this.names[instruction.number] = name;
    this.line(`${name} = ${text}`);
  }

  private compareExchange(instruction: IrInstruction & { readonly kind: "compare-exchange" }): void {
    const { address, expected, replacement, type } = instruction;
    const name = `%x${this.values}`;
    const operands = `ptr ${this.operand(address)}, ${this.typed(expected)}, ${this.typed(replacement)}`;
    this.line(`${name} = cmpxchg ${operands} monotonic monotonic`);
    this.result(instruction, `extractvalue { ${type}, i1 } ${name}, 0`);
  }

  /**
   * An address in the frame is two cheap instructions, but LLVM would compute it once for all its uses and then need a
   * register, or a spill, to keep it. A number of its own makes the base of each use another value.
   */
  private callArguments(args: readonly IrOperand[]): string {
    const list = args.map((argument) => {
      const offset = this.frameOffset(argument);
      if (offset === undefined) return this.typed(argument);
      const number = this.nextNumber();
      const name = `a${number}`;
      this.line(`%${name}.base = call ptr asm sideeffect "", "=r,0,i"(ptr %arena, i64 ${number}) #2`);
      this.line(`%${name} = getelementptr i8, ptr %${name}.base, i64 ${offset}`);
      return `ptr %${name}`;
    });
    return list.join(", ");
  }

  /** Makes two pieces of assembly different, so that LLVM does not take one for the other. */
  private nextNumber(): number {
    this.numbers += 1;
    return this.numbers;
  }

  /** Of an address that is known to lie in the frame, the distance from its start. */
  private frameOffset(operand: IrOperand): number | undefined {
    if (operand.kind === "object-address") return this.frame.offsets.get(operand.object);
    if (operand.kind !== "offset" || operand.by.kind !== "constant") return undefined;
    const base = this.frameOffset(operand.base);
    return base === undefined ? undefined : base + Number(BigInt.asIntN(64, operand.by.value));
  }

  private expression(instruction: ExpressionInstruction): string {
    switch (instruction.kind) {
      case "binary":
        return `${instruction.operator} ${this.typed(instruction.left)}, ${this.operand(instruction.right)}`;
      case "compare":
        return `icmp ${instruction.predicate} ${this.typed(instruction.left)}, ${this.operand(instruction.right)}`;
      case "convert":
        return this.conversion(instruction);
      case "select": {
        const { condition, then, otherwise } = instruction;
        return `select i1 ${this.operand(condition)}, ${this.typed(then)}, ${this.typed(otherwise)}`;
      }
      case "load": {
        if (instruction.within !== undefined) return this.contextRead(instruction, instruction.within);
        const volatile = instruction.volatile ? "volatile " : "";
        return `load ${volatile}${instruction.type}, ptr ${this.operand(instruction.address)}, align ${instruction.align}`;
      }
      case "offset":
        return `getelementptr i8, ptr ${this.operand(instruction.base)}, ${this.typed(instruction.by)}`;
      case "atomic":
        return `atomicrmw ${instruction.operator} ptr ${this.operand(instruction.address)}, ${this.typed(instruction.operand)} monotonic`;
      case "object-address": {
        const offset = this.frame.offsets.get(instruction.object);
        invariant(offset !== undefined, `${instruction.object.label} has a place in the frame`);
        return `getelementptr inbounds i8, ptr %arena, i64 ${offset}`;
      }
      case "local-read":
        return `load ${instruction.type}, ptr ${this.localName(instruction.local)}`;
      case "opaque":
        // It stays where it is: out of a loop its result would have to be kept for all rounds.
        return `call ${instruction.type} asm sideeffect "", "=r,0,i"(${this.typed(instruction.operand)}, i64 ${this.nextNumber()}) #2`;
      case "scalar-of":
        // Swapping the bytes twice leaves the value and makes the verifier forget that it was a pointer.
        return `call i64 asm "$0 = be64 $0\\0A$0 = be64 $0", "=r,0"(${this.typed(instruction.operand)}) #3`;
    }
  }

  private contextRead({ type, address }: IrLoad, { offset, bytes }: NonNullable<IrLoad["within"]>): string {
    const text = `$0 = *(u${8 * bytes} *)($1 + ${offset})`;
    return `call ${type} asm "${text}", "=r,r"(${this.typed(address)}) #4`;
  }

  private conversion({ operator, operand, type }: IrInstruction & { readonly kind: "convert" }): string {
    if (operator === "bswap") return `call ${type} @llvm.bswap.${type}(${this.typed(operand)})`;
    return `${operator} ${this.typed(operand)} to ${type}`;
  }

  private localName(local: Local): string {
    return this.locals.get(local) ?? "";
  }

  private typed(operand: IrOperand): string {
    return `${operand.type} ${this.operand(operand)}`;
  }

  private operand(operand: IrOperand): string {
    switch (operand.kind) {
      case "constant":
        return constantText(operand);
      case "global-address":
      case "function-address":
        return `@${operand.name}`;
      case "parameter":
        return `%${operand.name}`;
      default: {
        const name = this.names[operand.number];
        invariant(name !== undefined, `a value of ${this.fn.name} is printed before its use`);
        return name;
      }
    }
  }
}

type ExpressionInstruction = Exclude<
  IrValueInstruction,
  { readonly kind: "call" | "kernel-call" | "helper" | "compare-exchange" }
>;

function constantText({ type, value }: IrConstant): string {
  if (type === "ptr") return "null";
  const number = BigInt.asIntN(bitsOf(type), value);
  return type === "i1" && number !== 0n ? "true" : number.toString();
}
