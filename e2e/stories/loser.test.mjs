// A proposer whose project lost reads exactly why: what it cost, who supported it, what was missing, what would have
// been enough. On a phone with scripts and at a desk without, the same way leads there.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { languages, pattern, seen, startBrowser, startSite, visitor, word } from '../lib.mjs';

let site, browser;
before(async () => {
  site = await startSite();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

const under = (page, key, tag) => page.locator('section', { has: page.getByRole('heading', { name: word(key, tag), exact: true }) });

// From the first page to the published season's result, by links only.
async function toResult(page, tag) {
  await page.goto('/');
  await under(page, 'home-results', tag).getByRole('link').first().click();
  await page.getByRole('link', { name: word('season-see-result', tag) }).first().click();
  await page.getByRole('heading', { level: 1, name: word('result-title', tag) }).waitFor();
}

// Amounts as shown, in fen: ¥48,000 or ¥48,000.50.
function fen(text) {
  const found = /([\d,]+)(?:\.(\d{2}))?/.exec(text);
  assert.ok(found, `no amount in ${text}`);
  return BigInt(found[1].replaceAll(',', '')) * 100n + BigInt(found[2] ?? 0);
}

// The facts of a list of terms, by term.
async function terms(scope) {
  const [names, values] = [await scope.locator('dt').allInnerTexts(), await scope.locator('dd').allInnerTexts()];
  return new Map(names.map((name, at) => [name.trim(), values[at]]));
}

async function readsWhy(page, tag) {
  await toResult(page, tag);
  const rows = under(page, 'result-losers', tag).getByRole('listitem');
  const n = await rows.count();
  assert.ok(n > 0, 'nobody lost');
  const short = pattern('lost-supporters-short', tag);
  const reasons = await Promise.all([...Array(n).keys()].map((at) => seen(rows.nth(at))));
  const kinds = ['lost-supporters-short', 'lost-over-budget', 'lost-does-not-fit', 'lost-no-supporters', 'lost-costs-nothing'];
  for (const reason of reasons) {
    assert.ok(kinds.some((key) => pattern(key, tag).test(reason)), `says no reason: ${reason}`);
  }
  const at = reasons.findIndex((reason) => short.test(reason));
  assert.ok(at >= 0, `nobody lost for want of supporters' money: ${reasons.join(' | ')}`);
  const name = await rows.nth(at).getByRole('link').first().innerText();
  await rows.nth(at).getByRole('link').first().click();
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();

  const main = page.getByRole('main');
  assert.match(await seen(main), new RegExp(word('project-not-chosen', tag)));
  const said = short.exec(await seen(under(page, 'project-why-lost', tag)));
  assert.ok(said, 'the page does not say why');
  const facts = await terms(main);
  const [needed, had, missing] = ['lost-label-needed', 'lost-label-had', 'lost-label-missing'].map((key) => fen(facts.get(word(key, tag))));
  assert.equal(needed - had, missing, 'what is missing is the difference');
  assert.equal(fen(facts.get(word('project-cost', tag))), needed, 'what was needed is its cost');
  assert.match(facts.get(word('project-supporters', tag)), /\d/);

  const enough = await seen(main);
  const way = ['whatif-both', 'whatif-supporters', 'whatif-cost'].find((key) => pattern(key, tag).test(enough));
  assert.ok(way, 'the page does not say what would have been enough');
  if (way !== 'whatif-supporters') {
    const numbers = pattern(way, tag).exec(enough);
    assert.ok(fen(numbers.at(-1)) < needed, 'a cost that would have been enough is less than the cost');
  }
  // the same project says the same in the same words on both pages
  assert.ok(reasons[at].includes(said[0]), `${reasons[at]} does not say ${said[0]}`);
}

describe('a proposer whose project lost', () => {
  it('reads why on a phone', async () => {
    const page = await visitor(browser, site.url, { width: 360 });
    await readsWhy(page, 'zh-Hans');
    await page.context().close();
  });

  it('reads why at a desk without scripts', async () => {
    const page = await visitor(browser, site.url, { width: 1280, js: false });
    await readsWhy(page, 'zh-Hans');
    await page.context().close();
  });

  it('changes the language and stays on the page', async () => {
    const page = await visitor(browser, site.url, { width: 360 });
    await toResult(page, 'zh-Hans');
    const path = new URL(page.url()).pathname;
    for (const { tag } of languages.slice(1)) {
      await page.locator('details.langs summary').click();
      await page.locator(`details.langs a[hreflang="${tag}"]`).click();
      await page.getByRole('heading', { level: 1, name: word('result-title', tag) }).waitFor();
      assert.equal(new URL(page.url()).pathname, path);
      assert.equal(await page.getAttribute('html', 'lang'), tag);
    }
    await page.goto('/');
    assert.equal(await page.getAttribute('html', 'lang'), 'ko', 'the choice is kept');
    await page.context().close();
  });

  it('asks for a result that is not there yet and is told so, with a way back', async () => {
    const page = await visitor(browser, site.url);
    await page.goto('/');
    await under(page, 'home-now', 'zh-Hans').getByRole('link').first().click();
    const season = new URL(page.url()).pathname;
    const answer = await page.goto(`${season}/result`);
    assert.equal(answer.status(), 404);
    assert.match(await seen(page.getByRole('main')), new RegExp(word('result-pending')));
    await page.getByRole('main').getByRole('link', { name: word('season-look') }).click();
    assert.equal(new URL(page.url()).pathname, season);
    await page.context().close();
  });
});
