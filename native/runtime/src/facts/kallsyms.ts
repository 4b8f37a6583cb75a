/** Addresses of kernel symbols, read from `/proc/kallsyms`. */

import { readBytes } from "./read.ts";

export interface KernelSymbols {
  /** Undefined for unknown names, and for all of them when the kernel hides its addresses. */
  readonly addressOf: (name: string) => bigint | undefined;
  /** Undefined when addresses can be read; else what hinders. */
  readonly gap: string | undefined;
}

/** Lines are `ADDRESS TYPE NAME` and, for modules, a tab and `[MODULE]`; addresses are 16 digits. */
export function readKernelSymbols(systemRoot: string): KernelSymbols {
  const bytes = readBytes(`${systemRoot}/proc/kallsyms`);
  if (!bytes.ok) return { addressOf: () => undefined, gap: "kernel symbols: /proc/kallsyms cannot be read" };
  const text = bytes.value;
  const hidden = text.subarray(0, 16).toString("latin1") === "0000000000000000";
  return {
    gap: hidden ? "kernel symbols: addresses are hidden from this user (kptr_restrict)" : undefined,
    addressOf: (name) => (hidden || !/^[\w.$]+$/.test(name) ? undefined : find(text, name)),
  };
}

/** A search through the text: scripts ask for a few names, and a table of all takes far longer to build. */
function find(text: Buffer, name: string): bigint | undefined {
  const pattern = ` ${name}`;
  for (let at = text.indexOf(pattern); at !== -1; at = text.indexOf(pattern, at + 1)) {
    const end = text[at + pattern.length];
    const start = at - "0123456789abcdef T".length;
    const wholeName = end === undefined || end === 0x0a || end === 0x09;
    if (!wholeName || start < 0) continue;
    const address = text.subarray(start, start + 16).toString("latin1");
    if (/^[0-9a-f]{16}$/.test(address)) return BigInt(`0x${address}`);
  }
  return undefined;
}
