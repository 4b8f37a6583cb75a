/** All verbs, in the order of the help. */

import type { Verb } from "./verb.ts";
import { doctor } from "./verbs/doctor.ts";
import { list } from "./verbs/list.ts";

export const verbs: readonly Verb[] = [list, doctor];
