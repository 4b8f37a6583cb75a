/** What a client answers for the section `probewright`, checked against the table: wrong values count as absent, and are named. */

import { settingRows, type SettingRow } from "./schema.ts";

type Rows = typeof settingRows;

/** Values of a kind; `choice` is one of the row's choices. */
type ValueOf<Row> = Row extends { readonly kind: "boolean" }
  ? boolean
  : Row extends { readonly kind: "strings" }
    ? readonly string[]
    : Row extends { readonly kind: "choice"; readonly choices: Readonly<Record<infer Choice, string>> }
      ? Choice
      : string;

/** What the server reads, by the names of the rows. */
export type Settings = {
  readonly [Name in keyof Rows as Rows[Name]["readBy"] extends "server" ? Name : never]: ValueOf<Rows[Name]>;
};

export interface ReadSettings {
  readonly settings: Settings;
  /** A sentence for each value that is not what the row asks for. */
  readonly problems: readonly string[];
}

export function defaultSettings(): Settings {
  return readSettings(undefined).settings;
}

/** @param given nested as JSON has it (`{ codeLens: { run: false } }`), or flat (`{ "codeLens.run": false }`) */
export function readSettings(given: unknown): ReadSettings {
  const problems: string[] = [];
  const entries = Object.entries<SettingRow>(settingRows)
    .filter(([, row]) => row.readBy === "server")
    .map(([name, row]) => {
      const value = lookUp(given, row.key);
      if (value === undefined || value === null) return [name, row.default];
      if (fits(row, value)) return [name, value];
      problems.push(`setting probewright.${row.key}: ${JSON.stringify(value)} is not ${wanted(row)}`);
      return [name, row.default];
    });
  // One entry for each row of the server's, of the row's kind, by the checks above.
  return { settings: Object.fromEntries(entries) as Settings, problems };
}

function lookUp(given: unknown, key: string): unknown {
  if (!isRecord(given)) return undefined;
  if (key in given) return given[key];
  return key.split(".").reduce<unknown>((value, part) => (isRecord(value) ? value[part] : undefined), given);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function fits(row: SettingRow, value: unknown): boolean {
  switch (row.kind) {
    case "boolean":
      return typeof value === "boolean";
    case "number": {
      const [least = -Infinity, greatest = Infinity] = row.range ?? [];
      return typeof value === "number" && value >= least && value <= greatest;
    }
    case "string":
      return typeof value === "string";
    case "strings":
      return Array.isArray(value) && value.every((each) => typeof each === "string");
    case "choice":
      return typeof value === "string" && value in (row.choices ?? {});
  }
}

function wanted(row: SettingRow): string {
  switch (row.kind) {
    case "boolean":
      return "true or false";
    case "number":
      return `a number from ${(row.range ?? []).join(" to ")}`;
    case "string":
      return "a text";
    case "strings":
      return "a list of texts";
    case "choice":
      return `one of ${Object.keys(row.choices ?? {}).join(", ")}`;
  }
}
