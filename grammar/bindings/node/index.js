/** The language object for the npm package `tree-sitter`. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL("../..", import.meta.url));
const binding = require("node-gyp-build")(root);

binding.nodeTypeInfo = JSON.parse(readFileSync(new URL("../../src/node-types.json", import.meta.url), "utf8"));

export default binding;
