/** Whether a value is of a schema, and if not, where it is not. */

import type { Schema } from "./schemas.ts";

/** Members that no type names are wrong, too: a misspelt optional member is one. @returns what is wrong, in words */
export function validate(value: unknown, schema: Schema, path = ""): readonly string[] {
  switch (schema.kind) {
    case "any":
      return [];
    case "primitive":
      return isPrimitive(value, schema.type) ? [] : [wrong(path, value, schema.type)];
    case "literal":
      return value === schema.value ? [] : [wrong(path, value, JSON.stringify(schema.value))];
    case "array":
      if (!Array.isArray(value)) return [wrong(path, value, "a list")];
      return value.flatMap((each: unknown, index) => validate(each, schema.element, `${path}[${index}]`));
    case "tuple":
      if (!Array.isArray(value) || value.length !== schema.elements.length)
        return [wrong(path, value, `a list of ${schema.elements.length}`)];
      return schema.elements.flatMap((each, index) => validate(value[index], each, `${path}[${index}]`));
    case "union":
      return validateUnion(value, schema, path);
    case "object":
      return validateObject(value, schema, path);
  }
}

function validateUnion(
  value: unknown,
  { members }: Extract<Schema, { kind: "union" }>,
  path: string,
): readonly string[] {
  let nearest: readonly string[] | undefined;
  for (const member of members) {
    const problems = validate(value, member, path);
    if (problems.length === 0) return [];
    const isNearer = nearest === undefined || (member.kind === "object" && problems.length <= nearest.length);
    if (isNearer) nearest = problems;
  }
  return nearest ?? [];
}

function validateObject(
  value: unknown,
  { name, properties, rest }: Extract<Schema, { kind: "object" }>,
  path: string,
): readonly string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [wrong(path, value, name)];
  const problems: string[] = [];
  const members = value as Readonly<Record<string, unknown>>;
  for (const [key, { schema, optional }] of properties) {
    if (members[key] !== undefined) problems.push(...validate(members[key], schema, `${path}.${key}`));
    else if (!optional && !accepts(schema, "undefined"))
      problems.push(`${path}.${key} of ${name} is missing`);
  }
  for (const [key, member] of Object.entries(members)) {
    if (properties.has(key)) continue;
    if (rest !== undefined) problems.push(...validate(member, rest, `${path}.${key}`));
    else if (properties.size > 0) problems.push(`${path}.${key} is no member of ${name}`);
  }
  return problems;
}

function accepts(schema: Schema, type: "undefined"): boolean {
  if (schema.kind === "any") return true;
  if (schema.kind === "union") return schema.members.some((each) => accepts(each, type));
  return schema.kind === "primitive" && schema.type === type;
}

function isPrimitive(value: unknown, type: string): boolean {
  return type === "null" ? value === null : typeof value === type;
}

function wrong(path: string, value: unknown, wanted: string): string {
  const text = JSON.stringify(value) as string | undefined;
  return `${path === "" ? "the value" : path} is ${(text ?? "absent").slice(0, 120)}, not ${wanted}`;
}
