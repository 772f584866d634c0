// Large letters and dark colours are chosen in the menu and stay, on the next page and with what else was asked.

import assert from 'node:assert/strict';
import { afterEach, describe } from 'node:test';

import { house, twice } from '../house.mjs';
import { axeFindings, layoutFaults, word } from '../lib.mjs';

const here = house();
afterEach(() => here.done());

async function choose(page, key) {
  await page.locator('details.langs summary').click();
  await page.locator('details.langs').getByRole('link', { name: word(key), exact: true }).click();
  await page.waitForLoadState();
}

const look = (page) =>
  page.evaluate(() => {
    const body = getComputedStyle(document.body);
    const [r, g, b] = body.backgroundColor.match(/\d+/g).map(Number);
    return { letters: parseFloat(body.fontSize), dark: r + g + b < 200, elder: document.documentElement.className + document.documentElement.outerHTML.slice(0, 300) };
  });

describe('the menu of views', () => {
  twice('makes letters large and pages dark, and it stays', async (how) => {
    const page = await here.visit(how);
    await page.goto('/matters?q=x');
    const before = await look(page);
    assert.equal(before.dark, false);
    await choose(page, 'view-elder');
    const large = await look(page);
    assert.ok(large.letters > before.letters, `${before.letters} px, then ${large.letters} px`);
    await choose(page, 'theme-dark');
    assert.equal(new URL(page.url()).searchParams.get('q'), 'x', 'what was asked for stays');
    for (const key of ['nav-notices', 'nav-seasons']) {
      await page.getByRole('navigation').getByRole('link', { name: word(key), exact: true }).first().click();
      await page.waitForLoadState();
      const now = await look(page);
      assert.deepEqual([now.letters, now.dark], [large.letters, true], key);
      assert.deepEqual(await layoutFaults(page), []);
      if (how.js) assert.deepEqual(await axeFindings(page), []);
    }
    // and back, by the foot of the page and the menu
    await page.getByRole('contentinfo').getByRole('link', { name: word('view-to-plain'), exact: true }).click();
    await page.waitForLoadState();
    await choose(page, 'theme-light');
    await page.goto('/');
    const last = await look(page);
    assert.deepEqual([last.letters, last.dark], [before.letters, false]);
  });
});
