/** Addresses of files as paths, and back, without Node: the server runs in browsers too. */

/** A document's path; for what is no file its address. */
export function pathOfUri(uri: string): string {
  return uri.startsWith("file://") ? decode(uri.slice("file://".length)) : uri;
}

export function folderPath(uri: string): string | undefined {
  return uri.startsWith("file://") ? pathOfUri(uri).replace(/(?<=.)\/$/, "") : undefined;
}

export function uriOfPath(path: string): string {
  return `file://${encodeURI(path).replace(/[?#]/g, encodeURIComponent)}`;
}

/** A file's path as seen from the folder of another: `b.bt`, `../lib/b.bt`. */
export function relativePath(from: string, to: string): string {
  const left = from.split("/").slice(0, -1);
  const right = to.split("/");
  let common = 0;
  while (common < left.length && left[common] === right[common]) common += 1;
  return [...left.slice(common).map(() => ".."), ...right.slice(common)].join("/");
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.split("/").at(-1) ?? path;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
