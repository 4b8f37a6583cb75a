/** Contrast of what is written with what it is written on, as the Web Content Accessibility Guidelines reckon it. */

import type { Frame, Page } from "./browser.ts";

/** Runs in the page: texts whose contrast is below 4.5 (3 for large ones), and how much they have. */
const measure = `(() => {
  const parse = (text) => {
    const context = (window.contrastCanvas ??= document.createElement("canvas").getContext("2d", { willReadFrequently: true }));
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = text;
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
  const over = (top, below) => [0, 1, 2].map((at) => top[at] * top[3] + below[at] * (1 - top[3])).concat(1);
  const luminance = (colour) => {
    const [red, green, blue] = colour.slice(0, 3).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [more, less] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (more + 0.05) / (less + 0.05);
  };
  const background = (element) => {
    const layers = [];
    for (let at = element; at !== null; at = at.parentElement) {
      layers.push(parse(getComputedStyle(at).backgroundColor));
      const bar = at !== element ? undefined : [...(at.parentElement?.children ?? [])].find((each) => each !== at && each.classList.contains("bar"));
      if (bar !== undefined) {
        const [red, green, blue, alpha] = parse(getComputedStyle(bar).backgroundColor);
        layers.push([red, green, blue, alpha * Number(getComputedStyle(bar).opacity)]);
      }
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255, 1]);
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent.trim();
    const isShown = element.checkVisibility() && element.closest(".spoken, script, button:disabled") === null;
    if (text === "" || !isShown) continue;
    const style = getComputedStyle(element);
    const below = background(element);
    const ratio = contrast(over(parse(style.color), below), below);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (isLarge ? 3 : 4.5)) found.push(ratio.toFixed(2) + " " + element.className + " " + text.slice(0, 40));
  }
  return [...new Set(found)];
})()`;

/** @returns a line each, of what is too faint to be read */
export function tooFaint(page: Page | Frame): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(measure);
}
