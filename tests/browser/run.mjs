// node run.mjs CHROMIUM ISSUES ARTIFACTS: looks at every issue in the folders of ISSUES, and prints what came of it as JSON.

import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "./browser.mjs";
import { results } from "./check.mjs";
import { looks, valid } from "./looks.mjs";
import { openings, speed, uses } from "./web.mjs";

const [, , chromium, issues, artifacts] = process.argv;
// A page may write its tags as it likes, as long as it is HTML; mail programs know styles only as attributes.
const WEB = { "no-inline-style": "error", "no-trailing-whitespace": "off", "long-title": "off", "void-style": "off", "svg-focusable": "off" };
const MAIL = { ...WEB, "no-inline-style": "off", "no-deprecated-attr": "off", "prefer-native-element": "off", "element-required-attributes": "error" };

const browser = await launch(chromium);
try {
  for (const name of readdirSync(issues).sort()) await look(name);
} finally {
  await browser.close();
}
console.log(JSON.stringify(results));

async function look(name) {
  const web = join(issues, name, "web", "index.html"), mail = join(issues, name, "issue.html");
  const page = pathToFileURL(web).href, size = statSync(web).size;
  await valid(`${name} web`, web, WEB);
  await valid(`${name} mail`, mail, MAIL);
  const few = name === "week" ? {} : { widths: [360], schemes: ["light"] };
  await looks(browser, `${name}-web`, page, artifacts, few);
  await looks(browser, `${name}-mail`, pathToFileURL(mail).href, artifacts, few);
  if (name === "week") await uses(browser, `${name}-web`, page, artifacts);
  if (name === "large") await openings(browser, `${name}-web`, page);
  if (name !== "hostile") await speed(browser, `${name}-web`, page, size, artifacts);
}
