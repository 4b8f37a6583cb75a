/** What a probe's program is given: the meaning of `args`, `argN`, `retval` and `ctx` at one target. */

import type { FunctionPrototype, KernelFacts } from "../kernel/facts.ts";
import {
  pointer,
  struct,
  uint64,
  type AddressSpace,
  type StructDefinition,
  type Type,
} from "../types/type.ts";
import type { Capability } from "./capability.ts";
import type { ProbeType } from "./probe-type.ts";

/** `argN` that registers can hold on x86_64 and arm64 alike; USDT probes may have more. */
export const REGISTER_ARGUMENTS = 6;
const MOST_USDT_ARGUMENTS = 12;
const SLOT_BYTES = 8;

export type ArgumentsContext =
  /** `args` is this struct; its fields' offsets count from the start of the program's context. */
  | { readonly kind: "struct"; readonly definition: StructDefinition }
  /** The facts cannot say: any field may exist, none has a known type. */
  | { readonly kind: "unknown" }
  /** `args` is an error here, for this reason. */
  | { readonly kind: "none"; readonly reason: string };

export interface ProbeContext {
  readonly probeType: ProbeType;
  readonly capabilities: ReadonlySet<Capability>;
  /** Of `argN`, `retval` and the pointers in `args`. */
  readonly space: AddressSpace;
  readonly arguments: ArgumentsContext;
  /** `arg0` … `arg(n-1)` exist. */
  readonly argumentCount: number;
  /** By number, where a static probe has those that cannot be read. */
  readonly unreadableArguments?: ReadonlyMap<number, string>;
  /** Undefined where there is none; `unknown` where the facts cannot say. */
  readonly retval: Type | undefined | "unknown";
  readonly ctx: Type | undefined;
}

export function plainContext(probeType: ProbeType): ProbeContext {
  const has = (capability: Capability): boolean => probeType.capabilities.has(capability);
  return {
    probeType,
    capabilities: probeType.capabilities,
    space: probeType.space,
    arguments: { kind: "none", reason: `${probeType.name} probes have no typed arguments` },
    argumentCount: !has("argument-registers")
      ? 0
      : probeType.name === "usdt"
        ? MOST_USDT_ARGUMENTS
        : REGISTER_ARGUMENTS,
    retval: has("return-value") ? uint64 : undefined,
    ctx: has("context") ? contextType(probeType) : undefined,
  };
}

function contextType(probeType: ProbeType): Type | undefined {
  // An iterator has a struct of its own.
  if (probeType.name === "iter") return undefined;
  switch (probeType.pidFilter === "injected" ? "registers" : probeType.space) {
    case "registers":
    case "user":
      return pointer(struct("struct pt_regs"), "kernel");
    default:
      return pointer(struct("struct bpf_perf_event_data"), "kernel");
  }
}

/**
 * `args` of a typed function probe. The kernel hands the program an array of 64-bit slots: one per parameter, two for a
 * structure that is passed by value in two registers.
 */
export function functionArguments(
  name: string,
  prototype: FunctionPrototype,
  facts: Pick<KernelFacts, "findStruct">,
): StructDefinition {
  let size = 0;
  const fields = prototype.parameters.map((parameter) => {
    const offset = size;
    size += slotBytes(parameter.type, prototype.module, facts);
    return { name: parameter.name, type: parameter.type, offset, cType: parameter.cType };
  });
  return { name: `args ${name}`, size, align: SLOT_BYTES, fields, origin: "probe-arguments" };
}

function slotBytes(type: Type, module: string, facts: Pick<KernelFacts, "findStruct">): number {
  if (type.kind !== "struct") return SLOT_BYTES;
  const definition = facts.findStruct(type.name, module);
  const size = definition === undefined || definition === "missing" ? SLOT_BYTES : definition.size;
  return Math.max(1, Math.ceil(size / SLOT_BYTES)) * SLOT_BYTES;
}
