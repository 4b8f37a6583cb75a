/** Laying out top-level items. */

import type {
  ConfigBlock,
  ConfigSetting,
  Item,
  Macro,
  MacroParameter,
  MapDeclaration,
  Probe,
  Subprogram,
} from "../ast.ts";
import { layoutExpression } from "./expressions.ts";
import { layoutList } from "./lists.ts";
import { placeComments, placeMarks } from "./marks.ts";
import { Sheet } from "./sheet.ts";
import { escapeBytes, spellString } from "./spelling.ts";
import { layoutBlock, withLifted } from "./statements.ts";
import { INDENT, LINE_WIDTH, narrower, type Room, type Style } from "./style.ts";
import type { Trivia } from "./trivia.ts";
import { layoutType } from "./types.ts";

type Layouts = {
  readonly [Kind in Item["kind"]]: (
    style: Style,
    item: Extract<Item, { readonly kind: Kind }>,
    trivia: Trivia,
  ) => Sheet;
};

const LAYOUTS: Layouts = {
  shebang: (_, { text }) => new Sheet().text(text),
  "preprocessor-line": ({ verbatim }, { text }) => new Sheet().text(verbatim ?? text),
  "c-definition": (_, { text }) => new Sheet().text(text.endsWith(";") ? text : `${text};`),
  config: layoutConfig,
  import: (_, { path }) =>
    new Sheet().text(`import ${path.kind === "string" ? spellString(path.value) : ""};`),
  "map-declaration": layoutMapDeclaration,
  macro: layoutMacro,
  subprogram: layoutSubprogram,
  probe: layoutProbe,
  "loose-text": (_, { text }) => new Sheet().text(text),
};

export function layoutItem(style: Style, item: Item, trivia: Trivia): Sheet {
  // The table has a function of this very kind, which the type checker cannot follow.
  const layout = LAYOUTS[item.kind] as (style: Style, item: Item, trivia: Trivia) => Sheet;
  return layout(style, item, trivia);
}

function roomOf(trivia: Trivia, width: number): Room {
  return { trivia, width, bare: false };
}

function layoutConfig(style: Style, { settings, span }: ConfigBlock, trivia: Trivia): Sheet {
  const block = new Sheet();
  for (const setting of settings) {
    if (block.height > 0) block.newLine();
    placeComments(block, trivia.claimComments(style.base + setting.span.start));
    block.append(layoutSetting(setting));
  }
  for (const comment of trivia.claimComments(style.base + span.end)) {
    if (block.height > 0) block.newLine();
    block.comment(comment);
  }
  return new Sheet().text("config = {").appendBlock(block, INDENT).text("}");
}

function layoutSetting({ key, value }: ConfigSetting): Sheet {
  return new Sheet().text(`${key.text} = ${spellValue(value)};`);
}

/** Words need no quotes. */
function spellValue(value: ConfigSetting["value"]): string {
  switch (value.kind) {
    case "integer":
      return value.value.toString();
    case "boolean":
      return value.value ? "true" : "false";
    case "identifier":
      return value.name;
    case "string":
      return /^[A-Za-z_]\w*$/.test(value.value) && !/^(true|false)$/.test(value.value)
        ? value.value
        : `"${escapeBytes(value.value)}"`;
    case "missing":
      return "";
  }
}

function layoutMapDeclaration(style: Style, declaration: MapDeclaration, trivia: Trivia): Sheet {
  const { map, mapType, maxEntries, span } = declaration;
  const size = maxEntries.kind === "integer" ? maxEntries.value.toString() : "";
  const sheet = new Sheet();
  placeComments(sheet, trivia.claimComments(style.base + span.end - 1));
  return sheet.text(`let @${map.name} = ${mapType.text}(${size});`);
}

const SIGILS: Readonly<Record<MacroParameter["form"], string>> = { variable: "$", map: "@", expression: "" };

function layoutMacro(style: Style, { name, parameters, body }: Macro, trivia: Trivia): Sheet {
  const list = layoutList(
    parameters.map((parameter) => () => new Sheet().text(`${SIGILS[parameter.form]}${parameter.name}`)),
    ", ",
    narrower(LINE_WIDTH, 10),
  );
  const sheet = new Sheet().text(`macro ${name.text}(`).append(list).text(")");
  placeMarks(sheet, trivia.claim(style.base + body.span.start), 1);
  const block = layoutBlock(style, body, roomOf(trivia, narrower(LINE_WIDTH, INDENT)), "value");
  return sheet.text("{").appendBlock(block, INDENT).text("}");
}

function layoutSubprogram(style: Style, item: Subprogram, trivia: Trivia): Sheet {
  const { name, parameters, returns, body } = item;
  const before = trivia.claim(style.base + body.span.start);
  const room = roomOf(trivia, LINE_WIDTH);
  const result = layoutType(style, returns, room);
  const list = layoutList(
    parameters.map(
      ({ variable, type }) =>
        () =>
          new Sheet().text(`$${variable.name} : `).append(layoutType(style, type, room)),
    ),
    ", ",
    narrower(LINE_WIDTH, name.text.length + 5),
  );
  const block = layoutBlock(style, body, roomOf(trivia, narrower(LINE_WIDTH, INDENT)), "statements");
  const isWide = list.height > 1 || list.width + result.width + 12 > LINE_WIDTH;
  const sheet = new Sheet().text(`fn ${name.text}(`);
  (isWide ? sheet.appendBlock(list, INDENT) : sheet.append(list)).text(") : ").append(result);
  for (const comment of before.comments()) sheet.newLine().comment(comment);
  return sheet.newLine().text("{").appendBlock(block, INDENT).text("}");
}

function layoutProbe(style: Style, probe: Probe, trivia: Trivia): Sheet {
  const sheet = new Sheet();
  probe.attachPoints.forEach(({ text, span }, index) => {
    placeComments(sheet, trivia.claim(style.base + span.start).comments());
    sheet.text(index < probe.attachPoints.length - 1 ? `${text},` : text).newLine();
  });
  if (probe.predicate !== undefined) placePredicate(style, sheet, probe.predicate, trivia);
  placeComments(sheet, trivia.claim(style.base + probe.body.span.start).comments());
  const block = layoutBlock(style, probe.body, roomOf(trivia, narrower(LINE_WIDTH, 2)), "statements");
  return sheet.text("{").appendBlock(block, INDENT).text("}");
}

function placePredicate(
  style: Style,
  sheet: Sheet,
  predicate: NonNullable<Probe["predicate"]>,
  trivia: Trivia,
): void {
  placeComments(sheet, trivia.claim(style.base + predicate.span.start).comments());
  const room = { trivia, width: LINE_WIDTH, bare: true };
  const { made, lifted } = withLifted(style, () => layoutExpression(style, predicate, room));
  placeComments(sheet, lifted);
  // `/*` would start a comment.
  if (made.firstCharacter === "*") sheet.text("/(").append(made).text(")/").newLine();
  else sheet.text("/").append(made).text("/").newLine();
}
