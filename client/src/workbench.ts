/** What the extension shows wherever it runs, beside a kernel or in a browser: status and views. */

import type { ServerConnection } from "./runs/run-hub.ts";
import { createStatusItem, type StatusItem } from "./status.ts";
import { createLinkedViews } from "./views/linked-views.ts";
import { createProbeExplorer } from "./views/probe-explorer.ts";
import { createStackView } from "./views/stack-view.ts";
import { createTypeExplorer } from "./views/type-explorer.ts";

export interface WorkbenchParts {
  readonly status: StatusItem;
  readonly all: readonly { readonly dispose: () => void }[];
}

export function createWorkbenchParts(server: ServerConnection): WorkbenchParts {
  const status = createStatusItem(server);
  const all = [
    status,
    createLinkedViews(server),
    createProbeExplorer(server),
    createTypeExplorer(server),
    createStackView(server),
  ];
  return { status, all };
}
