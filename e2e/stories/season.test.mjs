// An officer takes a season from its opening to the posted list. A page that somebody opened before moves it no further;
// the list says of each project why it is on it or not; a notice with a mistake is withdrawn and hangs out anew.

import assert from 'node:assert/strict';
import { afterEach, describe } from 'node:test';

import { house, twice } from '../house.mjs';
import { axeFindings, howMany, layoutFaults, pattern, seen, word } from '../lib.mjs';

const here = house();
afterEach(() => here.done());

const main = (page) => page.getByRole('main');
const button = (page, key) => main(page).getByRole('button', { name: word(key), exact: true });
const link = (page, key) => main(page).getByRole('link', { name: word(key), exact: true });
const field = (page, name) => page.locator(`#f-${name}`);
const fold = (page, key) => main(page).locator('summary', { hasText: word(key) }).first();
const keys = ['need', 'participation', 'feasibility', 'budget', 'innovation', 'sustainability', 'team'];

async function fine(page, how) {
  assert.deepEqual(await layoutFaults(page), []);
  if (how.js) assert.deepEqual(await axeFindings(page), []);
}

async function send(page, method, path, data) {
  const answer = await page.request.fetch(`${here.url}/api/v1${path}`, { method, data });
  assert.ok(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`);
  return answer.status() === 204 ? null : answer.json();
}

async function opened(officer, how) {
  await officer.goto('/seasons');
  await link(officer, 'season-new').click();
  await field(officer, 'template').selectOption('star-pick');
  await field(officer, 'name').fill(`星选 ${how.width}`);
  await field(officer, 'budget').fill('一万');
  await button(officer, 'season-open').click();
  await main(officer).getByRole('alert').first().waitFor();
  assert.equal(await field(officer, 'name').inputValue(), `星选 ${how.width}`, 'what was typed stays');
  await fine(officer, how);
  await field(officer, 'budget').fill('10000');
  await button(officer, 'season-open').click();
  await officer.waitForURL((url) => url.pathname !== '/seasons/new');
  return new URL(officer.url()).pathname.split('/').slice(0, 3).join('/');
}

function next(page, stage) {
  const to = pattern('season-advance-to').source.replace(/\[.*\]\*$/, '').split('[')[0];
  return main(page).getByRole('button', { name: new RegExp(`^${to}.*${word(`stage-${stage}`)}`) });
}

// The sentence that says where the season stands.
const now = (stage) => new RegExp(pattern('season-now-in').source.replace('(.+?)', word(`stage-${stage}`)), 'u');

// Three projects: 80 points; 50, below the mark; 70, and more than is left.
async function scored(officer, path, how) {
  await send(officer, 'POST', `${path}/projects`, [
    { reference: 'A1', name: '楼下的共享工具间', cost: 600_000 },
    { reference: 'A2', name: '银发数字课堂', cost: 100_000 },
    { reference: 'A3', name: '屋顶花园', cost: 500_000 },
  ]);
  for (const name of ['何平', '许冬梅', '罗成']) {
    await officer.goto(`${path}/review/run`);
    await officer.getByRole('searchbox', { name: word('review-find') }).fill(name);
    await officer.getByRole('searchbox', { name: word('review-find') }).press('Enter');
    await officer.getByLabel(new RegExp(name)).first().check();
    await button(officer, 'review-invite').click();
    await main(officer).getByRole('cell', { name }).or(main(officer).getByRole('rowheader', { name })).first().waitFor();
  }
  for (const who of ['secretary', 'worker', 'other-worker']) {
    const reviewer = await here.as(who, how);
    await send(reviewer, 'POST', `${path}/review/answer`, { accept: true });
    await send(reviewer, 'PUT', `${path}/review/declarations`, [1, 2, 3].map((number) => ({ number, conflict: 'none' })));
    for (const [number, each] of [[1, 8], [2, 5], [3, 7]]) {
      await send(reviewer, 'PUT', `${path}/review/sheets/${number}`, { scores: Object.fromEntries(keys.map((key) => [key, each])) });
    }
  }
  await officer.goto(`${path}/review/run`);
  await button(officer, 'review-close').click();
  await officer.getByRole('heading', { name: word('review-ranks') }).waitFor();
}

describe('a season', () => {
  twice('goes from its opening to the posted list', async (how) => {
    const officer = await here.as('officer', how);
    const path = await opened(officer, how);

    // two pages show the same button: the season goes on by one stage
    const before = await here.as('officer', how);
    for (const page of [officer, before]) await page.goto(`${path}/plan`);
    await fine(officer, how);
    for (const page of [officer, before]) {
      await next(page, 'call').click();
      await next(page, 'ideas').waitFor();
    }
    for (const stage of ['ideas', 'screening', 'coaching', 'proposals', 'deciding']) {
      await officer.goto(`${path}/plan`);
      await next(officer, stage).click();
      await main(officer).getByText(now(stage)).waitFor();
    }
    await before.goto(`${path}/selection`);
    await button(before, 'selection-decide').click();
    await main(before).getByText(word('refusal-no-projects')).first().waitFor();

    await scored(officer, path, how);
    await officer.goto(`${path}/selection`);
    await button(officer, 'selection-decide').click();
    await officer.getByRole('heading', { level: 2, name: word('selection-list') }).waitFor();
    await fine(officer, how);

    // a condition holds the list up until it is met
    await fold(officer, 'condition-new').click();
    await main(officer).getByLabel(word('condition-words')).first().fill('把志愿者补贴改成实报实销。');
    await button(officer, 'condition-set').first().click();
    await main(officer).getByText('把志愿者补贴改成实报实销。').waitFor();
    assert.equal(await howMany(button(officer, 'selection-announce')), 0);
    await button(officer, 'condition-check').click();
    await main(officer).getByText(word('condition-met'), { exact: true }).waitFor();

    // the words of the notice are there, whole
    const body = await field(officer, 'body').inputValue();
    assert.match(body, pattern('selection-notice-lead-review-only'));
    assert.ok(body.includes('楼下的共享工具间') && !body.includes('屋顶花园'), body);
    await fine(officer, how);
    await field(officer, 'title').fill('');
    await button(officer, 'selection-announce').click();
    await main(officer).getByRole('alert').first().waitFor();
    await field(officer, 'title').fill(`入选名单 ${how.width} 甲`);
    await button(officer, 'selection-announce').click();
    await main(officer).getByText(word('selection-wait-notice')).waitFor();
    await fine(officer, how);

    // there is a mistake in it: withdrawn with a reason, and posted anew
    await main(officer).getByRole('link', { name: `入选名单 ${how.width} 甲` }).click();
    await fold(officer, 'notice-withdraw').click();
    await field(officer, 'reason').fill('金额写错了');
    await button(officer, 'notice-withdraw').click();
    await main(officer).getByText(word('notice-was-withdrawn')).first().waitFor();
    await officer.goto(`${path}/selection`);
    assert.match(await seen(main(officer)), pattern('selection-notice-withdrawn'));
    assert.ok((await seen(main(officer))).includes('金额写错了'));
    await fine(officer, how);
    await field(officer, 'title').fill(`入选名单 ${how.width} 乙`);
    await button(officer, 'selection-announce').click();
    await main(officer).getByText(word('selection-wait-notice')).waitFor();

    // anybody reads the notice, the whole list, and why a project is not on it
    const stranger = await here.visit(how);
    await stranger.goto(path);
    await link(stranger, 'season-see-list').first().click();
    await main(stranger).getByRole('link', { name: `入选名单 ${how.width} 乙` }).click();
    await stranger.getByRole('heading', { level: 1, name: `入选名单 ${how.width} 乙` }).waitFor();
    assert.ok((await seen(main(stranger))).includes('楼下的共享工具间'));
    await fine(stranger, how);
    await link(stranger, 'notice-whole-list').click();
    const told = await seen(main(stranger));
    for (const key of ['selection-why-approved', 'selection-why-below-pass', 'selection-why-money']) assert.match(told, pattern(key));
    await fine(stranger, how);
    await main(stranger).getByRole('link', { name: '屋顶花园' }).click();
    assert.match(await seen(main(stranger)), pattern('selection-why-money'));
    await fine(stranger, how);
    await link(stranger, 'selection-see-review').click();
    await stranger.getByRole('heading', { level: 1, name: '屋顶花园' }).waitFor();
    assert.ok((await seen(main(stranger))).includes('70'), 'the points stand there');
  });
});
