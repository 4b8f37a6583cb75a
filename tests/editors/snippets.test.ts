/** The snippets of the VS Code extension: with the words that stand in their gaps they are scripts without mistakes. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { openDefaultProfile } from "@probewright/runtime";

import { generateScript } from "../codegen/compile.ts";

interface Snippet {
  readonly prefix: string;
  readonly body: string | readonly string[];
}

const file = fileURLToPath(new URL("../../client/snippets/bpftrace.json", import.meta.url));
const snippets = Object.values(JSON.parse(readFileSync(file, "utf8")) as Readonly<Record<string, Snippet>>);

test("every snippet is a script, or a statement of one", () => {
  const profile = openDefaultProfile();
  assert.ok(profile.ok);
  assert.ok(snippets.length >= 10);
  for (const { prefix, body } of snippets) {
    const script = asScript(filledIn([body].flat().join("\n")));
    assert.notEqual(generateScript(script, profile.value), undefined, `${prefix}: ${script}`);
  }
});

function filledIn(body: string): string {
  return body.replace(/\$\{\d+:([^}]*)\}/g, "$1").replace(/\$\d/g, "");
}

/** What stands inside probes gets one around it; what prints a map, one that fills it. */
function asScript(text: string): string {
  if (text.startsWith("@")) return `begin { ${text} }`;
  return /print\(@(\w+)\)/.test(text) ? `begin { @count = count(); }\n${text}` : text;
}
