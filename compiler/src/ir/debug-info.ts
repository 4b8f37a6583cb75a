/**
 * Debug metadata of the printed module. LLVM makes BTF of it: a line for every instruction, and the definition of each
 * map. libbpf reads a map's numbers from types alone: `int (*max_entries)[4096]` is how 4096 is spelt.
 */

import type { Place } from "../diagnostics/diagnostic.ts";
import type { SourcePosition } from "../manifest/manifest.ts";
import { bitsOf, type IrFunction, type IrGlobal, type IrMap, type IrType } from "./ir.ts";

export interface SourceOptions {
  readonly locate: (place: Place) => SourcePosition;
  /** Name of the main script. */
  readonly file: string;
  /** Text of a file, which then stands in the object and so in the verifier's log. */
  readonly sourceText: (file: string) => string | undefined;
}

interface MapField {
  readonly name: string;
  readonly value: number;
}

/** Collects metadata nodes, each once, and numbers them in the order they are first needed. */
export class DebugInfo {
  private readonly nodes: string[] = [];
  private readonly idByText = new Map<string, string>();
  private readonly idByFile = new Map<string, string>();
  private readonly options: SourceOptions;
  private readonly unit: string;
  private readonly unitSlot: number;
  private readonly globals: string[] = [];

  constructor(options: SourceOptions) {
    this.options = options;
    this.unitSlot = this.nodes.length;
    this.unit = `!${this.unitSlot}`;
    this.nodes.push("");
  }

  /** The fields of a map's definition, in the order libbpf documents them. */
  mapFields(map: IrMap): readonly MapField[] {
    const fields: MapField[] = [{ name: "type", value: map.type }];
    if (map.maxEntries > 0) fields.push({ name: "max_entries", value: map.maxEntries });
    if (map.keySize > 0) fields.push({ name: "key_size", value: map.keySize });
    if (map.valueSize > 0) fields.push({ name: "value_size", value: map.valueSize });
    if (map.flags > 0) fields.push({ name: "map_flags", value: map.flags });
    return fields;
  }

  /** @returns the reference to attach to the map's global */
  mapVariable(map: IrMap): string {
    const fields = this.mapFields(map);
    const members = fields.map(({ name, value }, index) => {
      const pointer = this.node(
        `!DIDerivedType(tag: DW_TAG_pointer_type, baseType: ${this.arrayOf(value)}, size: 64)`,
      );
      return this.node(
        `!DIDerivedType(tag: DW_TAG_member, name: "${name}", file: ${this.file(this.options.file)}, line: 1, baseType: ${pointer}, size: 64, offset: ${64 * index})`,
      );
    });
    const elements = this.node(`!{${members.join(", ")}}`);
    const struct = this.node(
      `!DICompositeType(tag: DW_TAG_structure_type, file: ${this.file(this.options.file)}, line: 1, size: ${64 * fields.length}, elements: ${elements})`,
    );
    return this.globalVariable(map.name, struct);
  }

  /** @returns the reference to attach to a global: an array of bytes */
  dataVariable({ name, size }: IrGlobal): string {
    const byte = this.node('!DIBasicType(name: "unsigned char", size: 8, encoding: DW_ATE_unsigned_char)');
    const range = this.node(`!{${this.node(`!DISubrange(count: ${size})`)}}`);
    const bytes = this.node(
      `!DICompositeType(tag: DW_TAG_array_type, baseType: ${byte}, size: ${8 * size}, elements: ${range})`,
    );
    return this.globalVariable(name, bytes);
  }

  private globalVariable(name: string, type: string): string {
    const variable = this.distinct(
      `!DIGlobalVariable(name: "${name}", scope: ${this.unit}, file: ${this.file(this.options.file)}, line: 1, type: ${type}, isLocal: false, isDefinition: true)`,
    );
    const expression = this.node(
      `!DIGlobalVariableExpression(var: ${variable}, expr: ${this.node("!DIExpression()")})`,
    );
    this.globals.push(expression);
    return expression;
  }

