/** The results panel as a screen reader and a keyboard have it: names, roles, what is spoken, and where the focus goes. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { unmet } from "../harness/needs.ts";
import { openPanelPage, type PanelPage } from "./vscode/panel-page.ts";

const skip = unmet("vscode");
const position = { file: "/opens.bt", startLine: 3, startColumn: 2, endLine: 3, endColumn: 8 };

function map(name: string, shape: string, entries: readonly object[], scalar = true): object {
  return { kind: "map-values", name, shape, scalar, entries, omitted: 0, position };
}

function integer(key: string, value: number): object {
  return { key, text: value.toString(), value: { kind: "integer", value } };
}

function points(...values: readonly number[]): object {
  const made = values.map((value, at) => ({ startNs: at * 1e9, value }));
  return map("rate", "time-series", [{ text: "", value: { kind: "time-series", points: made } }]);
}

function lost(amount: number): object {
  return { kind: "loss", losses: [{ site: "printf", lossKind: "event", lost: amount, position }] };
}

const histogram = map("length", "histogram", [
  { text: "", value: { kind: "histogram", buckets: [{ low: 1, high: 2, count: 4 }] } },
]);
const frames = ["vfs_open", "do_syscall_64"].map((symbol) => ({ symbol }));
const stacks = map("stacks", "plain", [{ ...integer("a", 3), keyParts: [{ kind: "stack", frames }] }], false);

async function show(panel: PanelPage, ...events: readonly object[]): Promise<void> {
  await panel.post({ type: "events", events, skipped: 0 });
}

/** A panel with one of everything, while its run goes on. */
async function withPanel(use: (panel: PanelPage) => Promise<void>): Promise<void> {
  const panel = await openPanelPage("dark");
  try {
    await panel.post({ type: "run", run: 1, title: "opens.bt" });
    await show(panel, { kind: "attached", probes: 2 }, map("opens", "plain", [integer("bash", 12)], false));
    await show(panel, histogram, points(1, 2), stacks, lost(5), {
      kind: "output",
      type: "printf",
      text: "x\n",
    });
    await use(panel);
  } finally {
    await panel.close();
  }
}

test("everything has a role and a name", { skip }, () =>
  withPanel(async ({ page }) => {
    const spoken = await page.locator("body").ariaSnapshot();
    for (const part of [
      /heading "opens.bt" \[level=2\]/,
      /status: running, 2 probes attached/,
      /toolbar "Run"/,
      /button "Pause"/,
      /list "Losses"/,
      /alert: "?line 4 printf: 5 lost/,
      /region "Map @opens"/,
      /table "Map @opens"/,
      /columnheader "Key"/,
      /table "Histogram @length"/,
      /rowheader "\[1\]"/,
      /img "Time series @rate: 2 intervals/,
      /tree "Flame graph"/,
      /treeitem "do_syscall_64: 3, 100.0 %"/,
      /searchbox "Filter events"/,
      /table "Events"/,
    ]) {
      assert.match(spoken, part);
    }
    // What the browser hands to screen readers: whatever takes the focus says what it is.
    const session = await page.context().newCDPSession(page);
    const { nodes } = await session.send("Accessibility.getFullAXTree");
    const nameless = nodes
      .filter(
        ({ ignored, properties = [] }) => !ignored && properties.some((each) => each.name === "focusable"),
      )
      .filter(({ role, name }) => role?.value !== "RootWebArea" && (name?.value ?? "") === "")
      .map(({ role }) => role?.value);
    assert.deepEqual(nameless, []);
  }),
);

test("Tab reaches everything in the order it stands, and shows where it is", { skip }, () =>
  withPanel(async ({ page }) => {
    const here = `(() => {
      const at = document.activeElement;
      const { outlineStyle, outlineWidth } = getComputedStyle(at);
      const seen = outlineStyle !== "none" && parseFloat(outlineWidth) >= 1;
      return [at.getAttribute("aria-label") ?? at.textContent ?? "", seen, at === document.body];
    })()`;
    const order: string[] = [];
    for (;;) {
      await page.keyboard.press("Tab");
      const [name, isSeen, isOutside] = await page.evaluate<[string, boolean, boolean]>(here);
      if (isOutside || order.length > 40) break;
      assert.ok(isSeen, `the focus is seen on ${name}`);
      order.push(name);
    }
    assert.deepEqual(order, [
      "Stop",
      "Pause",
      "Save…",
      "Copy",
      "line 4",
      "@opens",
      "Entries of @opens",
      "Key",
      "Value",
      "@length",
      "Histograms of @length",
      "@rate",
      "Time series of @rate",
      "Values",
      "@stacks",
      "Flame graph",
      "Table",
      "all: 3, 100.0 %",
      "Filter events",
      "Events",
    ]);
  }),
);

test(
  "what has the focus keeps it while values and losses come in; only what is new is spoken",
  { skip },
  () =>
    withPanel(async (panel) => {
      const { page } = panel;
      const focused = (): Promise<string> => page.evaluate("document.activeElement.textContent");
      const said = (): Promise<string> => page.locator(".spoken").innerText();
      await page.evaluate('document.querySelector(".losses button").focus()');
      const before = await said();
      await show(panel, lost(7));
      assert.equal(await focused(), "line 4");
      assert.match(await page.locator(".losses").innerText(), /printf: 12 lost/);
      assert.equal(await said(), before, "a count that grows is not spoken again");
      await show(panel, { kind: "message", severity: "error", text: "it broke" });
      assert.equal(await said(), "error: it broke");

      await page.evaluate('document.querySelector("summary").focus()');
      await page.keyboard.press("Enter");
      await show(panel, points(1, 2, 3));
      assert.equal(await focused(), "Values");
      assert.equal(await page.locator(".series tr").count(), 3, "the open table follows");
    }),
);

test("nothing moves for those who want it still", { skip }, () =>
  withPanel(async ({ page }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    const moving = await page.evaluate<
      readonly string[]
    >(`[...document.querySelectorAll("*")].filter((each) => {
      const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(each);
      return animationName !== "none" || parseFloat(transitionDuration) > 0 || scrollBehavior === "smooth";
    }).map((each) => each.className)`);
    assert.deepEqual(moving, []);
  }),
);

test("a refused run says so, and offers only to run again", { skip }, async () => {
  const panel = await openPanelPage("light");
  try {
    await panel.post(
      { type: "run", run: 0, title: "opens.bt" },
      { type: "refused", message: "loading programs needs privilege", advice: ["run as root"] },
    );
    const spoken = await panel.page.locator("body").ariaSnapshot();
    assert.match(spoken, /status: not run/);
    assert.match(spoken, /alert: "?error: loading programs needs privilege; run as root/);
    const usable = await panel.page.locator("button:enabled").allInnerTexts();
    assert.deepEqual(usable, ["Run again"]);
    assert.doesNotMatch(spoken, /searchbox|events/);
  } finally {
    await panel.close();
  }
});
