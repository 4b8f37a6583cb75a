/** Scripts of the workspace that another could import, and what they define. */

import type { Script } from "@probewright/compiler";

export interface Importable {
  /** As an import would name it. */
  readonly path: string;
  readonly names: readonly { readonly name: string; readonly parameters: readonly string[] }[];
}

/** Macros and subprograms that a script defines. */
export function exportedNames({ items }: Script): Importable["names"] {
  return items.flatMap(({ item }) => {
    if (item.kind === "macro") {
      const sigils = { variable: "$", map: "@", expression: "" } as const;
      return [
        {
          name: item.name.text,
          parameters: item.parameters.map(({ form, name }) => `${sigils[form]}${name}`),
        },
      ];
    }
    if (item.kind === "subprogram")
      return [
        { name: item.name.text, parameters: item.parameters.map(({ variable }) => `$${variable.name}`) },
      ];
    return [];
  });
}
