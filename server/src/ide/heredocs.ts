/** Scripts that a shell script hands to a command on its standard input: `bpftrace - <<'EOF'`. */

import type { Span } from "@probewright/compiler";

/** The text up to its last line, as the shell hands it on: what it takes away is blank. */
export interface HereDocument {
  readonly span: Span;
  readonly script: string;
}

const starts = /<<(-?)[ \t]*(?:'([^'\n]+)'|"([^"\n]+)"|(\\?)([A-Za-z_][\w-]*))/g;

/** In order; those of which nobody can know here what the shell makes of them are left out. */
export function scriptsOnInput(text: string, within: Span): readonly HereDocument[] {
  const found: HereDocument[] = [];
  for (let at = within.start; at < within.end; ) {
    const line = logicalLine(text, at, within.end);
    at = line.end;
    if (/^\s*#/.test(line.text)) continue;
    for (const start of line.text.matchAll(starts)) {
      const [whole, dash, single, double, escape, bare] = start;
      const tag = single ?? double ?? bare ?? "";
      const body = bodyOf(
        text,
        at,
        within.end,
        dash === "-" ? new RegExp(`^\\t*${literally(tag)}$`) : new RegExp(`^${literally(tag)}$`),
      );
      if (body === undefined) break;
      at = body.next;
      if (!readsScript(line.text.slice(0, start.index), line.text.slice(start.index + whole.length)))
        continue;
      const isVerbatim = single !== undefined || double !== undefined || escape === "\\";
      const source = text.slice(body.span.start, body.span.end);
      const script = isVerbatim ? source : withoutEscapes(source);
      if (script !== undefined) found.push({ span: body.span, script });
    }
  }
  return found;
}

/** A line with those that a backslash joins to it. @returns end behind its line break */
function logicalLine(
  text: string,
  start: number,
  end: number,
): { readonly text: string; readonly end: number } {
  let at = start;
  do {
    const next = text.indexOf("\n", at);
    at = next === -1 || next >= end ? end : next + 1;
  } while (at < end && text.slice(0, at).endsWith("\\\n"));
  return { text: text.slice(start, at), end: at };
}

/** @returns undefined when its last line is not there */
function bodyOf(
  text: string,
  start: number,
  end: number,
  last: RegExp,
): { readonly span: Span; readonly next: number } | undefined {
  for (let at = start; at < end; ) {
    const found = text.indexOf("\n", at);
    const next = found === -1 || found >= end ? end : found;
    if (last.test(text.slice(at, next).replace(/\r$/, "")))
      return { span: { start, end: at }, next: Math.min(end, next + 1) };
    at = next + 1;
  }
  return undefined;
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** The shell expands what is not quoted. @returns undefined when it would put something in */
function withoutEscapes(source: string): string | undefined {
  const plain = source.replace(/\\([\\$`])/g, " _");
  if (/`|\$[\w({@*#?]/.test(plain)) return undefined;
  return source.replace(/\\([\\$`])/g, " $1");
}

const command = /(?:^|[\s({])(?:\S*\/)?(?:bpftrace|probewright[ \t]+(?:run|check|stack|emit|fmt))(?=\s|$)/;

/** What may stand before a command: words that start another one, with their options, and values of variables. */
const starters =
  /^(?:sudo|doas|env|exec|command|time|timeout|nohup|nice|ionice|chrt|taskset|stdbuf|unshare|nsenter|if|then|else|while|until|do|!|[({]|-\S*|\d\S*|\w+=\S*|"?\$\S*)$/;

/** Whether the line's command reads its script there. @param before the document's mark, and behind it */
function readsScript(before: string, behind: string): boolean {
  const own = /[^;|&]*$/.exec(before)?.[0] ?? "";
  if (/(?:^|\s)cat\s*$/.test(own)) {
    const [, receiver] = /^\s*\|(?!\|)([^;|&]*)/.exec(behind) ?? [];
    return receiver !== undefined && isGivenNothing(receiver);
  }
  return isGivenNothing(own + (/^[^;|&]*/.exec(behind)?.[0] ?? ""));
}

/** The first word behind the options is the script: standard input, when there is none. */
function isGivenNothing(words: string): boolean {
  const found = command.exec(words);
  if (found === null) return false;
  const ahead = words.slice(0, found.index).split(/\s+/);
  if (!ahead.every((word) => word === "" || starters.test(word))) return false;
  const rest = words.slice(found.index + found[0].length).replace(/'[^']*'|"[^"]*"/g, "_");
  const given = rest.split(/[\s\\]+/).filter((word) => word !== "");
  for (let at = 0; at < given.length; at += 1) {
    const word = given[at] ?? "";
    if (word === "-" || word === "/dev/stdin") return true;
    if (/^(?:-\w*e|--expression)/.test(word)) return false;
    if (/^(?:-[BcfIodp]|--(?:cmd|format|include|output|pid|kernel|debuginfo))$/.test(word)) at += 1;
    else if (!/^(?:-|\d*[<>])/.test(word)) return false;
  }
  return true;
}
