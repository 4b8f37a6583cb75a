/** Strings and buffers: reading, measuring, searching, comparing. */

import { strncmpDiscouraged } from "../../diagnostics/catalog/lints.ts";
import {
  bufferLengthRequired,
  bufferTooLarge,
  negativeLength,
  stringLengthClamped,
} from "../../diagnostics/catalog/calls.ts";
import { describe } from "../../types/show.ts";
import { sizeOf } from "../../types/layout.ts";
import { boolean, int64, string, uint64, type Type } from "../../types/type.ts";
import { anInteger, aString, bytes, stringLike, textSource, type Accepts } from "../accepts.ts";
import { literal, optional, special, value, type Builtin } from "../builtin.ts";
import type { Argument, CallSite } from "../call-site.ts";

/** Room of the result of `str_concat`. */
const CONCATENATION_BYTES = 1024;
const NAME_BYTES = 64;
/** What one scratch object can hold. */
const MOST_BUFFER_BYTES = 65_536;

const pathSource: Accepts = {
  expected: "a struct path or a pointer to one",
  test: ({ kind }) => kind === "struct" || kind === "pointer",
};

function literalLength(argument: Argument | undefined): bigint | undefined {
  return argument?.constant?.kind === "integer" ? argument.constant.value : undefined;
}

/** `max_strlen`, or room for a smaller literal length and its NUL. */
function strType({ arguments: [source, length], config }: CallSite): Type {
  const wanted = literalLength(length);
  if (source?.constant?.kind === "string") {
    const text =
      wanted === undefined || wanted < 0n
        ? source.constant.value
        : source.constant.value.slice(0, Number(wanted));
    return string(text.length + 1);
  }
  if (wanted === undefined || wanted < 0n) return string(config.maxStringLength);
  return string(Math.min(config.maxStringLength, Number(wanted) + 1));
}

function checkStr({ arguments: [, length], config, name, report }: CallSite): void {
  const wanted = literalLength(length);
  if (wanted === undefined || length === undefined) return;
  if (wanted < 0n) report(negativeLength(length.place, { name, length: wanted.toString() }));
  else if (wanted + 1n > BigInt(config.maxStringLength)) {
    report(stringLengthClamped(length.place, { length: wanted.toString(), limit: config.maxStringLength }));
  }
}

function bufType({ arguments: [source, length], config, structs }: CallSite): Type {
  const wanted = literalLength(length);
  if (wanted !== undefined && wanted >= 0n) return { kind: "buffer", capacity: Number(wanted) };
  if (length === undefined && source?.expression.type.kind === "array") {
    return { kind: "buffer", capacity: sizeOf(source.expression.type, structs) };
  }
  return { kind: "buffer", capacity: config.maxStringLength };
}

function checkBuf({ arguments: [source, length], config, name, place, report }: CallSite): void {
  const wanted = literalLength(length);
  if (length !== undefined && wanted !== undefined && wanted < 0n) {
    report(negativeLength(length.place, { name, length: wanted.toString() }));
  }
  if (length === undefined && source !== undefined && source.expression.type.kind !== "array") {
    if (config.maxStringLength > MOST_BUFFER_BYTES) {
      report(bufferTooLarge(place, { size: config.maxStringLength.toString(), limit: MOST_BUFFER_BYTES }));
    } else report(bufferLengthRequired(source.place, { got: describe(source.expression.type) }));
  }
  if (wanted !== undefined && wanted > BigInt(MOST_BUFFER_BYTES)) {
    report(bufferTooLarge(length?.place ?? place, { size: wanted.toString(), limit: MOST_BUFFER_BYTES }));
  }
}

function checkStrncmp({ arguments: [left, right, length], name, place, report, build }: CallSite): void {
  const wanted = literalLength(length);
  if (wanted === undefined || length === undefined) return;
  if (wanted < 0n) report(negativeLength(length.place, { name, length: wanted.toString() }));
  const sizes = [left, right].flatMap((argument) =>
    argument?.expression.type.kind === "string" ? [BigInt(argument.expression.type.size)] : [],
  );
  const shortest = sizes.reduce((least, size) => (size < least ? size : least), 1n << 32n);
  if (wanted >= shortest) report(strncmpDiscouraged(build.callee ?? place, {}));
}

