/** `doctor`: what this machine can and cannot do. */

import { examineMachine } from "../../host/doctor.ts";
import { VERSION } from "../../version.ts";
import { has } from "../options.ts";
import type { Verb } from "../verb.ts";

const marks = { ok: "ok     ", limited: "limited", missing: "missing" } as const;

export const doctor: Verb = {
  name: "doctor",
  usage: ["[--json]"],
  summary: "Says what this machine can and cannot do, and the command that mends it.",
  details: "Loads and attaches nothing. Exit status 1 when something that running scripts needs is missing.",
  options: [{ name: "json", help: "one JSON object a line" }],
  run: (options, io) => {
    const findings = examineMachine();
    if (has(options, "json")) {
      for (const finding of findings) io.out(`${JSON.stringify(finding)}\n`);
    } else {
      io.out(`probewright ${VERSION}, node ${process.version}\n`);
      for (const { topic, status, detail, mend } of findings) {
        io.out(`${marks[status]}  ${topic}: ${detail}\n`);
        if (status !== "ok" && mend !== undefined) io.out(`         mend: ${mend}\n`);
      }
    }
    return findings.some(({ status }) => status === "missing") ? 1 : 0;
  },
};
