/** Files are renamed or moved: imports and includes that name them are changed along. */

import type { Span } from "@probewright/compiler";
import { besides, relativePath } from "../paths.ts";
import { scriptLinks } from "./links.ts";
import type { Snapshot } from "./snapshot.ts";

export interface Move {
  /** Absolute paths, of a file or a folder. */
  readonly from: string;
  readonly to: string;
}

export interface PathEdit extends Span {
  readonly text: string;
}

/** What is found in another way than beside the script is found there afterwards too. */
export function movedPaths(snapshot: Snapshot, moves: readonly Move[]): readonly PathEdit[] {
  const after = moved(snapshot.path, moves);
  return scriptLinks(snapshot).flatMap(({ file, start, end }) => {
    const quoted = /^"(.*)"$/s.exec(snapshot.text.slice(start, end));
    const written = quoted?.[1];
    if (written === undefined) return [];
    const meant = besides(snapshot.path, written).replace(/\/$/, "");
    if (file !== meant && !file.startsWith(`${meant}/`)) return [];
    const target = moved(meant, moves);
    const text = written.startsWith("/") ? target : relativePath(after, target);
    const before = written.startsWith("/") ? meant : relativePath(snapshot.path, meant);
    return text === before ? [] : [{ start, end, text: `"${text}"` }];
  });
}

function moved(path: string, moves: readonly Move[]): string {
  for (const { from, to } of moves) {
    if (path === from) return to;
    if (path.startsWith(`${from}/`)) return `${to}${path.slice(from.length)}`;
  }
  return path;
}
