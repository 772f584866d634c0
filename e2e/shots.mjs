// Pictures of every public page for the eye: node shots.mjs OUTDIR [BASE-URL]
// Each page at each width, light and dark, in Simplified Chinese; and each language on a phone. Without an address a
// demonstration is started.

import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { languages, publicPages, sizes, startBrowser, startSite, visitor } from './lib.mjs';

const [folder, base] = process.argv.slice(2);
if (!folder) {
  console.error('node shots.mjs OUTDIR [BASE-URL]');
  process.exit(2);
}
const out = resolve(folder);
mkdirSync(out, { recursive: true });

const site = base ? { url: base.replace(/\/$/, ''), stop: async () => {} } : await startSite();
const browser = await startBrowser();
try {
  const first = await visitor(browser, site.url);
  const { pages } = await publicPages(first, site.url);
  await first.context().close();
  const name = (path) => path.replace(/[^\w]+/g, '-').replace(/^-|-$/g, '') || 'home';
  const shoot = async (how, mark) => {
    const page = await visitor(browser, site.url, how);
    for (const path of pages) {
      await page.goto(path);
      // the bar at the foot of a phone stands at the foot of the picture, not in its middle
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      const size = page.viewportSize();
      await page.setViewportSize({ width: size.width, height: Math.min(Math.max(height, size.height), 12_000) });
      await page.screenshot({ path: join(out, `${name(path)}.${mark}.png`), fullPage: true });
      await page.setViewportSize(size);
    }
    await page.context().close();
  };
  for (const dark of [false, true]) {
    for (const { width } of sizes) await shoot({ width, dark }, `zh-Hans.${width}.${dark ? 'dark' : 'light'}`);
  }
  for (const { tag, locale } of languages.slice(1)) await shoot({ locale }, `${tag}.360.light`);
  console.log(`${pages.length} pages in ${out}`);
} finally {
  await browser.close();
  await site.stop();
}
