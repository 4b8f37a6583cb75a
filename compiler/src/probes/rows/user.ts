/** Probes on user programs and libraries. */

import {
  invalidAttachPointNumber,
  patternNotAllowed,
  returnProbeWithOffset,
  unsupportedLanguage,
} from "../../diagnostics/catalog/probes.ts";
import { readNumber } from "../../syntax/numbers.ts";
import { isPattern, type TracingSide } from "../attach-spec.ts";
import type { Capability } from "../capability.ts";
import type { Part, ProbeType, ReadOptions, ReadResult } from "../probe-type.ts";
import { accept, badNumber, missingPart, readOffset, refuse, wrongParts } from "./reading.ts";

function formsOf(name: string, side: TracingSide): readonly string[] {
  const both = [`${name}:BINARY:FUNCTION`, `${name}:BINARY:cpp:FUNCTION`];
  return side === "entry" ? [...both, `${name}:BINARY:FUNCTION+OFFSET`, `${name}:BINARY@FILE:LINE`] : both;
}

function readUprobe(name: string, side: TracingSide): ProbeType["read"] {
  const forms = formsOf(name, side);
  return (parts, options) => {
    const at = parts.findIndex((part) => part.separator === "@");
    if (at !== -1)
      return side === "entry" ? readSourceLine(name, parts, at, options) : wrongParts(name, forms);
    const least = options.hasPid ? 1 : 2;
    if (parts.length < least || parts.length > 3) return wrongParts(name, forms);
    const { path, language } = binaryParts(
      parts.map((part) => part.text),
      options,
    );
    if (path === "") return missingPart(name, "a binary", forms[0] ?? name);
    if (language !== undefined && language !== "cpp")
      return refuse((place) => unsupportedLanguage(place, { language }));
    const { text, quoted } = parts.at(-1) ?? { text: "", quoted: false };
    // There is the header of the file at 0, and no code.
    if (!options.unsafe && !quoted && readNumber(text) === 0n) return badNumber(text, "address of code");
    return readFunction(name, side, path, language === "cpp", text, quoted);
  };
}

/** What stands before the function: with a process given, the binary may be left out. */
function binaryParts(
  texts: readonly string[],
  { hasPid }: ReadOptions,
): { readonly path: string | undefined; readonly language: string | undefined } {
  const withoutPath = texts.length === 1 || (texts.length === 2 && hasPid && texts[0] === "cpp");
  return {
    path: withoutPath ? undefined : texts[0],
    language: texts.length - (withoutPath ? 0 : 1) === 2 ? texts.at(-2) : undefined,
  };
}

function readFunction(
  name: string,
  side: TracingSide,
  path: string | undefined,
  demangle: boolean,
  text: string,
  quoted: boolean,
): ReadResult {
  if (text === "") return missingPart(name, "a function", formsOf(name, side)[0] ?? name);
  // A quoted name may hold plus signs of its own (`operator+`); an offset is digits at the end.
  const target =
    quoted && !/\+(?:0x)?[0-9a-fA-F]+$/.test(text) ? { name: text, offset: 0n } : readOffset(text);
  if (target === undefined) return badNumber(text, "function and offset");
  if (target.offset !== 0n && side === "return")
    return refuse((place) => returnProbeWithOffset(place, { probeType: name }));
  const address = quoted ? undefined : readNumber(target.name);
  if (address !== undefined && isPattern(path ?? "")) {
    return refuse((place) =>
      patternNotAllowed(place, { probeType: name, what: "a binary whose address is given" }),
    );
  }
  return accept({
    kind: "uprobe",
    side,
    path,
    demangle,
    function: target.name,
    offset: target.offset,
    address,
    source: undefined,
  });
}

/** `BINARY@FILE:LINE` and `BINARY@FILE:LINE:COLUMN`. */
function readSourceLine(name: string, parts: readonly Part[], at: number, options: ReadOptions): ReadResult {
  const form = `${name}:BINARY@FILE:LINE`;
  const path = at === 1 ? parts[0]?.text : undefined;
  const [file = "", lineText = "", columnText, ...more] = parts.slice(at).map((part) => part.text);
  if (at > 1 || more.length > 0) return wrongParts(name, [form]);
  if ((path === undefined || path === "") && !options.hasPid) return missingPart(name, "a binary", form);
  if (file === "") return missingPart(name, "a source file", form);
  if (path !== undefined && isPattern(path)) {
    return refuse((place) =>
      patternNotAllowed(place, { probeType: name, what: "a binary whose source line is given" }),
    );
  }
  return readLineAndColumn(path, file, lineText, columnText);
}

