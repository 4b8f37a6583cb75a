/** Text made from a script, with what in it comes from where. */

import type { Span } from "@probewright/compiler";

/** A piece of the made text and the piece of the script that it comes from. */
export interface TextLink {
  readonly view: Span;
  readonly script: Span;
}

export interface LinkedText {
  readonly text: string;
  readonly links: readonly TextLink[];
}

export interface LinkedWriter {
  readonly add: (text: string, from?: Span) => void;
  readonly finish: () => LinkedText;
}

export function createLinkedWriter(): LinkedWriter {
  const pieces: string[] = [];
  const links: TextLink[] = [];
  let length = 0;
  return {
    add: (text, from) => {
      pieces.push(text);
      const view = { start: length, end: length + text.trimEnd().length };
      length += text.length;
      if (from !== undefined) links.push({ view, script: from });
    },
    finish: () => ({ text: pieces.join(""), links }),
  };
}

/**
 * What belongs to an offset in one of the two texts: spans of the other, those of the smallest piece that holds the offset
 * first, each once.
 */
export function linkedSpans(
  links: readonly TextLink[],
  from: "script" | "view",
  offset: number,
): readonly Span[] {
  const to = from === "script" ? "view" : "script";
  const holding = links
    .filter((link) => link[from].start <= offset && offset <= link[from].end)
    .sort((left, right) => lengthOf(left[from]) - lengthOf(right[from]));
  const found = holding.length > 0 || from === "script" ? holding : nearestAbove(links, offset);
  return [...new Map(found.map((link) => [`${link[to].start} ${link[to].end}`, link[to]])).values()];
}

/**
 * The same from a cursor of the script: after what holds it comes the rest of its line, as people expect of a line the cursor
 * is in.
 */
export function linkedToCursor(links: readonly TextLink[], offset: number, line: Span): readonly Span[] {
  const ofLine = links.filter(({ script }) => line.start <= script.start && script.end <= line.end);
  const spans = [...linkedSpans(links, "script", offset), ...ofLine.map(({ view }) => view)];
  return [...new Map(spans.map((span) => [`${span.start} ${span.end}`, span])).values()];
}

/** A line of a view that comes from nowhere belongs to what stands above it. */
function nearestAbove(links: readonly TextLink[], offset: number): readonly TextLink[] {
  let nearest: TextLink | undefined;
  for (const link of links) {
    if (link.view.end <= offset && (nearest === undefined || link.view.end > nearest.view.end))
      nearest = link;
  }
  return nearest === undefined ? [] : [nearest];
}

function lengthOf({ start, end }: Span): number {
  return end - start;
}
