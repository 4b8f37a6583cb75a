/** Virtual documents about a script: its trees, its code, its stack, and what its last run left. */

import { assemblyView } from "../../ide/views/assembly.ts";
import type { LinkedText } from "../../ide/views/linked-text.ts";
import { llvmIrView } from "../../ide/views/llvm-ir.ts";
import { macroExpansionView } from "../../ide/views/macro-expansion.ts";
import { stackPlanView } from "../../ide/views/stack-plan.ts";
import { syntaxTreeView } from "../../ide/views/syntax-tree.ts";
import { typedTreeView } from "../../ide/views/typed-tree.ts";
import { wholeCode } from "../../ide/views/whole-code.ts";
import type { Snapshot } from "../../ide/snapshot.ts";
import { createLinkedWriter } from "../../ide/views/linked-text.ts";
import { createLineIndex } from "@probewright/compiler";
import type { ViewKindName } from "../../protocol.ts";
import { nameOf } from "../uris.ts";
import type { FeatureContext } from "./feature.ts";
import type { RenderView } from "./render-view.ts";

function ofSnapshot(view: (snapshot: Snapshot) => LinkedText): RenderView {
  return once(async (first, uri, { documents, fetchFacts }) => {
    const text = view(first);
    if (!(await fetchFacts())) return text;
    return view(documents.get(uri)?.snapshot ?? first);
  });
}

const renderAssembly = once(async (snapshot, _uri, { host }) => {
  const code = wholeCode(snapshot);
  if (typeof code === "string") return `; ${code}\n`;
  if (host.builder === undefined) return "; There is no native compiler in a browser.\n";
  const built = await host.builder.build({ ir: code.ir, linked: code.linked, want: "assembly" });
  if (!built.ok) return `; The native compiler has no code for this script: ${built.error}\n`;
  return assemblyView(snapshot, code, built.value);
});

type Made = string | LinkedText;

/** Each move of a linked cursor asks for the text again: it is made once for each state of the script. */
function once(make: (snapshot: Snapshot, uri: string, context: FeatureContext) => Promise<Made>): RenderView {
  const known = new WeakMap<Snapshot, Promise<Made>>();
  return (uri, context) => {
    const snapshot = context.documents.get(uri)?.snapshot;
    if (snapshot === undefined) return undefined;
    const made = known.get(snapshot) ?? make(snapshot, uri, context);
    known.set(snapshot, made);
    return made;
  };
}

const renderStackPlan: RenderView = async (uri, { documents, host, measures }) => {
  const document = documents.get(uri);
  if (document === undefined) return undefined;
  const { snapshot } = document;
  const code = wholeCode(snapshot);
  if (typeof code === "string" || host.builder === undefined) {
    return stackPlanView(snapshot, measures.of);
  }
  const built = await host.builder.build({ ir: code.ir, linked: code.linked, want: "measure" });
  const frames = new Map(built.ok ? built.value.map(({ name, stackBytes }) => [name, stackBytes]) : []);
  return stackPlanView(snapshot, measures.of, (name) => frames.get(name));
};

/** Lines of the log that name a line of the script are linked to it. */
const renderVerifierLog: RenderView = (uri, { documents, runs }) => {
  if (documents.get(uri) === undefined) return undefined;
  const state = runs.of(uri);
  if (state === undefined || state.verifierLog === "") {
    return "The verifier has not refused any program of this script since it was opened.\n";
  }
  const lines = createLineIndex(state.snapshot?.text ?? "");
  const writer = createLinkedWriter();
  for (const line of state.verifierLog.split("\n")) {
    const [, file = "", number] = /^\s*;.* @ (.+):(\d+)\s*$/.exec(line) ?? [];
    const at = Number(number) - 1;
    const start = lines.offset({ line: at, column: 0 });
    const isOurs = nameOf(file) === nameOf(state.script);
    writer.add(`${line}\n`, isOurs ? { start, end: start + lines.line(at).length } : undefined);
  }
  return writer.finish();
};

const renderRunOutput: RenderView = (uri, { documents, runs }) => {
  if (documents.get(uri) === undefined) return undefined;
  return runs.of(uri)?.output.text() ?? "This script has not been run since it was opened.\n";
};

export const scriptViews = {
  "syntax-tree": ofSnapshot(syntaxTreeView),
  "typed-tree": ofSnapshot(typedTreeView),
  "macro-expansion": ofSnapshot(macroExpansionView),
  "llvm-ir": ofSnapshot(llvmIrView),
  assembly: renderAssembly,
  "stack-plan": renderStackPlan,
  "verifier-log": renderVerifierLog,
  "run-output": renderRunOutput,
} satisfies Partial<Readonly<Record<ViewKindName, RenderView>>>;
