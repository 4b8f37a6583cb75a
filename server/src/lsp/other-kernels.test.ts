/** What other kernels lack, as a script is edited. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { fakeKernel, type KernelFacts } from "@probewright/compiler";
import { openParser } from "../host/parser.ts";
import { createDocuments } from "./documents.ts";
import { otherKernelFindings } from "./other-kernels.ts";

const uri = "file:///folder/a.bt";
const parser = await openParser();

function kernel(name: string, functions: readonly string[]): { readonly facts: KernelFacts } {
  return { facts: { ...fakeKernel({ functions }), name } };
}
