/** What the fast way writes is what the general way writes: every conversion, on every stored type, at the values where they turn. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { parseFormat, type FormatConversion, type Type } from "@probewright/compiler";
import { decodeValue, type DecodeContext } from "../values/decode.ts";
import { ByteSink } from "./byte-sink.ts";
import { hotField } from "./hot-fields.ts";
import { formatValue, prepareWriter } from "./printf.ts";

const unused = (): never => assert.fail("nothing is looked up for plain fields");
const context: DecodeContext = {
  structs: {
    findStruct: unused,
    findEnum: unused,
    findTypedef: unused,
    findEnumConstant: unused,
  },
  resolvers: {
    kernelSymbol: unused,
    userSymbol: unused,
    userFrames: unused,
    userName: unused,
    time: unused,
    cgroupPath: unused,
  },
};
const options = { truncationTrailer: ".." };

const integers = ([1, 2, 4, 8] as const).flatMap((size) =>
  [true, false].map((signed): Type => ({ kind: "integer", size, signed })),
);
const types: readonly Type[] = [
  ...integers,
  { kind: "pointer", to: { kind: "integer", size: 1, signed: false }, space: "kernel" },
  { kind: "string", size: 16 },
];

const flags = ["", "-", "0", "-0"];
const widths = ["", "6", "25"];
const lengths = ["", "hh", "h", "ll"];
const specifiers = ["d", "i", "u", "x", "X", "p", "s"];

const formats = flags.flatMap((flag) =>
  widths.flatMap((width) =>
    lengths.flatMap((length) => specifiers.map((specifier) => `%${flag}${width}${length}${specifier}`)),
  ),
);

/** Around the powers of two and ten, where digits, signs and halves change. */
const turns = [
  ...[7, 8, 15, 16, 31, 32, 53, 63, 64].map((bits) => 1n << BigInt(bits)),
  ...Array.from({ length: 20 }, (_, i) => 10n ** BigInt(i)),
].flatMap((value) => [value - 1n, value, value + 1n, -value]);

const events = [
  ...turns.map((value) => {
    const event = Buffer.alloc(24);
    event.writeBigUInt64LE(BigInt.asUintN(64, value), 8);
    return event;
  }),
  ...["", "-5", "flood", "fifteen letters", "sixteen letters!"].map((text) =>
    Buffer.concat([Buffer.alloc(8), Buffer.from(text.padEnd(16, "\0"), "latin1")]),
  ),
];

function conversionOf(format: string): FormatConversion {
  const [piece] = parseFormat(format);
  if (piece?.kind !== "conversion") assert.fail(`${format} is no conversion`);
  return piece;
}

test("a field is written fast as it is written in general", () => {
  let compared = 0;
  for (const format of formats) {
    const conversion = conversionOf(format);
    for (const type of types) {
      const hot = hotField(conversion, { type, offset: 8 });
      if (hot === undefined) continue;
      for (const event of events) {
        const text = Buffer.alloc(hot.most + 1, "~");
        const end = hot.write(event, 0, text, 1);
        if (end < 0) continue;
        const general = formatValue(conversion, decodeValue(event, 8, type, context), options);
        compared += 1;
        if (general.equals(text.subarray(1, end))) continue;
        assert.equal(
          text.toString("latin1", 1, end),
          general.toString("latin1"),
          `${format} of ${JSON.stringify(type)} at ${event.toString("hex")}`,
        );
      }
    }
  }
  assert.ok(compared > 100_000, compared.toString());
});

test("what a tool prints most is written fast", () => {
  const fast = (format: string, type: Type): boolean =>
    hotField(conversionOf(format), { type, offset: 8 }) !== undefined;
  assert.ok(fast("%-16s", { kind: "string", size: 16 }));
  for (const format of ["%d", "%-6d", "%6u", "%llu", "%016lx", "%p"])
    for (const type of integers) assert.ok(fast(format, type), format);
});

test("fast and general fields stand in one text in order, also when the text outgrows its memory", () => {
  const word: Type = { kind: "integer", size: 8, signed: false };
  const name: Type = { kind: "string", size: 4 };
  const write = prepareWriter(
    "<%d|%s|%+d|%lx>\n",
    [
      { type: word, offset: 8 },
      { type: name, offset: 16 },
      { type: word, offset: 8 },
      { type: word, offset: 8 },
    ],
    context,
    options,
  );
  const event = Buffer.alloc(20);
  event.writeUInt32LE(26, 8);
  const sink = new ByteSink();
  const expected: string[] = [];
  for (let i = 0; i < 6000; i += 1) {
    // Four letters fill their buffer: the general way puts the trailer.
    event.write(i % 2 === 0 ? "full" : "ab\0\0", 16, "latin1");
    write(event, 0, sink);
    expected.push(`<26|${i % 2 === 0 ? "full.." : "ab"}|+26|1a>\n`);
  }
  assert.equal(sink.take().toString("latin1"), expected.join(""));
});
