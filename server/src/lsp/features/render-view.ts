/** The shape of what makes one kind of virtual document. */

import type { FeatureContext } from "./feature.ts";

/** The text of the document about `subject`; undefined when there is none, or no longer. */
export type RenderView = (
  subject: string,
  context: FeatureContext,
) => string | undefined | Promise<string | undefined>;
