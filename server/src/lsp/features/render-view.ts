/** The shape of what makes one kind of virtual document. */

import type { LinkedText } from "../../ide/views/linked-text.ts";
import type { FeatureContext } from "./feature.ts";

/** The text of the document about `subject`, with links into the script; undefined when there is none, or no longer. */
export type RenderView = (
  subject: string,
  context: FeatureContext,
) => string | LinkedText | undefined | Promise<string | LinkedText | undefined>;
