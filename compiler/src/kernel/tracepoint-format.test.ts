/** Format files of the kernel, and the structs that scripts see. */

import assert from "node:assert/strict";
import { test } from "node:test";

import type { StructDefinition, StructField } from "../types/type.ts";
import { show } from "../types/show.ts";
import { fakeKernel } from "./fake.ts";
import { parseTracepointFormat, tracepointArguments } from "./tracepoint-format.ts";

const header = `name: sched_switch
ID: 372
format:
	field:unsigned short common_type;	offset:0;	size:2;	signed:0;
	field:unsigned char common_flags;	offset:2;	size:1;	signed:0;
	field:unsigned char common_preempt_count;	offset:3;	size:1;	signed:0;
	field:int common_pid;	offset:4;	size:4;	signed:1;

`;

function argumentsOf(category: string, fields: string, c = ""): StructDefinition {
  const format = parseTracepointFormat(
    category,
    "event",
    `${header}${fields}\nprint fmt: "field:%d", REC->x\n`,
  );
  return tracepointArguments(format, fakeKernel({ c }));
}

function field(definition: StructDefinition, name: string): StructField {
  const found = definition.fields.find((one) => one.name === name);
  assert.ok(found !== undefined, `no field ${name}`);
  return found;
}

test("every field of a format file is read, the common ones marked", () => {
  const format = parseTracepointFormat(
    "sched",
    "sched_switch",
    `${header}	field:char prev_comm[16];	offset:8;	size:16;	signed:0;\n	field:pid_t prev_pid;	offset:24;	size:4;	signed:1;\n`,
  );
  assert.deepEqual(
    format.fields.map(({ name, common }) => [name, common]),
    [
      ["common_type", true],
      ["common_flags", true],
      ["common_preempt_count", true],
      ["common_pid", true],
      ["prev_comm", false],
      ["prev_pid", false],
    ],
  );
  assert.deepEqual(format.fields[4], {
    name: "prev_comm",
    cType: "char[16]",
    offset: 8,
    size: 16,
    signed: false,
    common: false,
  });
});

const fieldTypes: readonly (readonly [declaration: string, size: number, signed: 0 | 1, type: string])[] = [
  ["char comm[16]", 16, 0, "string[16]"],
  ["char comm[TASK_COMM_LEN]", 16, 0, "string[16]"],
  ["int value", 4, 1, "int32"],
  ["unsigned int value", 4, 0, "uint32"],
  ["unsigned value", 4, 0, "uint32"],
  ["long unsigned int value", 8, 0, "uint64"],
  ["pid_t value", 4, 1, "int32"],
  ["bool value", 1, 0, "bool"],
  ["known_t value", 2, 0, "uint16"],
  ["nobody_knows_t value", 8, 0, "uint64"],
  ["nobody_knows_t value", 4, 1, "int32"],
  ["enum color value", 4, 0, "enum color"],
  ["const enum color value", 8, 0, "uint64"],
  ["int dfd", 8, 0, "uint64"],
  ["const char * name", 8, 0, "int8 *"],
  ["int ** twice", 8, 0, "int32 * *"],
  ["const int *const * twice", 8, 0, "int32 * *"],
  ["struct file * file", 8, 0, "struct file *"],
  ["void * any", 8, 0, "void *"],
  ["unsigned long args[6]", 48, 0, "uint64[6]"],
  ["__u8 address[4]", 4, 0, "uint8[4]"],
  ["struct thing value", 12, 0, "struct thing"],
  ["odd_t value", 12, 0, "uint8[12]"],
];

for (const [declaration, size, signed, type] of fieldTypes) {
  test(`'${declaration}' of ${size} bytes is ${type}`, () => {
    const definition = argumentsOf(
      "sched",
      `	field:${declaration};	offset:8;	size:${size};	signed:${signed};`,
      "typedef unsigned short known_t; typedef int pid_t; typedef unsigned char __u8; enum color { RED }; struct thing { int a, b, c; };",
    );
    assert.equal(definition.fields.length, 1);
    assert.equal(show(definition.fields[0]?.type ?? { kind: "none" }), type);
  });
}

test("a data location is a pointer to data in the record, wherever the tracepoint is", () => {
  const definition = argumentsOf(
    "syscalls",
    "	field:__data_loc char[] filename;	offset:8;	size:4;	signed:0;\n	field:__data_loc u64[] addrs;	offset:12;	size:4;	signed:0;",
    "typedef unsigned long u64;",
  );
  const name = field(definition, "filename");
  assert.equal(name.dataLocation, true);
  assert.equal(name.offset, 8);
  assert.deepEqual(name.type, {
    kind: "pointer",
    to: { kind: "integer", size: 1, signed: true },
    space: "kernel",
  });
  assert.equal(show(field(definition, "addrs").type), "uint64 *");
});

test("pointers of system calls are the program's; a user tag makes any pointer so", () => {
  const spaceOf = (category: string, declaration: string): unknown => {
    const definition = argumentsOf(category, `	field:${declaration} p;	offset:8;	size:8;	signed:0;`);
    const { type, tags } = field(definition, "p");
    return type.kind === "pointer" ? [type.space, ...(tags ?? [])] : type;
  };
  assert.deepEqual(spaceOf("syscalls", "const char *"), ["user"]);
  assert.deepEqual(spaceOf("sched", "const char *"), ["kernel"]);
  assert.deepEqual(spaceOf("sched", 'char __attribute__((btf_type_tag("user"))) *'), ["user", "user"]);
});

test("the struct of the arguments holds the whole record and leaves out its header", () => {
  const definition = argumentsOf(
    "sched",
    "	field:int a;	offset:8;	size:4;	signed:1;\n	field:int b;	offset:12;	size:4;	signed:1;",
  );
  assert.equal(definition.name, "args tracepoint:sched:event");
  assert.equal(definition.size, 16);
  assert.equal(definition.origin, "probe-arguments");
  assert.deepEqual(
    definition.fields.map(({ name }) => name),
    ["a", "b"],
  );
});

test("text that is no format gives no fields", () => {
  assert.deepEqual(parseTracepointFormat("a", "b", "").fields, []);
  assert.deepEqual(parseTracepointFormat("a", "b", "field:;offset:x;\nfield:int").fields, []);
});
