/** Types of a small kernel, one of nearly every kind, for tests of what reads and writes BTF. */

import type { BtfMember, BtfType } from "../btf/model.ts";

export const int: BtfType = {
  kind: "integer",
  name: "int",
  size: 4,
  bits: 32,
  bitOffset: 0,
  signed: true,
  boolean: false,
};
export const char: BtfType = { ...int, name: "char", size: 1, bits: 8, signed: false };
const long: BtfType = { ...int, name: "long", size: 8, bits: 64 };
const bool: BtfType = { ...int, name: "_Bool", size: 1, bits: 8, signed: false, boolean: true };

export function member(name: string, type: number, bitOffset: number, bitWidth = 0): BtfMember {
  return { name, type, bitOffset, bitWidth };
}

/** Ids count from 1 in the order of the list. */
export const sample: readonly BtfType[] = [
  int, // 1
  char, // 2
  long, // 3
  bool, // 4
  { kind: "array", type: 2, indexType: 1, count: 16 }, // 5: char[16]
  { kind: "pointer", type: 7 }, // 6: struct task *
  {
    kind: "struct",
    name: "task",
    size: 72,
    members: [
      member("pid", 1, 0),
      member("comm", 5, 32),
      member("next", 6, 192),
      member("", 8, 256),
      member("flag", 1, 320, 1),
      member("level", 1, 321, 3),
      member("done", 4, 352, 1),
      member("grid", 11, 384),
      member("tail", 12, 576),
    ],
  }, // 7
  { kind: "union", name: "", size: 8, members: [member("small", 1, 0), member("large", 3, 0)] }, // 8
  { kind: "typedef", name: "task_t", type: 7 }, // 9
  { kind: "array", type: 1, indexType: 1, count: 3 }, // 10
  { kind: "array", type: 10, indexType: 1, count: 2 }, // 11: int[2][3]
  { kind: "array", type: 3, indexType: 1, count: 0 }, // 12: long[]
  { kind: "struct", name: "", size: 4, members: [member("counter", 1, 0)] }, // 13
  { kind: "typedef", name: "atomic_t", type: 13 }, // 14
  {
    kind: "enum",
    name: "state",
    size: 4,
    signed: true,
    enumerators: [
      { name: "IDLE", value: -1n },
      { name: "BUSY", value: 1n },
    ],
  }, // 15
  { kind: "type-tag", name: "user", type: 2 }, // 16
  { kind: "pointer", type: 16 }, // 17: char __user *
  {
    kind: "function-prototype",
    returns: 3,
    parameters: [
      { name: "task", type: 6 },
      { name: "buf", type: 17 },
      { name: "", type: 0 },
    ],
  }, // 18
  { kind: "function", name: "vfs_read", type: 18, linkage: 0 }, // 19
  { kind: "pointer", type: 18 }, // 20
  { kind: "const", name: "", type: 6 }, // 21: struct task *const
  {
    kind: "struct",
    name: "holder",
    size: 40,
    members: [
      member("read", 20, 0),
      member("fixed", 21, 64),
      member("buf", 17, 128),
      member("count", 14, 192),
      member("state", 15, 224),
      member("inner", 13, 256),
      member("ratio", 23, 288),
    ],
  }, // 22
  { kind: "float", name: "float", size: 4 }, // 23
  { kind: "struct", name: "bpf_iter__task", size: 8, members: [member("task", 6, 0)] }, // 24
  { kind: "struct", name: "bpf_iter__task__safe_trusted", size: 8, members: [] }, // 25
  { kind: "pointer", type: 0 }, // 26
  {
    kind: "function-prototype",
    returns: 0,
    parameters: [
      { name: "", type: 26 },
      { name: "", type: 6 },
    ],
  }, // 27
  { kind: "pointer", type: 27 }, // 28
  { kind: "typedef", name: "btf_trace_exec", type: 28 }, // 29
  { kind: "typedef", name: "btf_trace_exit", type: 28 }, // 30
  {
    kind: "function-prototype",
    returns: 0,
    parameters: [
      { name: "__data", type: 26 },
      { name: "victim", type: 6 },
    ],
  }, // 31
  { kind: "function", name: "__traceiter_exit", type: 31, linkage: 0 }, // 32
  { kind: "variable", name: "runqueues", type: 7, linkage: 1 }, // 33
  { kind: "forward", name: "secret", union: false }, // 34
  {
    kind: "enum64",
    name: "wide",
    size: 8,
    signed: false,
    enumerators: [{ name: "TOP", value: 1n << 63n }],
  }, // 35
  { kind: "data-section", name: ".data", size: 72, variables: [{ type: 33, offset: 0, size: 72 }] }, // 36
  { kind: "declaration-tag", name: "kfunc", type: 19, component: -1 }, // 37
];
