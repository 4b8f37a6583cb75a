/** The tool's own probes, whose programs it runs itself: `begin`, `end` and `self`. */

import type { Manifest, ProgramSpec } from "@probewright/compiler";

import type { LoaderChannel } from "../loader/channel.ts";
import { run } from "../loader/requests.ts";
import { errnoText } from "./errno.ts";
import { startFailure, type StartFailure } from "./start-failure.ts";

export type OwnProbe = "begin" | "end" | "self";

/** Runs all of one kind, in order; what they print is then with the loader or already here. */
export async function runOwnPrograms(
  channel: Pick<LoaderChannel, "request">,
  manifest: Manifest,
  kind: OwnProbe,
): Promise<StartFailure | undefined> {
  const running = programsOf(manifest, kind).map((program) =>
    run(channel, program.function, new Uint8Array(0), 0),
  );
  for (const ran of await Promise.all(running)) {
    if (!ran.ok) return startFailure("run", `cannot run ${kind}: ${errnoText(ran.error.errno)}`, []);
  }
  return undefined;
}

function programsOf(manifest: Manifest, kind: OwnProbe): readonly ProgramSpec[] {
  return manifest.programs.filter((program) => program.targets.some((target) => target.kind === kind));
}
