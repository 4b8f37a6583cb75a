/** Addresses of kernel symbols, read from `/proc/kallsyms`. */

import { readBytes } from "./read.ts";

export interface KernelSymbols {
  /** Undefined for unknown names; the kernel hides addresses and not names. */
  readonly addressOf: (name: string) => bigint | "hidden" | undefined;
  /** Undefined when addresses can be read; else what hinders. */
  readonly gap: string | undefined;
}

/** So much tells whether all addresses are 0. */
const ENOUGH_BYTES = 1 << 18;

/** Lines are `ADDRESS TYPE NAME` and, for modules, a tab and `[MODULE]`; addresses are 16 digits. */
export function readKernelSymbols(systemRoot: string): KernelSymbols {
  const bytes = readBytes(`${systemRoot}/proc/kallsyms`);
  if (!bytes.ok) return { addressOf: () => undefined, gap: "kernel symbols: /proc/kallsyms cannot be read" };
  const text = bytes.value;
  // The first ones may be 0 for everybody: variables of each CPU count from there on some kernels.
  const hidden = !/^0*[1-9a-f]/m.test(text.subarray(0, ENOUGH_BYTES).toString("latin1"));
  return {
    gap: hidden ? "kernel symbols: addresses are hidden from this user (kptr_restrict)" : undefined,
    addressOf: (name) => {
      const address = /^[\w.$]+$/.test(name) ? find(text, name) : undefined;
      return address === undefined || !hidden ? address : "hidden";
    },
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