  subprogram(fn: IrFunction): string {
    const { file, startLine } = this.options.locate(fn.place);
    const line = startLine + 1;
    const type = this.node(`!DISubroutineType(types: ${this.node(`!{${this.integer()}}`)})`);
    const local = fn.kind === "program" ? "" : "DISPFlagLocalToUnit | ";
    return this.distinct(
      `!DISubprogram(name: "${fn.name}", scope: ${this.file(file)}, file: ${this.file(file)}, line: ${line}, type: ${type}, scopeLine: ${line}, spFlags: ${local}DISPFlagDefinition | DISPFlagOptimized, unit: ${this.unit})`,
    );
  }

  /** libbpf finds a function of the kernel by what is declared of it here, and compares the kinds of its types. */
  kernelFunction(name: string, returns: IrType | "void", parameters: readonly IrType[]): string {
    const types = [returns, ...parameters].map((type) => this.kernelType(type)).join(", ");
    const type = this.node(`!DISubroutineType(types: ${this.node(`!{${types}}`)})`);
    const file = this.file(this.options.file);
    return this.node(
      `!DISubprogram(name: "${name}", scope: ${file}, file: ${file}, line: 1, type: ${type}, flags: DIFlagPrototyped, spFlags: DISPFlagOptimized)`,
    );
  }

  private kernelType(type: IrType | "void"): string {
    if (type === "void") return "null";
    if (type === "ptr")
      return this.node("!DIDerivedType(tag: DW_TAG_pointer_type, baseType: null, size: 64)");
    const bits = bitsOf(type);
    return this.node(`!DIBasicType(name: "u${bits}", size: ${bits}, encoding: DW_ATE_unsigned)`);
  }

  /** Code of an imported file stands in a lexical block that says so. */
  location(place: Place, subprogram: string): string {
    const { file, startLine, startColumn } = this.options.locate(place);
    const scope =
      file === this.options.file
        ? subprogram
        : this.node(`!DILexicalBlockFile(scope: ${subprogram}, file: ${this.file(file)}, discriminator: 0)`);
    return this.node(`!DILocation(line: ${startLine + 1}, column: ${startColumn + 1}, scope: ${scope})`);
  }

  lines(): readonly string[] {
    const globals = this.node(`!{${this.globals.join(", ")}}`);
    this.nodes[this.unitSlot] =
      `distinct !DICompileUnit(language: DW_LANG_C11, file: ${this.file(this.options.file)}, producer: "probewright", isOptimized: true, runtimeVersion: 0, emissionKind: FullDebug, globals: ${globals}, splitDebugInlining: false)`;
    const flags = [
      this.node('!{i32 7, !"Dwarf Version", i32 5}'),
      this.node('!{i32 2, !"Debug Info Version", i32 3}'),
    ];
    return [
      `!llvm.dbg.cu = !{${this.unit}}`,
      `!llvm.module.flags = !{${flags.join(", ")}}`,
      ...this.nodes.map((text, id) => `!${id} = ${text}`),
    ];
  }

  private integer(): string {
    return this.node('!DIBasicType(name: "int", size: 32, encoding: DW_ATE_signed)');
  }

  private arrayOf(count: number): string {
    const range = this.node(`!{${this.node(`!DISubrange(count: ${count})`)}}`);
    return this.node(
      `!DICompositeType(tag: DW_TAG_array_type, baseType: ${this.integer()}, size: ${32 * count}, elements: ${range})`,
    );
  }

  private file(name: string): string {
    const known = this.idByFile.get(name);
    if (known !== undefined) return known;
    // Without a text LLVM would look for the file on disk.
    const source = escapeText(this.options.sourceText(name) ?? "\n");
    const id = this.distinct(
      `!DIFile(filename: "${escapeText(name)}", directory: ".", source: "${source}")`,
      "",
    );
    this.idByFile.set(name, id);
    return id;
  }

  private node(text: string): string {
    const known = this.idByText.get(text);
    if (known !== undefined) return known;
    const id = this.distinct(text, "");
    this.idByText.set(text, id);
    return id;
  }

  private distinct(text: string, prefix = "distinct "): string {
    const id = `!${this.nodes.length}`;
    this.nodes.push(`${prefix}${text}`);
    return id;
  }
}

function escapeText(text: string): string {
  return escapeBytes(new TextEncoder().encode(text));
}

/** LLVM's notation: printable characters as they are, all others as `\hh`. */
export function escapeBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) =>
    byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c
      ? String.fromCharCode(byte)
      : `\\${byte.toString(16).padStart(2, "0")}`,
  ).join("");
}
