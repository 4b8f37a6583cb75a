/** Findings about the config block and the environment. Codes PW72xx. */

import { diagnosticRow } from "../row.ts";

export const unknownConfigKey = diagnosticRow<{
  readonly name: string;
  readonly nearest: string | undefined;
}>({
  code: "PW7201",
  name: "unknown-config-key",
  severity: "error",
  message: ({ name, nearest }) =>
    `unknown setting '${name}'${nearest === undefined ? "" : `; did you mean '${nearest}'?`}`,
  explain:
    "The settings are listed in the reference. They may be written in any case and with the prefix `bpftrace_`.",
  example: "config = { max_strlne = 64 } begin { print(1); }\n           ^^^^^^^^^^^^^^^",
});

export const invalidConfigValue = diagnosticRow<{ readonly name: string; readonly expected: string }>({
  code: "PW7202",
  name: "invalid-config-value",
  severity: "error",
  message: ({ name, expected }) => `${name} must be ${expected}`,
  explain: "Each setting has its own kind of value and its own range.",
  example: 'config = { max_probes = "hello" } begin { print(1); }\n           ^^^^^^^^^^^^^^^^^^^^',
});

export const environmentOnlyKey = diagnosticRow<{ readonly name: string }>({
  code: "PW7203",
  name: "environment-only-key",
  severity: "error",
  message: ({ name }) => `${name} can only be set in the environment: BPFTRACE_${name.toUpperCase()}`,
  explain: "It is needed before the script is read.",
  example: "config = { kernel_build = 1 } begin { print(1); }\n           ^^^^^^^^^^^^^^^^",
});

export const renamedConfigKey = diagnosticRow<{
  readonly former: string;
  readonly name: string;
  readonly inverted: boolean;
}>({
  code: "PW7204",
  name: "renamed-config-key",
  severity: "warning",
  message: ({ former, name, inverted }) =>
    `'${former}' is called '${name}' now${inverted ? ", with the opposite meaning" : ""}`,
  explain: "The former name still works.",
  example: "config = { strlen = 64 } begin { print(1); }\n           ^^^^^^^^^^^",
  tags: ["deprecated"],
});

export const retiredConfigKey = diagnosticRow<{ readonly name: string }>({
  code: "PW7205",
  name: "retired-config-key",
  severity: "warning",
  message: ({ name }) => `'${name}' no longer does anything`,
  explain: "The feature it switched is stable now, or the mechanism is gone.",
  example:
    'config = { symbol_source = "symbol_table" } begin { print(1); }\n           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^',
  tags: ["deprecated", "unnecessary"],
});

export const invalidEnvironmentValue = diagnosticRow<{
  readonly variable: string;
  readonly text: string;
  readonly expected: string;
}>({
  code: "PW7206",
  name: "invalid-environment-value",
  severity: "error",
  message: ({ variable, text, expected }) => `${variable} is '${text}' but must be ${expected}`,
  explain: "Environment variables win over the config block.",
  example: "",
});

export const unstableFeature = diagnosticRow<{ readonly feature: string; readonly key: string }>({
  code: "PW7207",
  name: "unstable-feature",
  severity: "warning",
  message: ({ feature, key }) => `${feature} may still change; set ${key} = enable to say that this is fine`,
  explain: "Features marked unstable can change or disappear with any release of the language.",
  example: "begin { @ = tseries(4, 1s, 10); }\n            ^^^^^^^",
});

export const unstableFeatureDisabled = diagnosticRow<{ readonly feature: string; readonly key: string }>({
  code: "PW7208",
  name: "unstable-feature-disabled",
  severity: "error",
  message: ({ feature, key }) =>
    `${feature} is unstable and not enabled; set ${key} = enable in the config block`,
  explain: "Features marked unstable can change or disappear with any release of the language.",
  example: "begin { print(typeinfo(1)); }\n              ^^^^^^^^^^^",
});
