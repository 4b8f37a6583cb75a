/** Paths as one file sees another, without Node: analysis runs in browsers too. */

/** A file's path as seen from the folder of another: `b.bt`, `../lib/b.bt`. */
export function relativePath(from: string, to: string): string {
  const left = from.split("/").slice(0, -1);
  const right = to.split("/");
  let common = 0;
  while (common < left.length && left[common] === right[common]) common += 1;
  return [...left.slice(common).map(() => ".."), ...right.slice(common)].join("/");
}

/** What a path stands for when it is written in a file. */
export function besides(from: string, path: string): string {
  if (path.startsWith("/")) return path;
  const parts = from.split("/").slice(0, -1);
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}
