// How a page looks: at every width and in both schemes, kept as pictures, with nothing to complain of.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { HtmlValidate } from "html-validate/node";
import { SCHEMES, WIDTHS, visit } from "./browser.mjs";
import { check, quiet } from "./check.mjs";

// A longer picture is more than Chromium draws.
const TALLEST = 14_000;
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Keeps a picture of a page for every width and scheme, and throws on what is wrong with one. */
export async function looks(browser, name, url, folder, { widths = WIDTHS, schemes = SCHEMES } = {}) {
  for (const scheme of schemes) {
    for (const width of widths) {
      const act = async (page) => {
        await looked(page, width, join(folder, `${name}-${width}-${scheme}.png`));
        await accessible(page);
      };
      await check(`${name} looks ${width} ${scheme}`, async () => quiet(await visit(browser, url, { width, scheme }, act)));
    }
  }
}

async function looked(page, width, path) {
  const size = await page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.scrollingElement;
    return { scrollWidth, scrollHeight };
  });
  // In a window of that height, since what is far outside of it is not laid out.
  await page.setViewportSize({ width, height: Math.min(size.scrollHeight, TALLEST) });
  await page.screenshot({ path });
  await page.setViewportSize({ width, height: 800 });
  assert.ok(size.scrollWidth <= width, `it is ${size.scrollWidth} px wide where there are ${width}`);
}

/** Throws when axe-core finds anything serious or critical; its other findings are told on stderr. */
export async function accessible(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: tags, resultTypes: ["violations"] }), TAGS);
  const told = found.violations.map((one) => `${one.impact} ${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(" | ")}`);
  for (const one of told) console.error(one);
  assert.deepEqual(told.filter((one) => /^(serious|critical)/.test(one)), []);
}

/** Throws when html-validate finds an error; `rules` says which of its rules do not hold for a page. */
export async function valid(name, path, rules = {}) {
  await check(`${name} is valid`, async () => {
    const validator = new HtmlValidate({ root: true, extends: ["html-validate:standard", "html-validate:document"], rules });
    const report = await validator.validateFile(path);
    const told = report.results.flatMap((one) => one.messages).map((one) => `${one.line}:${one.column} ${one.ruleId} ${one.message}`);
    assert.deepEqual(told.slice(0, 20), []);
  });
}
