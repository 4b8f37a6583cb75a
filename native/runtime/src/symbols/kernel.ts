/** Kernel addresses to names, from the text of `/proc/kallsyms`. */

import type { StackFrame } from "../values/value.ts";

interface KernelSymbolTable {
  /** Ascending. */
  readonly addresses: BigUint64Array;
  /** Where each symbol's name starts in the text. */
  readonly names: Uint32Array;
  readonly text: Buffer;
}

const ADDRESS_DIGITS = 16;
const NAME_OFFSET = "0000000000000000 T ".length;

/** @returns undefined when the text holds no addresses: the kernel hides them from this user */
export function indexKernelSymbols(text: Buffer): KernelSymbolTable | undefined {
  const found: { address: bigint; at: number }[] = [];
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf(0x0a, start);
    const lineEnd = end === -1 ? text.length : end;
    const kind = text[start + ADDRESS_DIGITS + 1] ?? 0;
    // Only code: absolute symbols and data would win over functions near them.
    if (kind === 0x54 || kind === 0x74 || kind === 0x57 || kind === 0x77) {
      found.push({
        address: BigInt(`0x${text.toString("latin1", start, start + ADDRESS_DIGITS)}`),
        at: start + NAME_OFFSET,
      });
    }
    start = lineEnd + 1;
  }
  if (found.every(({ address }) => address === 0n)) return undefined;
  found.sort((left, right) => (left.address < right.address ? -1 : left.address > right.address ? 1 : 0));
  return {
    addresses: BigUint64Array.from(found, ({ address }) => address),
    names: Uint32Array.from(found, ({ at }) => at),
    text,
  };
}

export function findKernelSymbol(table: KernelSymbolTable, address: bigint): StackFrame {
  let low = 0;
  let high = table.addresses.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((table.addresses[middle] ?? 0n) <= address) low = middle + 1;
    else high = middle;
  }
  const start = table.addresses[low - 1];
  const at = table.names[low - 1];
  if (start === undefined || at === undefined)
    return { address, symbol: undefined, offset: 0n, module: undefined };
  const end = table.text.indexOf(0x0a, at);
  const [symbol, module] = table.text
    .toString("latin1", at, end === -1 ? table.text.length : end)
    .split("\t");
  return { address, symbol, offset: address - start, module: module?.replace(/^\[|\]$/g, "") ?? "kernel" };
}

export type { KernelSymbolTable };
