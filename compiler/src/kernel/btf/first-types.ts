/** Members of structs that are among a kernel's first types, without opening the other 130,000. */

import type { MemberPlace } from "../facts.ts";
import { sizeOf } from "./layout.ts";
import { type BtfMember, typeAt } from "./model.ts";
import { type Btf, openFirstTypes } from "./reader.ts";

/**
 * Finds them only where they are members of the struct itself and of types that are among the first as well.
 *
 * @param read fewer bytes at the end of the file; undefined when it cannot be read
 */
export function membersInFirstTypes(
  read: Parameters<typeof openFirstTypes>[0],
  struct: string,
  members: readonly string[],
): readonly MemberPlace[] | undefined {
  const btf = openFirstTypes(read);
  const known = btf === undefined ? undefined : membersOf(btf, struct);
  if (btf === undefined || known === undefined) return undefined;
  const found: MemberPlace[] = [];
  for (const name of members) {
    const member = known.find((candidate) => candidate.name === name);
    const size = member === undefined ? 0 : sizeOf(btf, member.type);
    if (member === undefined || size === 0 || member.bitWidth !== 0 || member.bitOffset % 8 !== 0)
      return undefined;
    found.push({ offset: member.bitOffset / 8, size });
  }
  return found;
}

function membersOf(btf: Btf, struct: string): readonly BtfMember[] | undefined {
  for (let id = btf.firstId; id < btf.endId; id += 1) {
    const type = typeAt(btf, id);
    if (type.kind === "struct" && type.name === struct) return type.members;
  }
  return undefined;
}
