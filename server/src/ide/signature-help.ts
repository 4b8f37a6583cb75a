/** The parameters of the call around the cursor, and which of them is being written. */

import {
  findBuiltin,
  parameterText as builtinParameterText,
  parseFormat,
  showType,
  signatureOf,
  type Builtin,
  type Item,
} from "@probewright/compiler";
import { docComment, parameterText } from "./completion/names.ts";
import { cursorAt, type OpenBracket } from "./cursor.ts";
import { namedThings } from "./names.ts";
import type { Snapshot } from "./snapshot.ts";
import { spellParameter, spellPrototype } from "./c-prototype.ts";

export interface Signature {
  readonly label: string;
  /** Texts of the parameters as they stand in the label, in order. */
  readonly parameters: readonly string[];
  /** Markdown. */
  readonly documentation: string;
  /** Index of the parameter being written; undefined when there are too many arguments already. */
  readonly active: number | undefined;
}

export interface SignatureHelp {
  readonly signatures: readonly Signature[];
  /** Index of the first signature that fits the arguments so far. */
  readonly active: number;
}

export function signatureHelp(snapshot: Snapshot, offset: number): SignatureHelp | undefined {
  const cursor = cursorAt(snapshot, offset);
  if (cursor.region === "comment") return undefined;
  for (const bracket of cursor.open.toReversed()) {
    if (bracket.character === "{") return undefined;
    const head = snapshot.text.slice(Math.max(0, bracket.at - 200), bracket.at);
    if (bracket.character === "[") return mapHelp(snapshot, /@\w*\s*$/.exec(head)?.[0].trim(), bracket);
    const name = /(?:^|[^\w$@.])([A-Za-z_]\w*)\s*$/.exec(head)?.[1];
    if (name !== undefined)
      return callableHelp(snapshot, name, bracket) ?? builtinHelp(snapshot, name, bracket, offset);
    // A cast, a tuple or a pair that groups: part of an argument of the call around it.
  }
  return undefined;
}

function builtinHelp(
  snapshot: Snapshot,
  name: string,
  bracket: OpenBracket,
  offset: number,
): SignatureHelp | undefined {
  const row = findBuiltin(name);
  if (row === undefined) return undefined;
  // Some values may be asked for in more detail: `kstack(3)`.
  const forms =
    row.kind === "value" ? row.forms.filter(({ parameters }) => parameters.length > 0) : row.forms;
  if (forms.length === 0) return undefined;
  const signatures = forms.map((form): Signature => {
    const last = form.parameters.length - 1;
    const open = form.parameters[last]?.variadic === true;
    const active = open
      ? Math.min(bracket.commas, last)
      : bracket.commas <= last
        ? bracket.commas
        : undefined;
    const wanted = form.parameters[bracket.commas]?.accepts.expected;
    const note =
      conversionNote(snapshot, row, bracket, offset) ?? (wanted === undefined ? "" : `Here: ${wanted}.`);
    return {
      label: signatureOf(row, form),
      parameters: form.parameters.map(builtinParameterText),
      documentation: [row.summary, note].filter((text) => text !== "").join("\n\n"),
      active,
    };
  });
  const fitting = signatures.findIndex(({ active }) => active !== undefined);
  return { signatures, active: Math.max(0, fitting) };
}

/** Which conversion of the format the argument is for. */
function conversionNote(
  snapshot: Snapshot,
  row: Builtin,
  bracket: OpenBracket,
  offset: number,
): string | undefined {
  const index = row.forms[0]?.parameters.findIndex(({ form }) => form === "format") ?? -1;
  const place = bracket.commas - index - 1;
  if (index === -1 || place < 0) return undefined;
  const written = snapshot.text.slice(bracket.at + 1, offset);
  const format = /"((?:[^"\\]|\\.)*)"/.exec(written)?.[1];
  if (format === undefined) return undefined;
  const conversion = parseFormat(format).filter(({ kind }) => kind !== "text")[place];
  return conversion === undefined
    ? "The format has no conversion left for it."
    : `Printed by \`${conversion.text}\`.`;
}

/** Macros and subprograms, of the script or imported, and functions of C files. */
function callableHelp(snapshot: Snapshot, name: string, { commas }: OpenBracket): SignatureHelp | undefined {
  for (const { script } of snapshot.analysis().files) {
    for (const { item } of script.items) {
      if ((item.kind !== "macro" && item.kind !== "subprogram") || item.name.text !== name) continue;
      const parameters = parametersOf(item);
      const label =
        item.kind === "macro"
          ? `macro ${name}(${parameters.join(", ")})`
          : `fn ${name}(${parameters.join(", ")}): ${item.text.slice(item.returns.span.start, item.returns.span.end)}`;
      const active = commas < parameters.length ? commas : undefined;
      return { signatures: [{ label, parameters, documentation: docComment(item), active }], active: 0 };
    }
  }
  return cFunctionHelp(snapshot, name, commas);
}

function cFunctionHelp(snapshot: Snapshot, name: string, commas: number): SignatureHelp | undefined {
  const found = snapshot.analysis().cFunctions.find(({ prototype }) => prototype.name === name);
  if (found === undefined) return undefined;
  const { prototype, path } = found;
  const signature: Signature = {
    label: spellPrototype(prototype),
    parameters: prototype.parameters.map(spellParameter),
    documentation: `From \`${path}\`.`,
    active: commas < prototype.parameters.length ? commas : undefined,
  };
  return { signatures: [signature], active: 0 };
}

function parametersOf(item: Extract<Item, { kind: "macro" | "subprogram" }>): readonly string[] {
  if (item.kind === "macro") return item.parameters.map(parameterText);
  return item.parameters.map(({ variable, type }) => {
    const text = item.text.slice(type.span.start, type.span.end);
    return `$${variable.name}: ${text}`;
  });
}

/** The keys of a map. */
function mapHelp(
  snapshot: Snapshot,
  name: string | undefined,
  { commas }: OpenBracket,
): SignatureHelp | undefined {
  const thing = namedThings(snapshot).find(({ kind, name: of }) => kind === "map" && `@${of}` === name);
  if (thing?.symbol?.kind !== "map" || thing.symbol.key === undefined) return undefined;
  const { key, value } = thing.symbol;
  const parameters = key.kind === "tuple" ? key.elements.map(showType) : [showType(key)];
  const label = `@${thing.name}[${parameters.join(", ")}]: ${showType(value)}`;
  const active = commas < parameters.length ? commas : undefined;
  return { signatures: [{ label, parameters, documentation: "", active }], active: 0 };
}
