/** `explain`: what a diagnostic's code means, without a network. */

import { diagnosticRows, explainDiagnostic, findDiagnostic } from "@probewright/compiler";

import { WRONG_USE, type Verb } from "../verb.ts";

export const explain: Verb = {
  name: "explain",
  usage: ["CODE…"],
  summary: "Explains diagnostics by their code, such as PW2001; lists all codes when none is given.",
  details: "",
  options: [],
  run: ({ operands }, io) => {
    if (operands.length === 0) {
      for (const { code, severity, name } of diagnosticRows)
        io.out(`${code}  ${severity.padEnd(7)}  ${name}\n`);
      return 0;
    }
    const rows = operands.map(findDiagnostic);
    const unknown = operands[rows.indexOf(undefined)];
    if (unknown !== undefined) {
      io.err(`probewright explain: there is no diagnostic '${unknown}'\n`);
      return WRONG_USE;
    }
    io.out(rows.flatMap((row) => (row === undefined ? [] : [explainDiagnostic(row)])).join("\n"));
    return 0;
  },
};
