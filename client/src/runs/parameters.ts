/** Asks for the parameters that a script takes; what was given last time stands there already. */

import { type Memento, window } from "vscode";

import { requests, type ScriptFactsResult } from "@probewright/server/protocol";
import type { ServerConnection } from "./run-hub.ts";

type NamedParameter = ScriptFactsResult["named"][number];

/** @returns words for the script, or undefined when the user gave up */
export async function askParameters(
  server: ServerConnection,
  memory: Memento,
  uri: string,
): Promise<readonly string[] | undefined> {
  const facts = await server.sendRequest<ScriptFactsResult | null>(requests.scriptFacts, { uri });
  if (facts === null || facts.positional + facts.named.length === 0) return [];
  const key = `parameters ${uri}`;
  const before = memory.get<Readonly<Record<string, string>>>(key, {});
  const given: Record<string, string> = {};
  const total = facts.positional + facts.named.length;
  const words: string[] = [];
  for (let index = 1; index <= facts.positional; index += 1) {
    const name = `$${index.toString()}`;
    const title = `Parameter ${name} (${index.toString()} of ${total.toString()})`;
    const value = await window.showInputBox({
      ...common(title),
      prompt: `Value of ${name} in the script`,
      value: before[name] ?? "",
    });
    if (value === undefined) return undefined;
    given[name] = value;
    words.push(value);
  }
  for (const [index, parameter] of facts.named.entries()) {
    const title = `Parameter --${parameter.name} (${(facts.positional + index + 1).toString()} of ${total.toString()})`;
    const value = await askNamed(title, parameter, before[parameter.name]);
    if (value === undefined) return undefined;
    given[parameter.name] = value;
    if (value !== parameter.default) words.push(`--${parameter.name}=${value}`);
  }
  await memory.update(key, given);
  return words;
}

async function askNamed(
  title: string,
  { kind, default: fallback, description }: NamedParameter,
  before: string | undefined,
): Promise<string | undefined> {
  const placeHolder = `${description ?? ""} (default: ${fallback})`.trim();
  if (kind === "boolean") {
    const choices = (before ?? fallback) === "true" ? ["true", "false"] : ["false", "true"];
    return window.showQuickPick(choices, { title, placeHolder, ignoreFocusOut: true });
  }
  return window.showInputBox({
    ...common(title),
    prompt: placeHolder,
    value: before ?? fallback,
    validateInput: (text) =>
      kind === "integer" && !/^-?(0[xX][0-9a-fA-F]+|0[bB][01]+|\d+)$/.test(text)
        ? "A whole number: 10, -3, 0x1f"
        : undefined,
  });
}

function common(title: string): { readonly title: string; readonly ignoreFocusOut: true } {
  return { title, ignoreFocusOut: true };
}
