/** Documents that exist only in the server: `workspace/textDocumentContent`, and a request of ours for clients without it. */

import { LSPErrorCodes, ResponseError } from "vscode-languageserver";

import {
  parseViewUri,
  requests,
  VIEW_SCHEME,
  viewKinds,
  type ViewContent,
  type ViewContentParams,
  type ViewKindName,
} from "../../protocol.ts";
import type { Feature, FeatureContext } from "./feature.ts";
import { renderKernelType, renderTracepointFormat } from "./kernel-views.ts";
import type { RenderView } from "./render-view.ts";

/** How the text of each kind is made; a kind that is not here yet has no documents. */
const renderers: Partial<Readonly<Record<ViewKindName, RenderView>>> = {
  "kernel-type": renderKernelType,
  "tracepoint-format": renderTracepointFormat,
};

export const virtualDocuments: Feature = {
  name: "virtual documents",
  capabilities: { workspace: { textDocumentContent: { schemes: [VIEW_SCHEME] } } },
  register: (connection, context) => {
    connection.onRequest("workspace/textDocumentContent", async ({ uri }: ViewContentParams) => ({
      text: (await viewContent(uri, context)).text,
    }));
    connection.onRequest(requests.viewContent, ({ uri }: ViewContentParams) => viewContent(uri, context));
  },
};

async function viewContent(uri: string, context: FeatureContext): Promise<ViewContent> {
  const address = parseViewUri(uri);
  const text = address === undefined ? undefined : await renderers[address.kind]?.(address.subject, context);
  if (address === undefined || text === undefined)
    throw new ResponseError(LSPErrorCodes.RequestFailed, `there is no document '${uri}'`);
  const { title, language } = viewKinds[address.kind];
  return { uri, title, language, text };
}
