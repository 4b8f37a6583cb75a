/** Asks the client to ask again, where it can be asked: a few times a second at most. */

import type { ClientCapabilities, Connection } from "vscode-languageserver";

import { notifications, viewKinds, viewUri, type ViewKindName } from "../protocol.ts";

export interface Refresher {
  readonly lenses: () => void;
  readonly hints: () => void;
  /** The client has this view open: others are not worth a word. */
  readonly viewed: (uri: string) => void;
  readonly view: (kind: ViewKindName, subject: string) => void;
  /** All views of a script that are made from its text. */
  readonly scriptViews: (uri: string) => void;
}

const TICK_MS = 200;

export function createRefresher(connection: Connection, client: () => ClientCapabilities): Refresher {
  const open = new Set<string>();
  const due = new Map<string, () => void>();
  let timer: NodeJS.Timeout | undefined;
  const schedule = (key: string, action: () => void): void => {
    due.set(key, action);
    timer ??= setTimeout(() => {
      timer = undefined;
      const actions = [...due.values()];
      due.clear();
      for (const each of actions) each();
    }, TICK_MS);
  };
  const ask = (method: string, params?: object): void => {
    // A client that cannot is no news.
    const asked =
      params === undefined ? connection.sendRequest(method) : connection.sendRequest(method, params);
    asked.catch(() => undefined);
  };
  const view = (kind: ViewKindName, subject: string): void => {
    const uri = viewUri({ kind, subject });
    if (!open.has(uri)) return;
    schedule(uri, () => {
      if (client().workspace?.textDocumentContent === undefined) {
        void connection.sendNotification(notifications.viewChanged, { uri });
      } else ask("workspace/textDocumentContent/refresh", { uri });
    });
  };
  return {
    lenses: () => {
      if (client().workspace?.codeLens?.refreshSupport !== true) return;
      schedule("lenses", () => {
        ask("workspace/codeLens/refresh");
      });
    },
    hints: () => {
      if (client().workspace?.inlayHint?.refreshSupport !== true) return;
      schedule("hints", () => {
        ask("workspace/inlayHint/refresh");
      });
    },
    viewed: (uri) => {
      open.add(uri);
    },
    view,
    scriptViews: (uri) => {
      for (const kind of madeFromText) view(kind, uri);
    },
  };
}

// The table's own keys.
const madeFromText = (Object.keys(viewKinds) as ViewKindName[]).filter(
  (kind) => viewKinds[kind].about === "script" && kind !== "run-output" && kind !== "verifier-log",
);
