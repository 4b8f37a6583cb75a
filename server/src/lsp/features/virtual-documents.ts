/**
 * Documents that exist only in the server: `workspace/textDocumentContent`, a request of ours for clients without it, and the
 * way from a place in a script to its place in a view and back.
 */

import { LSPErrorCodes, ResponseError, type Position } from "vscode-languageserver";

import { linkedSpans, linkedToCursor, type LinkedText } from "../../ide/views/linked-text.ts";
import {
  parseViewUri,
  requests,
  VIEW_SCHEME,
  viewKinds,
  type ViewContent,
  type ViewContentParams,
  type ViewKindName,
  type ViewPositions,
  type ViewPositionsParams,
} from "../../protocol.ts";
import { createText } from "../encoded-text.ts";
import { toRange } from "../to-proto.ts";
import type { Feature, FeatureContext } from "./feature.ts";
import { renderKernelType, renderTracepointFormat } from "./kernel-views.ts";
import type { RenderView } from "./render-view.ts";
import { scriptViews } from "./script-views.ts";

/** How the text of each kind is made. */
const renderers: Readonly<Record<ViewKindName, RenderView>> = {
  ...scriptViews,
  "kernel-type": renderKernelType,
  "tracepoint-format": renderTracepointFormat,
};

export const virtualDocuments: Feature = {
  name: "virtual documents",
  does: "Kernel headers, and what becomes of a script: trees, IR, assembly, stack plan, the verifier's log.",
  requests: ["workspace/textDocumentContent"],
  test: "server/src/ide/go-to.test.ts",
  capabilities: { workspace: { textDocumentContent: { schemes: [VIEW_SCHEME] } } },
  register: (connection, context) => {
    connection.onRequest("workspace/textDocumentContent", async ({ uri }: ViewContentParams) => ({
      text: (await viewContent(uri, context)).text,
    }));
    connection.onRequest(requests.viewContent, ({ uri }: ViewContentParams) => viewContent(uri, context));
    connection.onRequest(requests.viewPositions, (params: ViewPositionsParams) => positions(params, context));
  },
};

/** @param position in the script: what belongs to it is selected */
export async function viewContent(
  uri: string,
  context: FeatureContext,
  position?: Position,
): Promise<ViewContent> {
  const { kind, subject, made } = await render(uri, context);
  const { title, language } = viewKinds[kind];
  context.viewed(uri);
  const content = { uri, title, language, text: made.text };
  const script = context.documents.get(subject);
  if (position === undefined || script === undefined) return content;
  const [span] = linkedSpans(made.links, "script", script.text.offsetAt(position));
  if (span === undefined) return content;
  return {
    ...content,
    selection: toRange(createText(uri, 0, made.text, context.documents.encoding()), span),
  };
}

async function positions(
  { view, from, position }: ViewPositionsParams,
  context: FeatureContext,
): Promise<ViewPositions> {
  const { subject, made } = await render(view, context);
  const script = context.documents.get(subject)?.text;
  if (script === undefined) return { ranges: [] };
  const shown = createText(view, 0, made.text, context.documents.encoding());
  if (from === "view") {
    const spans = linkedSpans(made.links, "view", shown.offsetAt(position));
    return { ranges: spans.map((span) => toRange(script, span)) };
  }
  const { line } = position;
  const start = script.offsetAt({ line, character: 0 });
  const end = script.offsetAt({ line: line + 1, character: 0 });
  const spans = linkedToCursor(made.links, script.offsetAt(position), { start, end });
  return { ranges: spans.map((span) => toRange(shown, span)) };
}

interface Rendered {
  readonly kind: ViewKindName;
  readonly subject: string;
  readonly made: LinkedText;
}

async function render(uri: string, context: FeatureContext): Promise<Rendered> {
  const address = parseViewUri(uri);
  const made = address === undefined ? undefined : await renderers[address.kind](address.subject, context);
  if (address === undefined || made === undefined)
    throw new ResponseError(LSPErrorCodes.RequestFailed, `there is no document '${uri}'`);
  return { ...address, made: typeof made === "string" ? { text: made, links: [] } : made };
}
