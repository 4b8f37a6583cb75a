/** Types of kernel profiles that were unpacked before. */

import type { KeptTypes } from "@probewright/compiler";

import { openKeptFiles } from "./kept-files.ts";

/** Raised when the same packed bytes come to mean other types. */
const FORMAT = 2;
const NAME_BYTES = 16;

/** Undefined when nothing is to be kept. */
export function openKeptTypes(
  environment: Readonly<Record<string, string | undefined>>,
): KeptTypes | undefined {
  const files = openKeptFiles(environment);
  if (files === undefined) return undefined;
  return {
    find: (packed) => files.find(nameOf(packed), packed),
    keep: (packed, indexed) => {
      files.keep(nameOf(packed), packed, indexed);
    },
  };
}

/** Enough to tell profiles apart; that the whole is the same is seen when the file is read. */
function nameOf(packed: Uint8Array): string {
  const end = Buffer.from(packed.subarray(-NAME_BYTES)).toString("hex");
  return `types-${FORMAT.toString()}-${packed.length.toString()}-${end}`;
}
