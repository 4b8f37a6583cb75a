/** Lint rules that need types, and the few that keep functions small. Layout is biome's business, layers dependency-cruiser's. */

import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

/** What a browser worker lacks, or what would make a compile depend on when and where it ran. */
const impureGlobals = [
  "process",
  "Buffer",
  "global",
  "require",
  "__dirname",
  "__filename",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "console",
  "performance",
  "fetch",
  "crypto",
  "Date",
].map((name) => ({
  name,
  message: "This code runs anywhere and is a function of its inputs: take it as an argument.",
}));

export default defineConfig(
  {
    ignores: [
      "**/dist/**",
      "**/build/**",
      "**/out/**",
      ".tools/**",
      ".cache/**",
      "grammar/src/**",
      "grammar/bindings/**",
      "eslint.config.mjs",
      "**/*.cjs",
      "**/*.js",
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // A default says "all others alike", which for thirty kinds of type is often what is meant.
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/strict-boolean-expressions": ["error", { allowNullableObject: false }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/prefer-readonly": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // process.env["NAME"] and records read from outside: tsconfig's noPropertyAccessFromIndexSignature asks for brackets there
      "@typescript-eslint/dot-notation": "off",
      "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
      // A switch over a union is one decision, however many kinds it has.
      complexity: ["error", { max: 15, variant: "modified" }],
      "@typescript-eslint/no-misused-spread": ["error", { allow: ["string"] }],
      "no-restricted-syntax": [
        "error",
        {
          selector: "ExportDefaultDeclaration",
          message: "Export by name: one thing has one name everywhere.",
        },
      ],
    },
  },
  {
    files: ["compiler/src/**/*.ts", "server/src/ide/**/*.ts"],
    ignores: ["**/*.test.ts"],
    rules: {
      "no-restricted-globals": ["error", ...impureGlobals],
      "no-restricted-properties": [
        "error",
        { object: "Math", property: "random", message: "The same program compiles to the same object." },
      ],
    },
  },
  {
    files: ["**/*.test.ts", "tests/**/*.ts"],
    rules: {
      "max-lines-per-function": "off",
      "@typescript-eslint/no-floating-promises": [
        "error",
        {
          allowForKnownSafeCalls: [
            {
              from: "package",
              name: ["test", "it", "describe", "suite", "before", "after"],
              package: "node:test",
            },
          ],
        },
      ],
    },
  },
  {
    // Plain JavaScript: what runs before the packages are there, or is a tool's configuration. JSON is `any` there.
    files: ["scripts/**/*.mjs"],
    rules: {
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
    },
  },
);
