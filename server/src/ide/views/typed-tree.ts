/** The program as it is compiled: names resolved, macros gone, each expression with its type. */

import { showType, type CoreProgram, type Place, type Span, type Type } from "@probewright/compiler";
import { absolute, type Snapshot } from "../snapshot.ts";
import { createLinkedWriter, type LinkedText, type LinkedWriter } from "./linked-text.ts";
import { writeTree, type TreeNode } from "./tree-text.ts";

const leaveOut = new Set(["type", "place", "detail", "step", "scale", "attachPoints", "targets"]);
/** Variables, maps and the like are shown where they are declared; elsewhere by name. */
const names = new Set(["variable", "map", "field", "subprogram"]);

export function typedTreeView(snapshot: Pick<Snapshot, "analysis" | "starts">): LinkedText {
  const writer = createLinkedWriter();
  const { core } = snapshot.analysis();
  if (core === undefined) {
    writer.add("The script has errors: there is no program yet.\n");
    return writer.finish();
  }
  const at = (place: Place): Span | undefined => absolute(snapshot, place);
  for (const map of core.maps) {
    const key = map.key === undefined ? "" : `[${showType(map.key)}]`;
    writer.add(`map @${map.name}${key}: ${showType(map.value)} (${map.mapType})\n`, at(map.place));
  }
  for (const subprogram of core.subprograms) {
    const parameters = subprogram.parameters.map(({ name, type }) => `$${name}: ${showType(type)}`);
    const head = `fn ${subprogram.name}(${parameters.join(", ")}): ${showType(subprogram.returns)}\n`;
    writer.add(head, at(subprogram.place));
    writeBody(subprogram, writer, at);
  }
  for (const probe of core.probes) {
    const more = probe.targets.length > 1 ? ` and ${probe.targets.length - 1} more` : "";
    writer.add(`probe ${probe.name}${more}\n`, at(probe.place));
    writeBody(probe, writer, at);
  }
  return writer.finish();
}

type Routine = Pick<CoreProgram["probes"][number], "variables" | "body">;

function writeBody(
  { variables, body }: Routine,
  writer: LinkedWriter,
  at: (place: Place) => Span | undefined,
): void {
  for (const { name, type, place } of variables) {
    writer.add("  ");
    writer.add(`variable $${name}: ${showType(type)}\n`, at(place));
  }
  for (const statement of body) {
    // Statements and expressions are nodes; a view of trees takes any node.
    writeTree(statement as unknown as TreeNode, "", 1, writer, {
      leaveOut,
      names,
      span: ({ place }) => (place === undefined ? undefined : at(place as Place)),
      remark: ({ type }) => (type === undefined ? "" : `: ${showType(type as Type)}`),
    });
  }
}
