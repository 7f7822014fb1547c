// A page in a real browser that has no network: whatever it asks for but itself is noted, and so is what it complains of.

import { chromium } from "playwright-core";

// The sandbox needs rights that a container does not give; the rest keeps the browser from calling home.
const FLAGS =
  "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

export const WIDTHS = [360, 600, 1280];
export const SCHEMES = ["light", "dark"];

export async function launch(executablePath) {
  return chromium.launch({ executablePath, args: FLAGS.split(" ") });
}

/** Opens a page, calls `act` with it, and returns what it asked for and complained of meanwhile. */
export async function visit(browser, url, { width = 1280, scheme = "light", ...options }, act) {
  const context = await browser.newContext({
    viewport: { width, height: 800 }, colorScheme: scheme, reducedMotion: "reduce", ...options,
  });
  const complaints = [];
  await context.setOffline(true);
  await context.route("**/*", (route) => {
    const asked = route.request().url();
    if (asked.split("#")[0] === url.split("#")[0]) return route.continue();
    complaints.push(`asks for ${asked}`);
    return route.abort();
  });
  const page = await context.newPage();
  // Long: a busy machine is no failure.
  page.setDefaultTimeout(60_000);
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`pageerror: ${error}`));
  page.on("dialog", (dialog) => complaints.push(`dialog: ${dialog.message()}`) && dialog.dismiss());
  await page.goto(url);
  try {
    await act(page);
  } finally {
    await context.close();
  }
  return complaints;
}
