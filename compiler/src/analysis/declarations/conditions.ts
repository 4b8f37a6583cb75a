/** Which C of a script counts: `#if` and its kin over whole items, `#error` and `#warning`. */

import {
  conditionNotUnderstood,
  conditionUnbalanced,
  errorDirective,
  warningDirective,
} from "../../diagnostics/catalog/imports.ts";
import type { Diagnostic, Place } from "../../diagnostics/diagnostic.ts";
import {
  carryOut,
  type Condition,
  conditionValue,
  isActive,
  type Macros,
  preprocess,
  readDirective,
} from "../../kernel/c/preprocess.ts";
import type { Item, PreprocessorLine } from "../../syntax/ast.ts";
import type { CSources } from "./c-types.ts";

export interface ActiveItems {
  readonly items: readonly Item[];
  readonly diagnostics: readonly Diagnostic[];
}

interface Reading {
  readonly where: CSources;
  readonly macros: Macros;
  readonly conditions: Condition[];
  /** Where each of `conditions` begins. */
  readonly openings: PreprocessorLine[];
  readonly diagnostics: Diagnostic[];
  /** A header has not been read, so that what its macros say is not known. */
  unread: boolean;
}

const conditional: ReadonlySet<string> = new Set(["if", "ifdef", "ifndef", "elif", "else", "endif"]);
const spoken: ReadonlySet<string> = new Set(["error", "warning"]);

/** The items without C that a condition leaves out; conditions themselves, carried out, are not among them. */
export function activeItems(items: readonly Item[], where: CSources): ActiveItems {
  if (!items.some(isCondition)) return { items, diagnostics: [] };
  const { facts } = where;
  const knowsTypes = facts.source !== "none" && facts.hasFeature("btf") !== false;
  const reading: Reading = {
    where,
    macros: new Map(knowsTypes ? [["BPFTRACE_HAVE_BTF", "1"]] : []),
    conditions: [],
    openings: [],
    diagnostics: [],
    unread: false,
  };
  for (const path of where.includes) readMacros(path, false, reading);
  const active = items.filter((item) => counts(item, reading));
  for (const opening of reading.openings)
    reading.diagnostics.push(
      conditionUnbalanced(lineOf(opening), { directive: nameOf(opening), lacks: "#endif" }),
    );
  return { items: active, diagnostics: reading.diagnostics };
}

function isCondition(item: Item): boolean {
  if (item.kind !== "preprocessor-line" || item.directive.kind !== "other") return false;
  const name = nameOf(item);
  return conditional.has(name) || spoken.has(name);
}

function nameOf(line: PreprocessorLine): string {
  return readDirective(line.text).name;
}

function lineOf(line: PreprocessorLine): Place {
  return { item: line, span: line.span };
}

/** Whether the item is there, given the conditions that it stands in. */
function counts(item: Item, reading: Reading): boolean {
  const active = isActive(reading.conditions);
  if (item.kind === "c-definition") return active;
  if (item.kind !== "preprocessor-line") return true;
  if (item.directive.kind === "include") {
    if (active) readMacros(item.directive.path.text, item.directive.system, reading);
    return active;
  }
  if (item.directive.kind === "define" || !isCondition(item)) {
    carryOut(item.text, reading.macros, reading.conditions);
    return active;
  }
  const { name, rest } = readDirective(item.text);
  if (spoken.has(name)) {
    if (active) speak(item, name, rest, reading);
  } else checkCondition(item, name, rest, reading);
  return false;
}

function speak(line: PreprocessorLine, name: string, text: string, { diagnostics }: Reading): void {
  diagnostics.push((name === "error" ? errorDirective : warningDirective)(lineOf(line), { text }));
}

function checkCondition(line: PreprocessorLine, name: string, rest: string, reading: Reading): void {
  const { macros, conditions, openings, diagnostics } = reading;
  const opens = name.startsWith("if");
  if (!opens && conditions.length === 0) {
    diagnostics.push(conditionUnbalanced(lineOf(line), { directive: name, lacks: "#if" }));
    return;
  }
  const decides =
    name === "if" ? isActive(conditions) : name === "elif" && conditions.at(-1)?.state === "waiting";
  if (decides && !reading.unread && conditionValue(rest, macros) === undefined)
    diagnostics.push(conditionNotUnderstood(lineOf(line), { text: rest }));
  if (opens) openings.push(line);
  if (name === "endif") openings.pop();
  carryOut(line.text, macros, conditions);
}

function readMacros(path: string, system: boolean, reading: Reading): void {
  const { from, facts } = reading.where;
  const found = facts.includeFile(from, path, system);
  if (found === undefined || found === "missing" || "error" in found) reading.unread = true;
  else preprocess(found.text, reading.macros);
}
