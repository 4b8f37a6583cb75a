/** Which runs "Stop Run" means: those of the script in front, or the only one there is; otherwise it asks. */

import { Uri, window } from "vscode";

import type { RunHub, ShownRun } from "./run-hub.ts";

/** @param script the one in front */
export async function stopRuns(hub: RunHub, script: Uri | undefined): Promise<void> {
  const runs = hub.running();
  const ofScript = runs.filter(({ uri }) => uri === script?.toString());
  const meant = ofScript.length > 0 ? ofScript : runs.length > 1 ? await pick(runs) : runs;
  await Promise.all(meant.map(({ run }) => hub.stop(run)));
}

async function pick(runs: readonly ShownRun[]): Promise<readonly ShownRun[]> {
  const each = runs.map((shown) => ({ label: fileName(Uri.parse(shown.uri)), runs: [shown] }));
  const picked = await window.showQuickPick([...each, { label: "All of them", runs }], {
    placeHolder: "Which run shall end?",
  });
  return picked?.runs ?? [];
}

export function fileName({ path }: Uri): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