function textFunction(
  row: Pick<Builtin, "name" | "forms" | "since" | "summary" | "docs" | "examples">,
): Builtin {
  return { ...row, kind: "function", mode: "in-kernel", needs: [] };
}

export const stringRows: readonly Builtin[] = [
  {
    name: "str",
    kind: "function",
    readsMemory: true,
    forms: [
      {
        parameters: [special("source", "text", textSource), optional(value("length", anInteger))],
        returns: strType,
        returnsText: "string",
      },
    ],
    mode: "in-kernel",
    needs: [],
    since: "0.1",
    summary: "Reads a string from memory, up to its NUL.",
    docs: "At most `max_strlen` bytes with the NUL, or `length` of them. Whether kernel or user memory is read follows from the pointer; `kptr()` and `uptr()` say it. `str($1)` is the text of a positional parameter, and `str(5)` the number as text.",
    examples: ['tracepoint:syscalls:sys_enter_openat { printf("%s\\n", str(args.filename)); }'],
    check: checkStr,
    expand: (call) => {
      const {
        arguments: [source, length],
        build,
      } = call;
      const type = strType(call);
      if (source?.constant?.kind === "string" && type.kind === "string") {
        return build.string(source.constant.value.slice(0, type.size - 1));
      }
      const wanted = literalLength(length);
      const whole = wanted !== undefined && (wanted < 0n || wanted >= BigInt(call.config.maxStringLength));
      const own = whole ? [source] : [source, length];
      const args = own.flatMap((argument) => (argument === undefined ? [] : [argument.expression]));
      return build.call("str", type, args);
    },
  },
  {
    name: "buf",
    kind: "function",
    readsMemory: true,
    forms: [
      {
        parameters: [value("data", bytes), optional(value("length", anInteger))],
        returns: bufType,
        returnsText: "buffer",
      },
    ],
    mode: "in-kernel",
    needs: [],
    since: "0.11",
    summary: "Copies raw bytes.",
    docs: "For data that may contain any byte. Printed with `%r` (text with escapes), `%rx` (hexadecimal escapes) or `%rh` (hexadecimal). An array knows its own length.",
    examples: ['tracepoint:syscalls:sys_enter_write { printf("%r\\n", buf(args.buf, 16)); }'],
    check: checkBuf,
    detail: ({ arguments: [, length] }) => {
      const wanted = literalLength(length);
      return wanted === undefined ? { kind: "none" } : { kind: "literal-length", length: Number(wanted) };
    },
  },
  {
    name: "strncmp",
    kind: "function",
    forms: [
      {
        parameters: [value("left", aString), value("right", aString), literal("length", anInteger)],
        returns: uint64,
      },
    ],
    mode: "in-kernel",
    needs: [],
    since: "0.7",
    summary: "Compares the first characters of two strings; 0 when they are equal.",
    docs: "Only equality is told: the result is 0 or 1. To compare whole strings write `==`.",
    examples: ['tracepoint:syscalls:sys_enter_openat /strncmp(comm, "ba", 2) == 0/ { print(comm); }'],
    check: checkStrncmp,
  },
  {
    name: "path",
    kind: "function",
    forms: [
      {
        parameters: [value("path", pathSource), optional(literal("size", anInteger))],
        returns: ({ arguments: [, size], config }) => {
          const wanted = literalLength(size);
          return string(
            wanted === undefined ? config.maxStringLength : Math.min(config.maxStringLength, Number(wanted)),
          );
        },
        returnsText: "string",
      },
    ],
    mode: "in-kernel",
    needs: ["path-helper"],
    requires: ["dpath"],
    since: "0.10",
    summary: "Full path of a `struct path`.",
    docs: "Only in functions that the kernel lists for its path helper: `filp_close`, `security_file_open`, `vfs_getattr`, `vfs_truncate`, `vfs_fallocate`, `dentry_open` and few more, and in iterators. A path that does not fit is cut off in front, with a warning.",
    examples: ["fentry:filp_close { print(path(args.filp.f_path)); }"],
    check: ({ arguments: [, size], name, report }) => {
      const wanted = literalLength(size);
      if (size !== undefined && wanted !== undefined && wanted < 0n) {
        report(negativeLength(size.place, { name, length: wanted.toString() }));
      }
    },
  },
  textFunction({
    name: "strlen",
    forms: [{ parameters: [value("text", stringLike)], returns: uint64 }],
    since: "0.24",
    summary: "Number of characters before the NUL.",
    docs: "Takes a string, or an array of or pointer to int8.",
    examples: ["tracepoint:syscalls:sys_enter_openat { @[strlen(comm)] = count(); }"],
  }),
  {
    ...textFunction({
      name: "strcap",
      forms: [{ parameters: [value("text", stringLike)], returns: int64 }],
      since: "0.24",
      summary: "How many bytes the string's place has.",
      docs: "A compile-time constant for strings and arrays; of a pointer it is the string's length.",
      examples: ["begin { print(strcap(comm)); }"],
    }),
    expand: ({ arguments: [text], build, structs }) => {
      if (text === undefined) return build.unknown();
      const { type } = text.expression;
      if (type.kind === "pointer") return build.cast(build.call("strlen", uint64, [text.expression]), int64);
      return build.integer(BigInt(sizeOf(type, structs)), int64);
    },
  },
  textFunction({
    name: "strstr",
    forms: [{ parameters: [value("haystack", stringLike), value("needle", stringLike)], returns: int64 }],
    since: "0.24",
    summary: "Where one string begins in another; -1 when it is not there.",
    docs: "An empty needle is found at 0.",
    examples: ['tracepoint:syscalls:sys_enter_openat { print(strstr(comm, "ash")); }'],
  }),
  {
    ...textFunction({
      name: "strcontains",
      forms: [{ parameters: [value("haystack", stringLike), value("needle", stringLike)], returns: boolean }],
      since: "0.21",
      summary: "Whether one string occurs in another.",
      docs: "The same as `strstr(haystack, needle) >= 0`.",
      examples: ['tracepoint:syscalls:sys_enter_openat /strcontains(comm, "sh")/ { print(comm); }'],
    }),
    expand: ({ arguments: args, build }) => {
      const operands = args.map(({ expression }) => expression);
      return build.binary(">=", build.call("strstr", int64, operands), build.integer(0n, int64));
    },
  },
  textFunction({
    name: "str_concat",
    forms: [
      {
        parameters: [value("first", stringLike), value("second", stringLike)],
        returns: string(CONCATENATION_BYTES),
      },
    ],
    since: "0.25",
    summary: "Two strings in a row.",
    docs: "The result has room for 1024 bytes; what does not fit is cut off.",
    examples: ['begin { print(str_concat("a", comm)); }'],
  }),
  textFunction({
    name: "strerror",
    forms: [{ parameters: [value("error", anInteger)], returns: string(NAME_BYTES) }],
    since: "0.22",
    summary: "What an error number means.",
    docs: "The sign does not matter, so the result of a system call can be given as it is.",
    examples: ["tracepoint:syscalls:sys_exit_openat /args.ret < 0/ { print(strerror(args.ret)); }"],
  }),
  textFunction({
    name: "signal_name",
    forms: [{ parameters: [value("signal", anInteger)], returns: string(NAME_BYTES) }],
    since: "0.25",
    summary: "Name of a signal.",
    docs: "For example `SIGKILL` for 9.",
    examples: ["begin { print(signal_name(9)); }"],
  }),
  textFunction({
    name: "syscall_name",
    forms: [{ parameters: [value("number", anInteger)], returns: string(NAME_BYTES) }],
    since: "0.25",
    summary: "Name of a system call.",
    docs: "By the numbers of the architecture the program is compiled for.",
    examples: ["tracepoint:raw_syscalls:sys_enter { @[syscall_name(args.id)] = count(); }"],
  }),
];
