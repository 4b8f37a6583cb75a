/** Scripts of the workspace's folders that are not open: found when first asked for, and again when files change. */

import { parseScript, type Script } from "@probewright/compiler";
import type { SyntaxParser } from "@probewright/grammar";
import type { WorkspaceFolder } from "vscode-languageserver";

import { exportedNames, type Importable } from "../ide/importable.ts";
import { relativePath } from "../paths.ts";
import type { Files } from "./host.ts";
import { folderPath, pathOfUri, uriOfPath } from "./uris.ts";

export interface WorkspaceScript {
  readonly uri: string;
  readonly path: string;
  readonly text: string;
  /** Parsed when first asked for: there may be hundreds, and nobody waits for most of them. */
  readonly script: Script;
}

export interface WorkspaceScripts {
  readonly all: () => readonly WorkspaceScript[];
  /** What the script could import of the others, as an import in it would name them. */
  readonly importable: (uri: string) => readonly Importable[];
  /** Some file was made, changed or deleted. */
  readonly forget: () => void;
}

export function createWorkspaceScripts(
  files: Files | undefined,
  parser: SyntaxParser,
  folders: () => readonly WorkspaceFolder[],
): WorkspaceScripts {
  let listed: readonly WorkspaceScript[] | undefined;
  let kept = new Map<string, WorkspaceScript>();
  const read = (path: string): readonly WorkspaceScript[] => {
    const text = files?.read(path);
    if (text === undefined) return [];
    const before = kept.get(path);
    return [before?.text === text ? before : openScript(path, text, parser)];
  };
  const all = (): readonly WorkspaceScript[] => {
    if (listed !== undefined || files === undefined) return listed ?? [];
    const paths = new Set(
      folders().flatMap(({ uri }) => {
        const path = folderPath(uri);
        return path === undefined ? [] : files.scripts(path);
      }),
    );
    listed = [...paths].flatMap(read);
    kept = new Map(listed.map((each) => [each.path, each]));
    return listed;
  };
  return {
    all,
    importable: (uri) => {
      const from = pathOfUri(uri);
      return all().flatMap((each) => {
        if (each.path === from || !mayExport(each.text)) return [];
        const names = exportedNames(each.script);
        return names.length === 0 ? [] : [{ path: relativePath(from, each.path), names }];
      });
    },
    forget: () => {
      listed = undefined;
    },
  };
}

function openScript(path: string, text: string, parser: SyntaxParser): WorkspaceScript {
  let script: Script | undefined;
  return {
    uri: uriOfPath(path),
    path,
    text,
    get script() {
      return (script ??= parseScript(text, parser));
    },
  };
}

/** Few scripts define what others could import; completion waits for no others to be parsed. */
function mayExport(text: string): boolean {
  return /\b(?:macro|fn)\b/.test(text);
}
