/** Scripts inside other files: in shell scripts what follows `-e`, and what is handed to standard input; fenced blocks in Markdown. */

import type { Span } from "@probewright/compiler";

import { scriptsOnInput } from "./heredocs.ts";

export type HostLanguage = "shell" | "markdown";

/** A script in another file. */
export interface Embedded {
  /** Its place in the file. */
  readonly span: Span;
  /**
   * As long as the file, blank but for the script: offsets and lines are those of the file, and what the shell takes away is
   * blank too.
   */
  readonly text: string;
}

/** By the name of the language as clients have it, or else by the file's name. */
export function hostLanguage(languageId: string, uri: string): HostLanguage | undefined {
  if (/^(shellscript|sh|bash|zsh|shell|ksh)$/.test(languageId) || /\.(sh|bash|zsh)$/.test(uri))
    return "shell";
  if (/^(markdown|mdx|quarto|rmd)$/.test(languageId) || /\.(md|markdown)$/.test(uri)) return "markdown";
  return undefined;
}

export function embeddedScripts(text: string, language: HostLanguage): readonly Embedded[] {
  const whole = { start: 0, end: text.length };
  return language === "shell" ? inShell(text, whole) : inMarkdown(text);
}

/** ` ```bpftrace `, and what shell commands in other blocks hold. */
function inMarkdown(text: string): readonly Embedded[] {
  const found: Embedded[] = [];
  for (const match of text.matchAll(
    /^( {0,3})(`{3,}|~{3,})[ \t]*([\w.+-]*)[^\n]*\n([^]*?)^ {0,3}\2[`~]*[ \t]*$/gm,
  )) {
    const [whole, , , info = "", body = ""] = match;
    const start = match.index + whole.indexOf("\n") + 1;
    const span = { start, end: start + body.length };
    if (/^(bpftrace|bt)$/i.test(info)) found.push({ span, text: blankExcept(text, span, body) });
    else if (/^(sh|bash|shell|zsh|console|shellsession)$/i.test(info)) found.push(...inShell(text, span));
  }
  return found;
}

/** The command, its other words, and the quote that opens the script. */
const commands =
  /\b(?:bpftrace|probewright[ \t]+(?:run|check|stack|emit))\b(?:[^\n;|&'"]|\\\n|'[^'\n]*'|"[^"\n]*")*?\s(?:-\w*e|--expression)(?:\s|=|\\\n)*(['"])/g;

function inShell(text: string, within: Span): readonly Embedded[] {
  const onInput = scriptsOnInput(text, within);
  const isInside = ({ start }: Span): boolean =>
    onInput.some(({ span }) => span.start <= start && start < span.end);
  return [
    ...onInput.map(({ span, script }) => ({ span, text: blankExcept(text, span, script) })),
    ...onCommandLine(text, within).filter(({ span }) => !isInside(span)),
  ].sort((one, other) => one.span.start - other.span.start);
}

function onCommandLine(text: string, within: Span): readonly Embedded[] {
  const found: Embedded[] = [];
  commands.lastIndex = within.start;
  for (let match = commands.exec(text); match !== null; match = commands.exec(text)) {
    const start = match.index + match[0].length;
    if (start > within.end) break;
    const script = match[1] === "'" ? singleQuoted(text, start) : doubleQuoted(text, start);
    if (script === undefined) continue;
    const span = { start, end: start + script.length };
    if (span.end > within.end) break;
    commands.lastIndex = span.end;
    found.push({ span, text: blankExcept(text, span, script) });
  }
  return found;
}

/** Everything up to the next quote; `'\''` is one. @returns undefined when it does not end */
function singleQuoted(text: string, start: number): string | undefined {
  let script = "";
  for (let at = start; ; ) {
    const end = text.indexOf("'", at);
    if (end === -1) return undefined;
    script += text.slice(at, end);
    if (!text.startsWith("'\\''", end)) return script;
    script += "   '";
    at = end + 4;
  }
}

/** Undefined when it does not end, and when the shell puts something in that nobody can know here. */
function doubleQuoted(text: string, start: number): string | undefined {
  let script = "";
  for (let at = start; at < text.length; at += 1) {
    const each = text.charAt(at);
    if (each === '"') return script;
    if (each === "`" || (each === "$" && /[\w({@*#?]/.test(text.charAt(at + 1)))) return undefined;
    if (each === "\\" && /["\\$`]/.test(text.charAt(at + 1))) {
      script += ` ${text.charAt(at + 1)}`;
      at += 1;
    } else script += each;
  }
  return undefined;
}

function blankExcept(text: string, { start, end }: Span, script: string): string {
  const blank = (part: string): string => part.replace(/[^\r\n]/g, " ");
  return blank(text.slice(0, start)) + script + blank(text.slice(end));
}
