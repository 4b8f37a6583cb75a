/** What is known about a suggestion that is rested on, in Markdown. */

import {
  findBuiltin,
  findProbeType,
  showType,
  signaturesOf,
  type FunctionPrototype,
  type KernelFacts,
  type StructField,
  type StructTable,
} from "@probewright/compiler";
import { bytesOf, kernelHeader, withName } from "../kernel-header.ts";
import type { CompletionSource } from "./completion.ts";

/** What suggestions are looked up in. */
export interface Known {
  readonly facts: KernelFacts;
  /** C types of the script and its probes, and of the kernel. */
  readonly structs: () => StructTable;
}

/** @param label the suggestion's */
export function documentationOf(
  source: CompletionSource,
  label: string,
  { facts, structs }: Known,
): string | undefined {
  switch (source.kind) {
    case "field": {
      const field = structs()
        .findStruct(source.struct)
        ?.fields.find(({ name }) => name === label);
      return field === undefined ? undefined : fieldText(source.struct, field, structs());
    }
    case "builtin":
      return builtinText(source.name);
    case "probe-type":
      return probeTypeText(source.name);
    case "function":
      return prototypeText(facts.findFunctions(source.name, source.module)[0]);
    case "raw-tracepoint":
      return prototypeText(facts.findRawTracepoint(source.name));
    case "tracepoint":
      return tracepointText(source.name, facts);
    case "type": {
      const header = kernelHeader(source.name, facts);
      return header === undefined ? undefined : code("c", header.text.trim());
    }
  }
}

export function builtinText(name: string): string | undefined {
  const row = findBuiltin(name);
  if (row === undefined) return undefined;
  const notes = [
    row.deprecated === undefined ? "" : `Deprecated: use ${row.deprecated}.`,
    row.unsafe === true ? "Needs `--unsafe` when the script runs." : "",
    row.mode === "async" ? "Done in user space, when the event arrives there." : "",
  ].filter((note) => note !== "");
  const parts = [code("bpftrace", signaturesOf(row).join("\n")), row.summary, row.docs, notes.join(" ")];
  return [...parts, `Example:\n${code("bpftrace", row.examples[0])}`]
    .filter((part) => part !== "")
    .join("\n\n");
}

export function probeTypeText(name: string): string | undefined {
  const row = findProbeType(name);
  if (row === undefined) return undefined;
  const since = `Since Linux ${row.sinceKernel}.`;
  const example = row.examples[0];
  const parts = [code("bpftrace", row.forms.join("\n")), row.summary, row.docs, since];
  return [...parts, example === undefined ? "" : `Example:\n${code("bpftrace", example)}`]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** The kernel's prototype of a function. */
export function prototypeText(prototype: FunctionPrototype | undefined): string | undefined {
  if (prototype === undefined) return undefined;
  const { name, module, parameters, returnsCType } = prototype;
  const list = parameters.map((each) => withName(each.cType, each.name));
  const oneLine = `${withName(returnsCType, name)}(${list.length === 0 ? "void" : list.join(", ")});`;
  const text =
    oneLine.length <= 90 ? oneLine : `${withName(returnsCType, name)}(\n\t${list.join(",\n\t")}\n);`;
  return `${code("c", text)}${module === "vmlinux" ? "" : `\n\nOf the module \`${module}\`.`}`;
}

/** The fields of a tracepoint's record, one a line. @param name `CATEGORY:EVENT` */
export function tracepointText(name: string, facts: KernelFacts): string | undefined {
  const [category = "", event = ""] = name.split(":");
  const format = facts.tracepointFormat(category, event);
  if (format === undefined || format === "missing") return undefined;
  const own = format.fields.filter(({ common }) => !common);
  if (own.length === 0) return "No fields of its own.";
  return code("c", own.map((field) => `${withName(field.cType, field.name)};`).join("\n"));
}

/** How a field is declared, and where it is. */
export function fieldText(struct: string, field: StructField, structs: StructTable): string {
  const width = field.bitfield === undefined ? "" : ` : ${field.bitfield.width.toString()}`;
  const declaration = `${withName(field.cType ?? showType(field.type), field.name)}${width};`;
  const size = bytesOf(field, structs);
  const where = `Offset ${field.offset.toString()}${size === 0 ? "" : `, ${size.toString()} bytes`}`;
  const of = struct.startsWith("args ")
    ? `the arguments of \`${struct.slice("args ".length)}\``
    : `\`${struct}\``;
  return `${code("c", declaration)}\n\n${where}, in ${of}.`;
}

export function code(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}
