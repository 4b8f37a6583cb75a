/** Network addresses, packets, sockets. */

import { invalidAddressText } from "../../diagnostics/catalog/calls.ts";
import { sizeOf } from "../../types/layout.ts";
import { uint32, uint64, uint8, type Type } from "../../types/type.ts";
import { anInteger, aString, type Accepts } from "../accepts.ts";
import { parseInet } from "../inet.ts";
import { literal, value, type Builtin } from "../builtin.ts";
import { wrongArgumentType } from "../../diagnostics/catalog/calls.ts";
import { describe } from "../../types/show.ts";

const MAC_BYTES = 6;

const inetBytes: Accepts = {
  expected: "an integer, or an array or string of 4 or 16 bytes",
  test: ({ kind }) => kind === "integer" || kind === "array" || kind === "string",
};

const macBytes: Accepts = {
  expected: "an integer, a pointer, or an array or string of 6 bytes",
  test: ({ kind }) => kind === "integer" || kind === "array" || kind === "string" || kind === "pointer",
};

const socketPointer: Accepts = {
  expected: "a struct sock *",
  test: (type) => type.kind === "pointer" && type.to.kind === "struct" && type.to.name === "struct sock",
};

const packetPointer: Accepts = { expected: "a pointer", test: ({ kind }) => kind === "pointer" };

function ptonType({
  arguments: [text],
}: {
  readonly arguments: readonly { readonly constant: unknown }[];
}): Type {
  const constant = text?.constant as { readonly kind: string; readonly value: string } | undefined;
  const bytes = constant?.kind === "string" ? parseInet(constant.value) : undefined;
  return { kind: "array", element: uint8, count: bytes?.length ?? 4 };
}

export const networkRows: readonly Builtin[] = [
  {
    name: "ntop",
    kind: "function",
    forms: [
      { parameters: [value("address", inetBytes)], returns: { kind: "inet" } },
      { parameters: [value("family", anInteger), value("address", inetBytes)], returns: { kind: "inet" } },
    ],
    mode: "in-kernel",
    needs: [],
    since: "0.1",
    summary: "An IP address as text.",
    docs: "Four bytes or a number are an IPv4 address in network order, sixteen bytes an IPv6 one; the family (`AF_INET`, `AF_INET6`) can be given.",
    examples: ["begin { print(ntop(0x0100007f)); }"],
    check: ({ name, arguments: args, structs, report }) => {
      const address = args.at(-1);
      if (address === undefined) return;
      const { type } = address.expression;
      if (type.kind !== "array" && type.kind !== "string") return;
      const size = sizeOf(type, structs);
      if (size === 4 || size === 16) return;
      const facts = { name, parameter: "address", expected: inetBytes.expected, got: describe(type) };
      report(wrongArgumentType(address.place, facts));
    },
  },
  {
    name: "pton",
    kind: "function",
    forms: [{ parameters: [literal("text", aString)], returns: ptonType, returnsText: "uint8[]" }],
    mode: "compile-time",
    needs: [],
    since: "0.21",
    summary: "The bytes of an IP address given as text.",
    docs: "4 bytes for `127.0.0.1`, 16 for `::1`, in network order, to compare with what the kernel has.",
    examples: ['begin { print(ntop(pton("127.0.0.1"))); }'],
    check: ({ arguments: [text], report }) => {
      if (text?.constant?.kind !== "string" || parseInet(text.constant.value) !== undefined) return;
      report(invalidAddressText(text.place, { text: text.constant.value }));
    },
    detail: ({ arguments: [text] }) => {
      const bytes = text?.constant?.kind === "string" ? parseInet(text.constant.value) : undefined;
      return { kind: "text", text: (bytes ?? []).map((byte) => byte.toString(16).padStart(2, "0")).join("") };
    },
  },
  {
    name: "macaddr",
    kind: "function",
    readsMemory: true,
    forms: [{ parameters: [value("address", macBytes)], returns: { kind: "mac-address" } }],
    mode: "in-kernel",
    needs: [],
    since: "0.11",
    summary: "Six bytes as a hardware address.",
    docs: "Printed as `AA:BB:CC:DD:EE:FF`.",
    examples: ["struct mac { char addr[6]; }; kprobe:f { print(macaddr(((struct mac *)arg0)->addr)); }"],
    check: ({ name, arguments: [address], structs, report }) => {
      if (address === undefined) return;
      const { type } = address.expression;
      const bytes = type.kind === "array" || type.kind === "string" ? sizeOf(type, structs) : MAC_BYTES;
      if (bytes >= MAC_BYTES && address.constant?.kind !== "string") return;
      const facts = { name, parameter: "address", expected: macBytes.expected, got: describe(type) };
      report(wrongArgumentType(address.place, facts));
    },
  },
  {
    name: "socket_cookie",
    kind: "function",
    forms: [{ parameters: [value("socket", socketPointer)], returns: uint64 }],
    mode: "in-kernel",
    needs: ["tracing"],
    since: "0.23",
    summary: "A number that identifies a socket for its whole life.",
    docs: "The kernel hands one out when it is first asked for.",
    examples: ["fentry:tcp_shutdown { print(socket_cookie(args.sk)); }"],
  },
  {
    name: "skboutput",
    kind: "function",
    forms: [
      {
        parameters: [
          literal("file", aString),
          value("packet", packetPointer),
          value("length", anInteger),
          literal("offset", anInteger),
        ],
        returns: uint32,
      },
    ],
    mode: "async",
    needs: ["tracing"],
    since: "0.16",
    summary: "Writes a packet to a capture file.",
    docs: "The file has the pcap format, its packets begin with their IP header, and `tcpdump -r` reads it. `offset` bytes at the start are left out: 14 where the packet begins with an Ethernet header, as when it is sent. Not more than `length` bytes are kept, which must not be more than `skb.len`. 0 on success, else a negative error number. The file is made when the run starts, anew.",
    examples: [
      'fentry:__dev_queue_xmit { $r = skboutput("out.pcap", args.skb, args.skb.len, 14); print($r); }',
    ],
    check: ({ name, arguments: [, , , offset], report }) => {
      if (offset?.constant?.kind !== "integer" || offset.constant.value >= 0n) return;
      const got = offset.constant.value.toString();
      report(wrongArgumentType(offset.place, { name, parameter: "offset", expected: "0 or more", got }));
    },
  },
];
