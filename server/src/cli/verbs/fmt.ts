/** `fmt`: the formatter; not built yet, and says so. */

import { WRONG_USE, type Verb } from "../verb.ts";

export const fmt: Verb = {
  name: "fmt",
  usage: ["[--check] FILE…"],
  summary: "Formats scripts (not built yet).",
  details: "",
  options: [{ name: "check", help: "only say which files would change" }],
  run: (_options, io) => {
    io.err("probewright fmt: not built yet\n");
    return WRONG_USE;
  },
};
