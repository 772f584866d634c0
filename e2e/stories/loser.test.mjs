// A proposer whose project lost reads exactly why: what it cost, who supported it, what was missing, what would have
// been enough. On a phone with scripts and at a desk without, the same way leads there.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { VOTED, howMany, languages, pattern, seen, startBrowser, startSite, visitor, word } from '../lib.mjs';

let site, browser;
before(async () => {
  site = await startSite();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

const under = (page, key, tag = 'zh-Hans') => page.locator('section', { has: page.getByRole('heading', { name: word(key, tag), exact: true }) });

// From the first page to the published season's result, by links only.
async function toResult(page, tag) {
  await page.goto('/');
  await under(page, 'home-results', tag).getByRole('link', { name: VOTED }).click();
  await page.getByRole('link', { name: word('season-see-result', tag) }).first().click();
  await page.getByRole('heading', { level: 1, name: word('result-title', tag) }).waitFor();
}

// Amounts as shown (4.8 万元, 26,225.86 元), in fen; exact.
function fen(text) {
  const found = /([\d,]+)(?:\.(\d+))?\s*(亿|万)?/.exec(text);
  assert.ok(found, `no amount in ${text}`);
  const [, whole, part = '', unit] = found;
  const places = { 亿: 10, 万: 6 }[unit] ?? 2;
  assert.ok(part.length <= places, `${text} is finer than a fen`);
  return BigInt(whole.replaceAll(',', '') + part.padEnd(places, '0'));
}

// The facts of a list of terms, by term.
async function terms(scope) {
  const [names, values] = [await scope.locator('dt').allInnerTexts(), await scope.locator('dd').allInnerTexts()];
  return new Map(names.map((name, at) => [name.trim(), values[at]]));
}

// Reasons that say what was there and what was missing.
const short = ['lost-does-not-fit', 'lost-supporters-short'];
const reasonKeys = [...short, 'lost-over-budget', 'lost-no-supporters', 'lost-costs-nothing'];
const matching = (keys, text) => keys.map((key) => ({ key, found: pattern(key).exec(text) })).find(({ found }) => found);

async function readsWhy(page) {
  await toResult(page, 'zh-Hans');
  const rows = under(page, 'result-losers').getByRole('listitem');
  const reasons = await Promise.all([...Array(await howMany(rows)).keys()].map((at) => seen(rows.nth(at))));
  assert.ok(reasons.length > 0, 'somebody lost');
  for (const reason of reasons) assert.ok(matching(reasonKeys, reason), `says no reason: ${reason}`);
  const at = reasons.findIndex((reason) => matching(short, reason));
  assert.ok(at >= 0, `nobody was short of money: ${reasons.join(' | ')}`);
  const link = rows.nth(at).getByRole('link').first();
  const name = await link.innerText();
  await link.click();
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();

  const main = page.getByRole('main');
  const text = await seen(main);
  assert.ok(text.includes(word('project-not-chosen')), 'says that it lost');
  const why = matching(short, await seen(under(page, 'project-why-lost')));
  assert.ok(why, 'says why');
  assert.ok(reasons[at].includes(why.found[0]), 'the same reason, word for word, as in the result');
  const facts = await terms(main);
  const fact = (key) => fen(facts.get(word(key)));
  const cost = fact('project-cost');
  const [there, needed, missing] = why.found.slice(1).map(fen);
  assert.deepEqual([needed, needed - there], [cost, missing], 'cost less what was there is what was missing');
  assert.equal(fact('lost-label-needed') - fact('lost-label-had'), fact('lost-label-missing'));
  assert.ok(Number(facts.get(word('project-supporters')).replaceAll(',', '')) > 0, 'says how many supported it');

  // where shares are raised step by step it is one cost, else every one up to it
  const costs = ['whatif-both', 'whatif-cost'].flatMap((key) => [key, `${key}-exactly`]);
  const way = matching([...costs, 'whatif-supporters'], text);
  assert.ok(way, 'says what would have been enough');
  if (way.key !== 'whatif-supporters') assert.ok(fen(way.found.at(-1)) < cost, 'a lower cost would have been enough');
}

describe('a proposer whose project lost', () => {
  it('reads why on a phone', async () => {
    const page = await visitor(browser, site.url, { width: 360 });
    await readsWhy(page);
    await page.context().close();
  });

  it('reads why at a desk without scripts', async () => {
    const page = await visitor(browser, site.url, { width: 1280, js: false });
    await readsWhy(page);
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
    await under(page, 'home-now').getByRole('link').first().click();
    const season = new URL(page.url()).pathname;
    const answer = await page.goto(`${season}/result`);
    assert.equal(answer.status(), 404);
    assert.match(await seen(page.getByRole('main')), new RegExp(word('result-pending')));
    await page.getByRole('main').getByRole('link', { name: word('season-look') }).click();
    assert.equal(new URL(page.url()).pathname, season);
    await page.context().close();
  });
});
