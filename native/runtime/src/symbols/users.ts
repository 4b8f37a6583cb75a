/** User names by id, from `/etc/passwd`. */

import { readFileSync } from "node:fs";

export function userNames(): ReadonlyMap<number, string> {
  let text: string;
  try {
    text = readFileSync("/etc/passwd", "utf8");
  } catch {
    // Without the file every user is nameless, which prints as the empty text.
    return new Map();
  }
  const names = new Map<number, string>();
  for (const line of text.split("\n")) {
    const [name, , uid] = line.split(":");
    if (name !== undefined && uid !== undefined && !names.has(Number(uid))) names.set(Number(uid), name);
  }
  return names;
}
