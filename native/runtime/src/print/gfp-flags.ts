/** Names of the kernel's page allocation flags, for `%gr`. */

/** Compound names first, so that they win over the bits they are made of. Source: include/linux/gfp_types.h, Linux 6.12. */
const bits = {
  DMA: 1n << 0n,
  HIGHMEM: 1n << 1n,
  DMA32: 1n << 2n,
  MOVABLE: 1n << 3n,
  RECLAIMABLE: 1n << 4n,
  HIGH: 1n << 5n,
  IO: 1n << 6n,
  FS: 1n << 7n,
  ZERO: 1n << 8n,
  DIRECT_RECLAIM: 1n << 10n,
  KSWAPD_RECLAIM: 1n << 11n,
  WRITE: 1n << 12n,
  NOWARN: 1n << 13n,
  RETRY_MAYFAIL: 1n << 14n,
  NOFAIL: 1n << 15n,
  NORETRY: 1n << 16n,
  MEMALLOC: 1n << 17n,
  COMP: 1n << 18n,
  NOMEMALLOC: 1n << 19n,
  HARDWALL: 1n << 20n,
  THISNODE: 1n << 21n,
  ACCOUNT: 1n << 22n,
  ZEROTAGS: 1n << 23n,
} as const;

const reclaim = bits.DIRECT_RECLAIM | bits.KSWAPD_RECLAIM;
const kernel = reclaim | bits.IO | bits.FS;
const user = kernel | bits.HARDWALL;
const movable = user | bits.HIGHMEM | bits.MOVABLE;

const names: readonly (readonly [string, bigint])[] = [
  ["GFP_TRANSHUGE", ((movable | bits.COMP | bits.NOMEMALLOC | bits.NOWARN) & ~reclaim) | bits.DIRECT_RECLAIM],
  ["GFP_TRANSHUGE_LIGHT", (movable | bits.COMP | bits.NOMEMALLOC | bits.NOWARN) & ~reclaim],
  ["GFP_HIGHUSER_MOVABLE", movable],
  ["GFP_HIGHUSER", user | bits.HIGHMEM],
  ["GFP_USER", user],
  ["GFP_KERNEL_ACCOUNT", kernel | bits.ACCOUNT],
  ["GFP_KERNEL", kernel],
  ["GFP_NOFS", reclaim | bits.IO],
  ["GFP_ATOMIC", bits.HIGH | bits.KSWAPD_RECLAIM],
  ["GFP_NOIO", reclaim],
  ["GFP_NOWAIT", bits.KSWAPD_RECLAIM],
  ["GFP_DMA", bits.DMA],
  ["GFP_DMA32", bits.DMA32],
  ["__GFP_HIGHMEM", bits.HIGHMEM],
  ["__GFP_RECLAIM", reclaim],
  ...Object.entries(bits).map(([name, bit]) => [`__GFP_${name}`, bit] as const),
];

/** @returns names joined by a vertical bar, what has no name in hexadecimal; `0` where no flag is set */
export function gfpFlagNames(flags: bigint): string {
  let rest = BigInt.asUintN(64, flags);
  const found: string[] = [];
  for (const [name, mask] of names) {
    if (mask === 0n || (rest & mask) !== mask) continue;
    found.push(name);
    rest &= ~mask;
  }
  if (rest !== 0n) found.push(`0x${rest.toString(16)}`);
  return found.length === 0 ? "0" : found.join("|");
}
