/** Asks the client to ask again, where it can be asked: a few times a second at most. */

import type { ClientCapabilities, Connection } from "vscode-languageserver";

import { notifications, viewKinds, viewUri, type ViewKindName } from "../protocol.ts";

export interface Refresher {
  readonly lenses: () => void;
  readonly hints: () => void;
  /** LLVM's figures of a script are new. */
  readonly measured: (uri: string) => void;
  /** What was told of documents is out of date, though their text is the same. */
  readonly diagnostics: () => void;
  /** And everything else that is drawn in a text. */
  readonly all: () => void;
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
  const again = (what: string, can: (client: ClientCapabilities) => boolean) => (): void => {
    if (!can(client())) return;
    schedule(what, () => {
      ask(`workspace/${what}/refresh`);
    });
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
  const asked = {
    lenses: again("codeLens", ({ workspace }) => workspace?.codeLens?.refreshSupport === true),
    hints: again("inlayHint", ({ workspace }) => workspace?.inlayHint?.refreshSupport === true),
    diagnostics: again("diagnostic", refreshesDiagnostics),
    tokens: again("semanticTokens", ({ workspace }) => workspace?.semanticTokens?.refreshSupport === true),
  };
  return {
    ...asked,
    all: () => {
      for (const each of Object.values(asked)) each();
    },
    viewed: (uri) => {
      open.add(uri);
    },
    view,
    measured: (uri) => {
      asked.lenses();
      view("stack-plan", uri);
      void connection.sendNotification(notifications.measured, { uri });
    },
    scriptViews: (uri) => {
      for (const kind of madeFromText) view(kind, uri);
    },
  };
}

// The table's own keys.
const madeFromText = (Object.keys(viewKinds) as ViewKindName[]).filter(
  (kind) => viewKinds[kind].about === "script" && kind !== "run-output" && kind !== "verifier-log",
);

/** Asks for diagnostics itself, and again when told to. Helix spells the capability in the singular. */
export function pullsDiagnostics(client: ClientCapabilities): boolean {
  return client.textDocument?.diagnostic !== undefined && refreshesDiagnostics(client);
}

function refreshesDiagnostics({ workspace }: ClientCapabilities): boolean {
  const singular = (workspace as { readonly diagnostic?: { readonly refreshSupport?: unknown } } | undefined)
    ?.diagnostic;
  return workspace?.diagnostics?.refreshSupport === true || singular?.refreshSupport === true;
}
