/** What is known of words and numbers that name nothing: keywords, literals, parameters of the command line, the script's own C. */

import {
  showType,
  type CDeclaration,
  type Item,
  type StructDefinition,
  type StructTable,
  type SyntaxNode,
} from "@probewright/compiler";
import { code, fieldText } from "../completion/resolve.ts";
import { withName } from "../kernel-header.ts";

interface KeywordRow {
  readonly form: string;
  readonly summary: string;
}

/** One row a keyword. */
const keywords: Readonly<Record<string, KeywordRow>> = {
  macro: {
    form: "macro NAME(value, $variable, @map) { … }",
    summary: "Code that is written out where it is used; names of its own never meet those around the call.",
  },
  fn: {
    form: "fn NAME($argument : TYPE, …) : TYPE { … }",
    summary: "A function of its own, called by any probe. It sees its arguments and maps, and no probe.",
  },
  let: {
    form: "let $name : TYPE = value;",
    summary: "Declares a variable in this block, or before all probes a map: `let @name = lruhash(1000);`.",
  },
  if: {
    form: "if (CONDITION) { … } else { … }",
    summary: "Code for some cases. It is a value, too, as is `? :`.",
  },
  else: { form: "if (CONDITION) { … } else { … }", summary: "Code for the other cases." },
  while: {
    form: "while (CONDITION) { … }",
    summary: "Again while something holds. The verifier has to see that it ends.",
  },
  for: {
    form: "for ($i : 0..10) { … }\nfor ($kv : @map) { … }",
    summary:
      "Numbers in order without the last, or each element of a map: `$kv.0` is its key and `$kv.1` its value.",
  },
  unroll: {
    form: "unroll(COUNT) { … }",
    summary: "The block so many times, one behind the other: no loop is left for the verifier.",
  },
  return: { form: "return;\nreturn value;", summary: "Leaves the probe, or the `fn` with a result." },
  break: { form: "break;", summary: "Leaves the loop." },
  continue: { form: "continue;", summary: "Goes on with the next round of the loop." },
  config: {
    form: "config = { NAME = value; … }",
    summary: "Settings of the script; stands before its probes.",
  },
  import: {
    form: 'import "PATH";',
    summary: "Brings the macros and functions of another script, or of a C file, header or object.",
  },
  sizeof: { form: "sizeof(TYPE)\nsizeof(expression)", summary: "Bytes that a type or a value takes." },
  offsetof: { form: "offsetof(TYPE, field)", summary: "Where in a struct a field begins, in bytes." },
  comptime: { form: "comptime EXPRESSION", summary: "Must be known before the script runs." },
};

/** @param offset in the item, as is `start` */
export function keywordAt(
  { kind, text }: Item,
  offset: number,
): { readonly text: string; readonly start: number; readonly length: number } | undefined {
  const start = offset - (/\w*$/.exec(text.slice(0, offset))?.[0].length ?? 0);
  const word = /^\w*/.exec(text.slice(start))?.[0] ?? "";
  const row = Object.hasOwn(keywords, word) ? keywords[word] : undefined;
  if (row === undefined || /[$@.>]/.test(text.charAt(start - 1))) return undefined;
  // In code it is a builtin.
  if (word === "config" && kind !== "config") return undefined;
  return { start, length: word.length, text: `${code("bpftrace", row.form)}\n\n${row.summary}` };
}

export function literalText(node: SyntaxNode): string | undefined {
  switch (node.kind) {
    case "integer": {
      const { value, text } = node;
      // Below ten every spelling is plain.
      if (value < 10n && /^\d$/.test(text)) return undefined;
      return `${code("bpftrace", text)}\n\n${value.toString()}, 0x${value.toString(16)}`;
    }
    case "positional-parameter":
      return `${code("bpftrace", `$${node.index.toString()}`)}\n\nWhat stands at place ${node.index.toString()} behind the script on the command line: a number, or text with \`str($${node.index.toString()})\`. Zero and the empty text where nothing does.`;
    case "parameter-count":
      return `${code("bpftrace", "$#")}\n\nHow many parameters stand behind the script on the command line.`;
    default:
      return undefined;
  }
}

/** Names in the script's own C, where they are defined. */
export function definedText(
  item: Item,
  name: SyntaxNode & { readonly kind: "name" },
  path: readonly SyntaxNode[],
  structs: StructTable,
): string | undefined {
  if (item.kind === "preprocessor-line")
    return item.directive.kind === "define" && item.directive.name === name
      ? code("c", item.text.trim())
      : undefined;
  const declaration = path.findLast((node): node is CDeclaration => node.kind === "c-declaration");
  if (declaration?.name === undefined) return undefined;
  const { tag } = declaration;
  const full = `${tag} ${declaration.name.text}`;
  if (declaration.enumerators.some((each) => each.name === name))
    return code("c", `${full} { ${name.text} }`);
  const struct = structs.findStruct(tag === "typedef" ? declaration.name.text : full);
  if (struct === undefined) return undefined;
  if (declaration.name === name) return ownStructText(struct);
  const field = struct.fields.find((each) => each.name === name.text);
  return field === undefined ? undefined : fieldText(struct.name, field, structs);
}

/** A struct of the script with where its fields are. */
export function ownStructText(struct: StructDefinition): string {
  const fields = struct.fields.map(
    ({ name, type, cType, offset }) =>
      `\t${withName(cType ?? showType(type), name)}; /* at ${offset.toString()} */`,
  );
  return `${code("c", [`${struct.name} {`, ...fields, "};"].join("\n"))}\n\n${struct.size.toString()} bytes, defined in the script.`;
}
