/** Suggestions in the `config` block: settings and their values. */

import { configKeys, findConfigKey } from "@probewright/compiler";
import type { Cursor } from "../cursor.ts";
import { complete, noCompletions, type Completion, type Completions } from "./completion.ts";

export function completeConfig({ before, offset, open }: Cursor, itemStart: number): Completions {
  const inside = before.slice((open[0]?.at ?? itemStart) + 1 - itemStart);
  const setting = /(?:^|;)\s*(?:\/\/.*\n\s*)*(\w+)\s*=\s*("?)([\w ]*)$/.exec(inside);
  if (setting !== null) {
    const [, key = "", quote = "", typed = ""] = setting;
    return values(key, quote !== "", offset - typed.length);
  }
  const word = /(?:^|[;\s])(\w*)$/.exec(inside)?.[1];
  if (word === undefined) return noCompletions;
  const set = new Set([...inside.matchAll(/(\w+)\s*=/g)].map((match) => match[1]));
  return complete(
    configKeys
      .filter(({ name }) => !set.has(name))
      .map(
        ({ name, summary, default: initial, value }, rank): Completion => ({
          label: name,
          kind: "setting",
          detail: initial === undefined ? value.kind : `default ${String(initial)}`,
          documentation: summary,
          from: offset - word.length,
          insert: `${name} = `,
          rank,
        }),
      ),
  );
}

function values(key: string, quoted: boolean, from: number): Completions {
  const row = findConfigKey(key);
  if (row === undefined) return noCompletions;
  const { value, default: initial, summary } = row;
  const words =
    value.kind === "choice"
      ? value.words
      : value.kind === "boolean"
        ? ["true", "false"]
        : initial === undefined
          ? []
          : [String(initial)];
  return complete(
    words.map((word, rank): Completion => {
      // Texts stand in quotes, and so do words that are no plain names.
      const needsQuotes = !quoted && (value.kind === "string" || /\W/.test(word));
      return {
        label: word,
        kind: "setting-value",
        detail: word === String(initial) ? "default" : "",
        documentation: summary,
        from,
        ...(needsQuotes ? { insert: `"${word}"` } : {}),
        rank,
      };
    }),
  );
}
