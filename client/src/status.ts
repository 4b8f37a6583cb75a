/** One item in the status bar: which kernel scripts are checked for, how the server is, and whether scripts can run here. */

import { commands, languages, LanguageStatusSeverity, window } from "vscode";

import { notifications, type ServerStatus } from "@probewright/server/protocol";
import type { ServerConnection } from "./runs/run-hub.ts";

export interface StatusItem {
  readonly dispose: () => void;
  /** The server is gone, and why. */
  readonly failed: (message: string) => void;
  readonly starting: () => void;
}

export function createStatusItem(server: ServerConnection): StatusItem {
  const item = languages.createLanguageStatusItem("probewright.status", { language: "bpftrace" });
  item.name = "Probewright";
  item.command = { title: "Details", command: "probewright.showStatus" };
  const starting = (): void => {
    item.text = "Probewright is starting";
    item.busy = true;
    item.severity = LanguageStatusSeverity.Information;
  };
  starting();
  let latest: ServerStatus | undefined;
  const heard = server.onNotification(notifications.status, (status: ServerStatus) => {
    latest = status;
    item.busy = false;
    item.text = `Kernel: ${status.kernel}`;
    item.detail = [
      status.canRun ? "can run scripts" : `cannot run scripts: ${status.whyNot ?? "no privilege"}`,
      ...status.gaps,
    ].join("; ");
    // Checking without privilege is an ordinary way of working, not something to be warned of.
    item.severity =
      status.gaps.length > 0 ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information;
  });
  const command = commands.registerCommand("probewright.showStatus", () => showStatus(latest));
  return {
    starting,
    failed: (message) => {
      item.busy = false;
      item.text = "Probewright stopped";
      item.detail = message;
      item.severity = LanguageStatusSeverity.Error;
    },
    dispose: () => {
      for (const each of [item, heard, command]) each.dispose();
    },
  };
}

async function showStatus(status: ServerStatus | undefined): Promise<void> {
  const facts =
    status === undefined
      ? [{ label: "$(error) The language server is not running", run: "probewright.restartServer" }]
      : [
          { label: `$(server-environment) Kernel: ${status.kernel}`, run: "probewright.selectKernel" },
          ...status.gaps.map((gap) => ({ label: `$(warning) ${gap}`, run: "probewright.showLog" })),
          {
            label: status.canRun ? "$(pass) Scripts can run here" : `$(circle-slash) ${status.whyNot ?? ""}`,
            run: "probewright.doctor",
          },
        ];
  const picked = await window.showQuickPick(
    [
      ...facts,
      { label: "$(pulse) What can this machine do?", run: "probewright.doctor" },
      { label: "$(output) Show Log", run: "probewright.showLog" },
      { label: "$(debug-restart) Restart Language Server", run: "probewright.restartServer" },
    ],
    { title: `Probewright ${status?.version ?? ""}` },
  );
  if (picked !== undefined) await commands.executeCommand(picked.run);
}
