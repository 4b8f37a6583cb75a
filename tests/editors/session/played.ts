/** The session that every editor plays, and whether a recording has all of it. */

import assert from "node:assert/strict";

import type { Recorded } from "../../lsp/schema/recording.ts";

/** A mistake that a fix mends, a variable to rename, a macro to go to, and a line to lay out. */
export const SESSION_SCRIPT = `macro twice(n) { n * 2 }
begin
{
  $count = twice(pidd);
  print($count);
}
`;

/** The same after the session: mended, renamed; where an editor formats, laid out. */
export const SESSION_RESULT = {
  laidOut: "macro twice(n)\n{\n  n * 2\n}\nbegin\n{\n  $total = twice(pid);\n  print($total);\n}\n",
  asTyped: "macro twice(n) { n * 2 }\nbegin\n{\n  $total = twice(pid);\n  print($total);\n}\n",
};

/** What an editor's user does, by what crosses the wire for it. */
const steps = {
  "a mistake is marked at its place, with its code": tells((diagnostics) =>
    /"start":\{"line":3,"character":17\},"end":\{"line":3,"character":21\}[^]*"code":"PW\d{4}"/.test(
      diagnostics,
    ),
  ),
  "a fix is offered": answers("textDocument/codeAction", /"newText":"pid"/),
  "the mark goes once it is mended": tells(
    (diagnostics, before) => diagnostics === "[]" && before.includes("PW"),
  ),
  "hover tells about a builtin": answers("textDocument/hover", /process/i),
  "definition goes to the macro": answers("textDocument/definition", /"start":\{"line":0,"character":6\}/),
  "references are found": answers("textDocument/references", /"line":3,[^]*"line":4,/),
  "completion offers what the letters begin": answers("textDocument/completion", /"label":"nsecs"/),
  "rename changes every use": answers("textDocument/rename", /total[^]*total/),
  "formatting lays the script out": answers("textDocument/formatting", /"newText"/),
  "the script is saved": hears("textDocument/didSave"),
  "the server is told to leave": hears("shutdown"),
} satisfies Readonly<Record<string, Step>>;

export type StepName = keyof typeof steps;

/** @returns whether the recording has the step */
type Step = (messages: readonly Recorded[]) => boolean;

/** @param without what the editor cannot do, or does without the server */
export function assertPlayed(messages: readonly Recorded[], without: readonly StepName[] = []): void {
  const missing = Object.entries(steps)
    .filter(([name, step]) => !without.some((each) => each === name) && !step(messages))
    .map(([name]) => name);
  assert.deepEqual(missing, [], `the editor asked for: ${methodsOf(messages).join(", ")}`);
}

function methodsOf(messages: readonly Recorded[]): readonly string[] {
  return [
    ...new Set(
      messages.flatMap(({ from, message }) => (from === "client" ? [String(message["method"])] : [])),
    ),
  ];
}

function hears(method: string): Step {
  return (messages) =>
    messages.some(({ from, message }) => from === "client" && message["method"] === method);
}

/** A request of the client has an answer that reads so. */
function answers(method: string, result: RegExp): Step {
  return (messages) => {
    const asked = new Set(
      messages
        .filter(({ from, message }) => from === "client" && message["method"] === method)
        .map(({ message }) => message["id"]),
    );
    return messages.some(
      ({ from, message }) =>
        from === "server" &&
        asked.has(message["id"]) &&
        result.test(JSON.stringify(message["result"] ?? null)),
    );
  };
}

/** Diagnostics, pushed or pulled, are such; `before` is what was told last. */
function tells(matches: (diagnostics: string, before: string) => boolean): Step {
  return (messages) => {
    const pulls = new Set<unknown>();
    let before = "";
    return messages.some(({ from, message }) => {
      const { method, id, params, result } = message;
      if (from === "client") {
        if (method === "textDocument/diagnostic") pulls.add(id);
        return false;
      }
      const pushed = method === "textDocument/publishDiagnostics";
      if (!pushed && (method !== undefined || !pulls.has(id))) return false;
      const told = pushed ? textOf(params, "diagnostics") : textOf(result, "items");
      if (told === "null") return false; // As before.
      const found = matches(told, before);
      before = told;
      return found;
    });
  };
}

function textOf(value: unknown, member: string): string {
  return JSON.stringify(memberOf(value, member) ?? null);
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
