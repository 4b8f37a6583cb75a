/** The editor's view of the compiler, free of LSP types: what the language server and a browser worker share. */

export { codeLenses, type Lens } from "./code-lens.ts";
export { complete, type Completion, type Completions } from "./completion.ts";
export { hover, type Hover } from "./hover.ts";
export { absolute, itemAt, takeSnapshot, type Snapshot } from "./snapshot.ts";
