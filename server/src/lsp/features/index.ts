/** Every feature of the language server, one row each; the capabilities are merged from the rows. */

import type { ServerCapabilities } from "vscode-languageserver";

import { callHierarchy } from "./calls.ts";
import { codeActions } from "./code-actions.ts";
import { codeLens } from "./code-lens.ts";
import { commands } from "./commands.ts";
import { completion } from "./completion.ts";
import { diagnostics } from "./diagnostics.ts";
import { explorers } from "./explorers.ts";
import type { Feature } from "./feature.ts";
import { fileOperations } from "./file-operations.ts";
import { formatting } from "./formatting.ts";
import { hover } from "./hover.ts";
import { inlayHints } from "./inlay-hints.ts";
import { links } from "./links.ts";
import { declaration, definition, highlights, references, typeDefinition } from "./navigation.ts";
import { linkedEditing, rename } from "./rename.ts";
import { selection } from "./selection.ts";
import { semanticTokens } from "./semantic-tokens.ts";
import { signatureHelp } from "./signature-help.ts";
import { documentSymbols, folding, workspaceSymbols } from "./structure.ts";
import { virtualDocuments } from "./virtual-documents.ts";

export const features: readonly Feature[] = [
  diagnostics,
  hover,
  completion,
  codeLens,
  commands,
  documentSymbols,
  workspaceSymbols,
  folding,
  signatureHelp,
  definition,
  declaration,
  typeDefinition,
  references,
  highlights,
  rename,
  linkedEditing,
  fileOperations,
  callHierarchy,
  links,
  codeActions,
  semanticTokens,
  selection,
  formatting,
  inlayHints,
  virtualDocuments,
  explorers,
];

export function mergedCapabilities(): ServerCapabilities {
  return features.reduce<ServerCapabilities>(
    (all, { capabilities }) => ({
      ...all,
      ...capabilities,
      // Several features have a part in it.
      workspace: { ...all.workspace, ...capabilities.workspace },
    }),
    {},
  );
}
