/** What is generated from what, a row each. `npm run generate` writes it, `npm run check` fails when something is stale. */

import type { Generator } from "./generated-files.ts";

export const generators: readonly Generator[] = [];
