/** Addresses and integers as bytes: spaces, byte order, containers, writing to user memory. */

import { boolean, int64, integer, pointer, uint64, voidType, type Type } from "../../types/type.ts";
import { anAddress, anInteger, aName, aType, bytes } from "../accepts.ts";
import { special, value, type Builtin } from "../builtin.ts";
import type { CallSite } from "../call-site.ts";

/** Error pointers are the last 4095 addresses. Source: MAX_ERRNO, include/linux/err.h. */
const FIRST_ERROR_POINTER = 2n ** 64n - 4095n;

function spaceRow(name: "kptr" | "uptr", space: "kernel" | "user"): Builtin {
  return {
    name,
    kind: "function",
    space,
    forms: [
      {
        parameters: [value("address", anAddress)],
        returns: ({ arguments: [address] }) => {
          const type = address?.expression.type ?? uint64;
          return type.kind === "pointer" ? { ...type, space } : type;
        },
        returnsText: "pointer",
      },
    ],
    mode: "in-kernel",
    needs: [],
    since: "0.11",
    summary: `Says that an address is in ${space} memory.`,
    docs: "Reads through the pointer then use the right kernel helper, whatever the probe's own memory is.",
    examples: [`kprobe:f { print(*${name}((int32 *)arg0)); }`],
  };
}

/** Bytes in another order say nothing of a sign. */
function unsignedOfSize({ arguments: [first] }: CallSite): Type {
  const type = first?.expression.type;
  return type?.kind === "integer" ? integer(type.size, false) : uint64;
}

export const memoryRows: readonly Builtin[] = [
  spaceRow("kptr", "kernel"),
  spaceRow("uptr", "user"),
  {
    name: "bswap",
    kind: "function",
    forms: [{ parameters: [value("number", anInteger)], returns: unsignedOfSize, returnsText: "int" }],
    mode: "in-kernel",
    needs: [],
    since: "0.16",
    summary: "Reverses the bytes of an integer.",
    docs: "Turns network byte order into the machine's. The type stays, so cast to the wanted width first.",
    examples: ["kprobe:f { print(bswap((uint16)arg1)); }"],
  },
  {
    name: "is_err",
    kind: "function",
    forms: [{ parameters: [value("pointer", anAddress)], returns: boolean }],
    mode: "in-kernel",
    needs: [],
    since: "0.25",
    summary: "Whether a kernel pointer is really an error number.",
    docs: "Kernel functions that return a pointer give the last 4095 addresses as errors.",
    examples: ["kretprobe:f { if (is_err(retval)) { print(strerror((int64)retval)); } }"],
    expand: ({ arguments: [address], build }) => {
      if (address === undefined) return build.unknown();
      const { type } = address.expression;
      const number =
        type.kind === "integer" && type.size === 8 && !type.signed && type.flexible !== true
          ? address.expression
          : build.cast(address.expression, uint64);
      return build.binary(">=", number, build.integer(FIRST_ERROR_POINTER, uint64));
    },
  },
  {
    name: "container_of",
    kind: "function",
    forms: [
      {
        parameters: [
          value("pointer", anAddress),
          special("type", "type", aType),
          special("member", "member", aName),
        ],
        returns: ({ arguments: [member, type] }) => {
          const space = member?.expression.type.kind === "pointer" ? member.expression.type.space : "kernel";
          return pointer(type?.type ?? voidType, space);
        },
        returnsText: "type *",
      },
    ],
    mode: "in-kernel",
    needs: [],
    since: "0.25",
    summary: "The struct that a member is part of, from a pointer to the member.",
    docs: "The opposite of `&object->member` in C. The type is a bare name or `typeof(struct name)`.",
    examples: [
      "struct outer { int a; int b; }; kprobe:f { print(container_of((int32 *)arg0, typeof(struct outer), b)->a); }",
    ],
    expand: ({ arguments: [member, type, name], build }) => {
      if (member === undefined || type?.type === undefined || name?.word === undefined)
        return build.unknown();
      const offset = build.offsetOf(type.type, name.word, name.place);
      if (offset === undefined) return build.unknown();
      const from = member.expression.type;
      const space = from.kind === "pointer" ? from.space : "kernel";
      const address = build.binary(
        "-",
        build.cast(member.expression, int64),
        build.integer(BigInt(offset), int64),
      );
      return build.cast(address, pointer(type.type, space));
    },
  },
  {
    name: "write_user",
    kind: "function",
    forms: [
      {
        parameters: [value("destination", anAddress), value("source", bytes), value("length", anInteger)],
        returns: voidType,
      },
    ],
    mode: "in-kernel",
    needs: [],
    unsafe: true,
    since: "0.25",
    summary: "Writes to the memory of the current process.",
    docs: "Only with `--unsafe`. The page must be present; the kernel logs a warning when such a program is loaded.",
    examples: ["uprobe:/bin/sh:main { $x = 1; write_user(arg1, &$x, 1); }"],
  },
];
