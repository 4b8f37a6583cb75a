/** All verbs, in the order of the help. */

import type { Verb } from "./verb.ts";
import { buildWorker } from "./verbs/build-worker.ts";
import { checkVerb } from "./verbs/check.ts";
import { doctor } from "./verbs/doctor.ts";
import { emit } from "./verbs/emit.ts";
import { explain } from "./verbs/explain.ts";
import { fmt } from "./verbs/fmt.ts";
import { list } from "./verbs/list.ts";
import { lsp } from "./verbs/lsp.ts";
import { parse } from "./verbs/parse.ts";
import { profile } from "./verbs/profile.ts";
import { run } from "./verbs/run.ts";
import { stack } from "./verbs/stack.ts";

export const verbs: readonly Verb[] = [
  run,
  checkVerb,
  list,
  explain,
  fmt,
  stack,
  emit,
  parse,
  profile,
  lsp,
  doctor,
  buildWorker,
];