function readLineAndColumn(
  path: string | undefined,
  file: string,
  lineText: string,
  columnText: string | undefined,
): ReadResult {
  const line = readNumber(lineText);
  const column = columnText === undefined ? undefined : readNumber(columnText);
  if (line === undefined || line <= 0n) return badNumber(lineText, "line");
  if (columnText !== undefined && (column === undefined || column < 0n)) {
    return refuse((place) => invalidAttachPointNumber(place, { text: columnText, part: "column" }));
  }
  const source = { file, line: Number(line), column: column === undefined ? undefined : Number(column) };
  return accept({
    kind: "uprobe",
    side: "entry",
    path,
    demangle: false,
    function: "",
    offset: 0n,
    address: undefined,
    source,
  });
}

function readUsdt(parts: readonly Part[], options: ReadOptions): ReadResult {
  const forms = ["usdt:BINARY:PROBE", "usdt:BINARY:NAMESPACE:PROBE"];
  if (parts.some((part) => part.separator === "@")) return wrongParts("usdt", forms);
  const texts = parts.map((part) => part.text);
  if (texts.length < (options.hasPid ? 1 : 2) || texts.length > 3) return wrongParts("usdt", forms);
  const name = texts.at(-1) ?? "";
  const path = texts.length === 1 || (texts[0] === "" && options.hasPid) ? undefined : texts[0];
  if (name === "") return missingPart("usdt", "a probe", forms[0] ?? "usdt");
  if (path === "") return missingPart("usdt", "a binary", forms[0] ?? "usdt");
  const namespace = texts.length === 3 && texts[1] !== "" ? texts[1] : undefined;
  return accept({ kind: "usdt", path, namespace, name });
}

const capabilities: readonly Capability[] = ["context", "registers", "stacks", "user-addresses", "signal"];

const common = {
  space: "user",
  pidFilter: "attach",
  attachOrder: "reverse",
  defaultReturn: 0n,
  requires: [],
  sinceKernel: "4.3",
} as const;

export const userRows: readonly ProbeType[] = [
  {
    ...common,
    name: "uprobe",
    aliases: ["u"],
    internalName: "uprobe",
    summary: "Fires when a function of a program or library is called.",
    docs: "BINARY is a path, a program in PATH, or a library such as `libc`. `arg0`…`arg5` are raw registers; with debug information `args.NAME` has the C type.",
    forms: formsOf("uprobe", "entry"),
    capabilities: new Set<Capability>([
      ...capabilities,
      "argument-registers",
      "typed-arguments",
      "function-name",
    ]),
    listing: "user",
    examples: ["uprobe:/bin/bash:readline { @[comm] = count(); }"],
    read: readUprobe("uprobe", "entry"),
  },
  {
    ...common,
    name: "uretprobe",
    aliases: ["ur"],
    internalName: "uretprobe",
    summary: "Fires when a function of a program or library returns.",
    docs: "`retval` is the return register. Programs that inspect their own stack (Go among them) may break under a uretprobe.",
    forms: formsOf("uretprobe", "return"),
    capabilities: new Set<Capability>([...capabilities, "return-value", "function-name"]),
    listing: "none",
    examples: ['uretprobe:/bin/bash:readline { printf("%s\\n", str(retval)); }'],
    read: readUprobe("uretprobe", "return"),
  },
  {
    ...common,
    name: "usdt",
    aliases: ["U"],
    internalName: "usdt",
    summary: "Fires at a static probe that a program's authors put in.",
    docs: "Static user probes keep their names and arguments across versions. `arg0`… are read from wherever the compiler left them. Probes with a semaphore are switched on while traced.",
    forms: ["usdt:BINARY:PROBE", "usdt:BINARY:NAMESPACE:PROBE"],
    capabilities: new Set<Capability>([...capabilities, "argument-registers"]),
    listing: "user",
    examples: ["usdt:/usr/sbin/mysqld:query__start { @[str(arg0)] = count(); }"],
    read: readUsdt,
  },
];
