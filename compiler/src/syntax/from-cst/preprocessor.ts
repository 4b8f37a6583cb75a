/** C preprocessor lines of the parser's tree. */

import type { PreprocessorLine } from "../ast.ts";
import type { PreprocessorDirective } from "../c-syntax.ts";
import { checkDirective } from "../directives.ts";
import type { Name } from "../node.ts";
import { type Reader, nameHere, textHere, toFirstChild, toNextChild } from "./reader.ts";

export function lowerPreprocessorLine(reader: Reader): PreprocessorLine {
  const directive = lowerDirective(reader);
  return { kind: "preprocessor-line", ...reader.draft.parts(reader.cursor.end), directive };
}

function lowerDirective(reader: Reader): PreprocessorDirective {
  switch (reader.cursor.kind) {
    case "preproc_include":
      return lowerInclude(reader);
    case "preproc_define":
      return lowerDefine(reader);
    default:
      return lowerOther(reader);
  }
}

/** The path stands between `<` and `>`, or between quotes. */
function lowerInclude(reader: Reader): PreprocessorDirective {
  const { cursor, draft } = reader;
  let path = draft.name(cursor.end, cursor.end);
  let system = false;
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (cursor.field !== "path") continue;
    path = draft.name(cursor.start + 1, Math.max(cursor.start + 1, cursor.end - 1));
    system = cursor.kind === "system_path";
  }
  return { kind: "include", path, system };
}

function lowerDefine(reader: Reader): PreprocessorDirective {
  const { cursor, draft } = reader;
  let name = draft.name(cursor.end, cursor.end);
  let parameters: readonly Name[] | undefined;
  let value = "";
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (cursor.field === "name") name = nameHere(reader);
    else if (cursor.field === "parameters") parameters = lowerParameters(reader);
    else if (cursor.field === "value") value = textHere(reader).trim();
  }
  return { kind: "define", name, parameters, value };
}

/** A variadic macro's `...` is a parameter too. */
function lowerParameters(reader: Reader): readonly Name[] {
  const names: Name[] = [];
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (reader.cursor.kind === "identifier" || reader.cursor.kind === "...") names.push(nameHere(reader));
  }
  return names;
}

function lowerOther(reader: Reader): PreprocessorDirective {
  const { cursor, draft } = reader;
  let name = "";
  const line = textHere(reader).trimEnd();
  for (let more = toFirstChild(reader); more; more = toNextChild(reader)) {
    if (cursor.field === "directive") name = textHere(reader).replace(/^#[ \t]*/, "");
  }
  checkDirective(draft, line, cursor.start);
  return { kind: "other", name };
}
