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
