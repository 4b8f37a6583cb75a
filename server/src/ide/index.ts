/** The editor's view of the compiler, free of LSP types: what the language server and a browser worker share. */

export { fixAll, quickFixes, type Edit, type QuickFix } from "./code-actions.ts";
export { codeLenses, type Lens } from "./code-lens.ts";
export { complete, type Completion, type Completions } from "./completion.ts";
export { probeDetails, probesUnder, searchProbes } from "./explore-probes.ts";
export { fieldsOf, searchTypes } from "./explore-types.ts";
export { folds, type Fold } from "./folding.ts";
export { formatDocument, formatSpan, formatTriggers, formatTyped } from "./format.ts";
export { hover, type Hover } from "./hover.ts";
export { inlayHints, type InlayHint } from "./inlay-hints.ts";
export { namedAt, namedThings, type NamedThing, type Occurrence } from "./names.ts";
export { definition, references, type Target } from "./navigate.ts";
export { outline, type OutlineEntry } from "./outline.ts";
export { codeDiagnostics } from "./probe-code.ts";
export { prepareRename, rename, type Renamable, type Renaming } from "./rename.ts";
export { scriptFacts } from "./script-facts.ts";
export { selectionSpans } from "./selection.ts";
export { semanticTokens, tokenModifiers, tokenTypes, type SemanticToken } from "./semantic-tokens.ts";
export { stackRows } from "./stack-view.ts";
export { absolute, itemAt, takeSnapshot, type Snapshot } from "./snapshot.ts";
