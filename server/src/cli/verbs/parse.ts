/** `parse`: syntax only. */

import { createLocator, diagnosticJson, parseScript, syntaxDiagnostics } from "@probewright/compiler";
import { openParser } from "../../host/parser.ts";
import { programOption, readSource } from "../compile-options.ts";
import { valueOf } from "../options.ts";
import { WRONG_USE, type CommandIo, type Verb } from "../verb.ts";

export const parse: Verb = {
  name: "parse",
  usage: ["[--format tree|json] FILE…", "[--format tree|json] -e PROGRAM"],
  summary: "Parses scripts: the syntax tree, or the syntax errors.",
  details: "json is one line a file: file, errorCount, errors[]. Exit status 1 when there is any error.",
  options: [programOption, { name: "format", argument: "FORMAT", help: "tree (default) or json" }],
  run: async (options, io) => {
    const format = valueOf(options, "format") ?? "tree";
    if (format !== "tree" && format !== "json") {
      io.err(`probewright parse: the format must be tree or json, not '${format}'\n`);
      return WRONG_USE;
    }
    const inline = valueOf(options, "expression");
    const files = inline === undefined ? options.operands : ["stdin"];
    if (files.length === 0) {
      io.err("probewright parse: name at least one script, or give a program with -e\n");
      return WRONG_USE;
    }
    let errors = 0;
    for (const file of files) {
      const text = inline === undefined ? readSource(file) : { ok: true as const, value: inline };
      if (!text.ok) {
        io.err(`probewright parse: ${text.error}\n`);
        return WRONG_USE;
      }
      errors += await parseOne(file, text.value, format, io);
    }
    return errors > 0 ? 1 : 0;
  },
};

/** @returns the number of errors */
async function parseOne(file: string, text: string, format: "tree" | "json", io: CommandIo): Promise<number> {
  const parser = await openParser();
  if (format === "tree") {
    const tree = parser.parse(text);
    io.out(`${drawTree(tree.walk())}\n`);
    tree.dispose();
  }
  const script = parseScript(text, parser);
  const found = syntaxDiagnostics(script).filter(({ severity }) => severity === "error");
  if (format === "json") {
    const locator = createLocator([{ name: file, text, script }]);
    const errors = found.map((diagnostic): unknown => JSON.parse(diagnosticJson(diagnostic, locator)));
    io.out(`${JSON.stringify({ file, errorCount: errors.length, errors })}\n`);
  }
  return found.length;
}

type Cursor = ReturnType<ReturnType<Awaited<ReturnType<typeof openParser>>["parse"]>["walk"]>;

/** Named nodes, one a line, indented by depth, with field, range and the text of leaves. */
function drawTree(cursor: Cursor): string {
  const lines: string[] = [];
  const visit = (depth: number): void => {
    if (cursor.isNamed || cursor.isMissing || cursor.kind === "ERROR") {
      const field = cursor.field === undefined ? "" : `${cursor.field}: `;
      const missing = cursor.isMissing ? " missing" : "";
      lines.push(
        `${"  ".repeat(depth)}${field}${cursor.kind}${missing} ${cursor.start.toString()}-${cursor.end.toString()}`,
      );
    }
    if (!cursor.gotoFirstChild()) return;
    do visit(depth + 1);
    while (cursor.gotoNextSibling());
    cursor.gotoParent();
  };
  visit(0);
  cursor.dispose();
  return lines.join("\n");
}
