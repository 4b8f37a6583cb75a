/** Top-level items of the parser's tree → items. */

import type { SyntaxKind } from "@probewright/grammar";

import type {
  AttachPoint,
  Block,
  CDefinition,
  ConfigBlock,
  ConfigSetting,
  Expression,
  Import,
  Item,
  Macro,
  MacroParameter,
  MapDeclaration,
  MapName,
  Probe,
  Subprogram,
  SubprogramParameter,
  TypeSyntax,
  Variable,
} from "../ast.ts";
import type { Name } from "../node.ts";
import { cutAttachPoint } from "../attach-points.ts";
import { UNNUMBERED } from "../item-draft.ts";
import { lowerCDeclaration } from "./c-definitions.ts";
import { emptyBlock, lowerBlock } from "./control.ts";
import { lowerInteger, lowerMapName, lowerString, lowerVariable } from "./leaves.ts";
import { lowerExpression, lowerType, missingExpression } from "./lower.ts";
import { lowerPreprocessorLine } from "./preprocessor.ts";
import {
  lowerField,
  lowerNamedChildren,
  nameHere,
  type Reader,
  type RuleTable,
  spanHere,
  textHere,
  toFirstChild,
  toNextChild,
} from "./reader.ts";

export const itemRules: RuleTable<Item> = {
  shebang: ({ cursor, draft }) => ({ kind: "shebang", ...draft.parts(cursor.end) }),
  preproc_include: lowerPreprocessorLine,
  preproc_define: lowerPreprocessorLine,
  preproc_directive: lowerPreprocessorLine,
  c_definition: lowerCDefinition,
  c_typedef: lowerCDefinition,
  config_block: lowerConfig,
  import_declaration: lowerImport,
  map_declaration: lowerMapDeclaration,
  macro_definition: lowerMacro,
  function_definition: lowerSubprogram,
  probe: lowerProbe,
};

function lowerCDefinition(reader: Reader): CDefinition {
  const declaration = lowerCDeclaration(reader);
  return { kind: "c-definition", ...reader.draft.parts(reader.cursor.end), declaration };
}

function lowerConfig(reader: Reader): ConfigBlock {
  const settings = lowerNamedChildren(reader, lowerSetting);
  return { kind: "config", ...reader.draft.parts(reader.cursor.end), settings };
}

function lowerSetting(reader: Reader): ConfigSetting {
  const { cursor, draft } = reader;
  const span = spanHere(reader);
  let key: Name | undefined;
  let value: ConfigSetting["value"] | undefined;
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (cursor.field === "name") key = nameHere(reader);
    else if (cursor.field === "value") value = lowerSettingValue(reader);
  }
  key ??= draft.name(cursor.start, cursor.start);
  return { kind: "config-setting", id: UNNUMBERED, span, key, value: value ?? missingExpression(reader) };
}

function lowerSettingValue(reader: Reader): ConfigSetting["value"] {
  const value = lowerExpression(reader);
  switch (value.kind) {
    case "integer":
    case "string":
    case "boolean":
    case "identifier":
      return value;
    default:
      return missingExpression(reader);
  }
}

function lowerImport(reader: Reader): Import {
  const path = lowerField(reader, "path", lowerString) ?? missingExpression(reader);
  return { kind: "import", ...reader.draft.parts(reader.cursor.end), path };
}

function lowerMapDeclaration(reader: Reader): MapDeclaration {
  const { cursor, draft } = reader;
  let map: MapName | undefined;
  let mapType: Name | undefined;
  let maxEntries: MapDeclaration["maxEntries"] | undefined;
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (cursor.field === "map") map = lowerMapName(reader);
    else if (cursor.field === "kind") mapType = nameHere(reader);
    else if (cursor.field === "max_entries") maxEntries = lowerInteger(reader);
  }
  map ??= { kind: "map-name", id: UNNUMBERED, span: spanHere(reader), name: "" };
  mapType ??= draft.name(cursor.end, cursor.end);
  maxEntries ??= missingExpression(reader);
  return { kind: "map-declaration", ...draft.parts(cursor.end), map, mapType, maxEntries };
}

function lowerMacro(reader: Reader): Macro {
  const { cursor, draft } = reader;
  let name: Name | undefined;
  let parameters: readonly MacroParameter[] = [];
  let body: Block | undefined;
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (cursor.field === "name") name = nameHere(reader);
    else if (cursor.field === "parameters") parameters = lowerNamedChildren(reader, lowerMacroParameter);
    else if (cursor.field === "body") body = lowerBlock(reader);
  }
  name ??= draft.name(cursor.end, cursor.end);
  body ??= emptyBlock(reader);
  return { kind: "macro", ...draft.parts(cursor.end), name, parameters, body };
}

const PARAMETER_FORMS: Partial<Record<SyntaxKind, MacroParameter["form"]>> = {
  variable: "variable",
  map: "map",
};

function lowerMacroParameter(reader: Reader): MacroParameter {
  const { cursor, draft } = reader;
  const form = PARAMETER_FORMS[cursor.kind] ?? "expression";
  const text = textHere(reader);
  if (cursor.kind === "builtin") {
    draft.report("builtin-as-parameter", { name: text }, cursor.start, cursor.end);
  }
  const name = form === "expression" ? text : text.slice(1);
  return { kind: "macro-parameter", id: UNNUMBERED, span: spanHere(reader), form, name };
}

function lowerSubprogram(reader: Reader): Subprogram {
  const { cursor, draft } = reader;
  let name: Name | undefined;
  let parameters: readonly SubprogramParameter[] = [];
  let returns: TypeSyntax | undefined;
  let body: Block | undefined;
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (cursor.field === "name") name = nameHere(reader);
    else if (cursor.field === "parameters") parameters = lowerNamedChildren(reader, lowerParameter);
    else if (cursor.field === "return_type") returns = lowerType(reader);
    else if (cursor.field === "body") body = lowerBlock(reader);
  }
  name ??= draft.name(cursor.end, cursor.end);
  returns ??= { kind: "missing-type", id: UNNUMBERED, span: draft.span(cursor.end, cursor.end) };
  body ??= emptyBlock(reader);
  return { kind: "subprogram", ...draft.parts(cursor.end), name, parameters, returns, body };
}

function lowerParameter(reader: Reader): SubprogramParameter {
  const { cursor, draft } = reader;
  const span = spanHere(reader);
  let variable: Variable | undefined;
  let type: TypeSyntax | undefined;
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (cursor.field === "name") variable = lowerVariable(reader);
    else if (cursor.field === "type") type = lowerType(reader);
  }
  const end = draft.span(cursor.end, cursor.end);
  variable ??= { kind: "variable", id: UNNUMBERED, span: end, name: "" };
  type ??= { kind: "missing-type", id: UNNUMBERED, span: end };
  return { kind: "subprogram-parameter", id: UNNUMBERED, span, variable, type };
}

function lowerProbe(reader: Reader): Probe {
  const { cursor, draft } = reader;
  const attachPoints: AttachPoint[] = [];
  let predicate: Expression | undefined;
  let body: Block | undefined;
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (cursor.field === "attach_point") {
      attachPoints.push(cutAttachPoint(textHere(reader), cursor.start - draft.start));
    } else if (cursor.field === "predicate") predicate = lowerField(reader, "condition", lowerExpression);
    else if (cursor.field === "body") body = lowerBlock(reader);
  }
  body ??= emptyBlock(reader);
  return { kind: "probe", ...draft.parts(cursor.end), attachPoints, predicate, body };
}
