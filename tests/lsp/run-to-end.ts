/** A run that a client asks for, and all that it says. */

import type { RawClient } from "./raw-client.ts";

/**
 * Runs an open script, and leaves when it has ended.
 *
 * @param options further arguments of the run's command
 * @returns all that the run printed or said
 */
export async function runToEnd(client: RawClient, uri: string, options: object): Promise<string> {
  await client.request("textDocument/diagnostic", { textDocument: { uri } });
  const ended = client.next(({ method }) => method === "probewright/run/ended");
  await client.request("workspace/executeCommand", {
    command: "probewright.run",
    arguments: [{ uri, streams: ["text"], ...options }],
  });
  await ended;
  await client.request("shutdown");
  client.notify("exit");
  await client.ended;
  return client.record
    .filter(({ message }) => message["method"] === "probewright/run/output")
    .map(({ message }) => (message["params"] as { readonly text: string }).text)
    .join("");
}
