/** The processes of this machine, to choose one to trace. */

import { readdir, readFile, readlink } from "node:fs/promises";

import { type QuickPickItem, window } from "vscode";

interface ProcessItem extends QuickPickItem {
  readonly pid: number;
}

/** @returns undefined when none was chosen */
export async function pickProcess(): Promise<number | undefined> {
  const picked = await window.showQuickPick(listProcesses(), {
    title: "Trace One Process",
    placeHolder: "Name, command line or process id",
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.pid;
}

/** Newest first: what one wants to trace was often just started. Kernel threads have no program and are left out. */
async function listProcesses(): Promise<readonly ProcessItem[]> {
  const names = await readdir("/proc");
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(pids.map(describe));
  return found.filter((item) => item !== undefined).sort((left, right) => right.pid - left.pid);
}

async function describe(pid: number): Promise<ProcessItem | undefined> {
  const folder = `/proc/${pid.toString()}`;
  try {
    const [name, words] = await Promise.all([
      readFile(`${folder}/comm`, "utf8"),
      readFile(`${folder}/cmdline`, "utf8"),
    ]);
    const commandLine = words.split("\0").join(" ").trim();
    if (commandLine === "") return undefined;
    const program = await readlink(`${folder}/exe`).catch(() => "");
    return {
      pid,
      label: name.trim(),
      description: pid.toString(),
      detail: commandLine === "" ? program : commandLine,
    };
  } catch {
    return undefined; // It ended while we were looking, or is not ours to see.
  }
}
