/** Whether a script or the results of one stand in front, for keys: they work from views and from the panel, too. */

import { commands, Disposable, window, workspace } from "vscode";

const CONTEXT = "probewright.scriptInFront";

export interface InFront extends Disposable {
  /** Looks again. */
  readonly update: () => void;
}

/** @param hasPanel whether a results panel is the active editor */
export function followFront(hasPanel: () => boolean): InFront {
  let told = false;
  const update = (): void => {
    const document = window.activeTextEditor?.document;
    const isScript = document?.languageId === "bpftrace" && document.uri.scheme !== "probewright";
    const now = isScript || hasPanel();
    if (now !== told) void commands.executeCommand("setContext", CONTEXT, now);
    told = now;
  };
  update();
  const following = Disposable.from(
    window.onDidChangeActiveTextEditor(update),
    // A file whose language is chosen anew is closed and opened.
    workspace.onDidOpenTextDocument(update),
  );
  return Object.assign(following, { update });
}
