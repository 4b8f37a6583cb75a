/** The buttons of the panel and the line that says how the run stands. */

import { button, element, formatCount, setText } from "./dom.ts";
import type { RunModel } from "./model.ts";

export interface ToolbarActions {
  readonly stop: () => void;
  readonly rerun: () => void;
  readonly pause: (paused: boolean) => void;
  readonly compare: (on: boolean) => void;
  readonly save: () => void;
  readonly copy: () => void;
}

export interface Toolbar {
  readonly root: HTMLElement;
  readonly update: (model: RunModel, state: ToolbarState) => void;
}

export interface ToolbarState {
  readonly paused: boolean;
  readonly comparing: boolean;
  readonly hasPrevious: boolean;
}

export function toolbar(actions: ToolbarActions): Toolbar {
  const title = element("h2");
  const status = element("span", { class: "status", role: "status", "aria-live": "polite" });
  const loss = element("strong", { class: "lost" });
  const counts = element("span", { class: "quiet counts" });
  const stop = button("Stop", { class: "primary", title: "Detach everything and end the run" }, actions.stop);
  const rerun = button("Run again", {}, actions.rerun);
  const pause = toggle("Pause", "Hold the display still; the run goes on", actions.pause);
  const compare = toggle("Compare", "Show changes since the previous run", actions.compare);
  const save = button("Save…", { title: "Save maps and events as JSON" }, actions.save);
  const copy = button("Copy", { title: "Copy maps and events as text" }, actions.copy);
  const tools = [stop, rerun, pause, compare, save, copy];
  moveByArrows(tools);
  const bar = element("div", { class: "tools", role: "toolbar", "aria-label": "Run" }, ...tools);
  return {
    root: element("div", { class: "head" }, title, status, loss, counts, bar),
    update: (model, { paused, comparing, hasPrevious }) => {
      const wasRun = !["idle", "restored", "refused"].includes(model.phase);
      const going = model.phase === "running" || model.phase === "starting";
      setText(title, model.title);
      setText(status, statusOf(model, paused));
      status.dataset["phase"] = hasFailed(model) ? "failed" : model.phase;
      const lost = model.lost();
      setText(loss, lost === 0 ? "" : `${formatCount(lost)} lost`);
      setText(
        counts,
        wasRun ? `${formatCount(model.log.events)} ${model.log.events === 1 ? "event" : "events"}` : "",
      );
      stop.disabled = !going;
      rerun.disabled = going || model.phase === "idle";
      pause.disabled = !going && !paused;
      pause.setAttribute("aria-pressed", String(paused));
      compare.disabled = !hasPrevious || !wasRun;
      compare.setAttribute("aria-pressed", String(comparing));
      save.disabled = copy.disabled = !wasRun;
    },
  };
}

function toggle(label: string, title: string, changed: (on: boolean) => void): HTMLButtonElement {
  const made = button(label, { title, "aria-pressed": "false" }, () => {
    changed(made.getAttribute("aria-pressed") !== "true");
  });
  return made;
}

/** Arrows move among the buttons, as in other toolbars; each is a stop for Tab, too. */
function moveByArrows(tools: readonly HTMLButtonElement[]): void {
  for (const tool of tools) {
    tool.addEventListener("keydown", (event) => {
      const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      if (step === 0) return;
      const usable = tools.filter(({ disabled }) => !disabled);
      usable.at((usable.indexOf(tool) + step) % usable.length)?.focus();
      event.preventDefault();
    });
  }
}

/** A script may say itself what it ends with. */
function hasFailed({ exitCode, failed, probes }: RunModel): boolean {
  return exitCode !== undefined && exitCode !== 0 && (failed || probes === 0);
}

function statusOf(model: RunModel, paused: boolean): string {
  const { phase, probes, exitCode } = model;
  switch (phase) {
    case "restored":
      return "not running";
    case "idle":
      return "nothing has run yet";
    case "starting":
      return "starting…";
    case "running":
      return `${paused ? "display paused" : "running"}, ${formatCount(probes)} ${probes === 1 ? "probe" : "probes"} attached`;
    case "refused":
      return "not run";
    case "ended":
      if (hasFailed(model)) return `failed with status ${String(exitCode)}`;
      return `ended${exitCode === 0 ? "" : ` with status ${String(exitCode)}`}, everything is detached`;
  }
}
