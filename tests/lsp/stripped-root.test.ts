/** A root without the capabilities that runs need is told so by the status and when a run is asked for, not by a run that fails. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { unmet } from "../harness/needs.ts";
import { startWithScript, startRawClient } from "./raw-client.ts";

const skip = unmet("executable", "linux", "root", "bpf", "loader");
const stripped = ["setpriv", "--bounding-set=-sys_admin,-bpf,-perfmon"];
const uri = "file:///some.bt";

test("a root as in a container is refused before a run starts, with what helps", { skip }, async () => {
  const client = startRawClient([], () => null, stripped);
  const status = client.next(({ method }) => method === "probewright/status");
  const text = "interval:s:1 { exit(); }";
  await startWithScript(client, uri, text);
  const whyNot = "this root lacks CAP_BPF and CAP_PERFMON, as in a container";
  const { canRun, whyNot: told } = (await status)["params"] as {
    readonly canRun: boolean;
    readonly whyNot: string;
  };
  assert.deepEqual([canRun, told], [false, whyNot]);
  const { result } = await client.request("workspace/executeCommand", {
    command: "probewright.run",
    arguments: [{ uri }],
  });
  const advice = ["run it on the host, or give the container these"];
  // sudo would not help: there is no command for a terminal.
  assert.deepEqual(result, { kind: "refused", message: whyNot, advice });
  await client.request("shutdown");
  client.notify("exit");
  assert.equal(await client.ended, 0);
});
