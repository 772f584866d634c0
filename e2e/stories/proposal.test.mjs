// A resident writes a proposal with a wrong budget, is told row by row what is wrong, mends it; a coach writes a note; the
// office checks it, and it is a project that everybody sees.

import assert from 'node:assert/strict';
import { afterEach, describe } from 'node:test';

import { house, twice } from '../house.mjs';
import { axeFindings, layoutFaults, pattern, seen, word } from '../lib.mjs';

const here = house();
afterEach(() => here.done());

const main = (page) => page.getByRole('main');
const button = (page, key) => main(page).getByRole('button', { name: word(key), exact: true });
const link = (page, key) => main(page).getByRole('link', { name: word(key), exact: true });
const field = (page, name) => page.locator(`#f-${name}`);

async function fine(page, how) {
  assert.deepEqual(await layoutFaults(page), []);
  if (how.js) assert.deepEqual(await axeFindings(page), []);
}

// A season of the fund, moved on until proposals are taken.
async function season(officer, name) {
  await officer.goto('/seasons/new');
  await field(officer, 'template').selectOption('self-governance-fund');
  await field(officer, 'name').fill(name);
  await field(officer, 'budget').fill('500000');
  await button(officer, 'season-open').click();
  await officer.waitForURL((url) => url.pathname !== '/seasons/new');
  const path = new URL(officer.url()).pathname.split('/').slice(0, 3).join('/');
  for (const stage of ['ideas', 'screening', 'proposals']) {
    await officer.goto(`${path}/plan`);
    const next = pattern('season-advance-to').source.replace(/\[.*\]\*$/, '').split('[')[0];
    await main(officer).getByRole('button', { name: new RegExp(`^${next}.*${word(`stage-${stage}`)}`) }).click();
    await officer.waitForLoadState();
  }
  return path;
}

async function row(page, n, [kind, what, quantity, price]) {
  await field(page, `line-${n}-kind`).selectOption(kind);
  await field(page, `line-${n}-what`).fill(what);
  await field(page, `line-${n}-quantity`).fill(quantity);
  await field(page, `line-${n}-price`).fill(price);
}

async function fill(page, title) {
  await field(page, 'title').fill(title);
  await field(page, 'summary').fill('把六层楼道变成孩子们的画廊。');
  await field(page, 'place').selectOption({ index: 1 });
  await field(page, 'field').selectOption('stairwells');
  await field(page, 'tier').selectOption('seedling');
  for (const n of [1, 2, 3, 4, 5]) await field(page, `answer-${n}`).fill('问过三十户，大家都愿意。');
  await field(page, 'answer-6').fill('120');
}

describe('a proposal', () => {
  twice('is written, mended, coached and checked', async (how) => {
    const title = `楼道美术馆 ${how.width}`;
    const officer = await here.as('officer', how);
    const path = await season(officer, `自治金 ${how.width}`);

    // the resident begins, and types letters into the budget
    const author = await here.as('resident', how);
    await author.goto(`${path}/proposals`);
    await fine(author, how);
    await link(author, 'proposal-new').click();
    await field(author, 'title').fill(title);
    await button(author, 'proposal-begin').click();
    await author.waitForURL('**/edit');
    const page = new URL(author.url()).pathname.replace(/\/edit$/, '');
    await fill(author, title);
    await row(author, 1, ['materials', '颜料和画框', '一百', '55.5']);
    await row(author, 2, ['volunteers', '志愿者用餐', '10', '80']);
    await button(author, 'proposal-rows-add').click();
    await field(author, 'line-20-kind').waitFor({ state: 'attached' });
    assert.equal(await field(author, 'line-1-quantity').inputValue(), '一百', 'more rows keep what was typed');
    await button(author, 'proposal-submit').click();
    const alert = main(author).getByRole('alert');
    await alert.waitFor();
    const told = await seen(alert);
    for (const key of ['field-not-a-count', 'field-volunteer-over']) assert.match(told, pattern(key));
    assert.equal(await field(author, 'line-1-quantity').inputValue(), '一百', 'what was typed stays');
    await fine(author, how);

    // a coach reads it
    await officer.goto(`${page}/coaching`);
    await field(officer, 'person').selectOption({ label: `罗成 · ${word('role-worker')}` });
    await button(officer, 'coaching-coach-name').click();
    await main(officer).getByText('罗成', { exact: true }).waitFor();
    const coach = await here.as('other-worker', how);
    await coach.goto(`${page}/coaching`);
    await field(coach, 'answer-goal').selectOption('partly');
    await button(coach, 'coaching-answers-send').click();
    await main(coach).getByText(word('coaching-done')).waitFor();
    await field(coach, 'words').fill('题目很好，数量请写数字。');
    await button(coach, 'coaching-note-send').click();
    await main(coach).getByText('题目很好，数量请写数字。').waitFor();
    await fine(coach, how);

    // the author reads the note, mends the budget and submits
    await author.goto(`${page}/coaching`);
    assert.match(await seen(main(author)), /题目很好，数量请写数字。/);
    await author.goto(`${page}/edit`);
    await field(author, 'line-1-quantity').fill('100');
    await field(author, 'line-2-price').fill('50');
    await button(author, 'proposal-submit').click();
    await main(author).getByText(word('proposal-done-submit')).waitFor();
    await fine(author, how);
    await link(author, 'proposal-versions').click();
    await main(author).locator('ins').first().waitFor();
    await fine(author, how);

    // nobody else knows of it before the office has checked it
    const stranger = await here.visit(how);
    assert.equal((await stranger.goto(page)).status(), 404);
    await officer.goto(page);
    await button(officer, 'proposal-accept').click();
    await main(officer).getByText(word('proposal-done-accept')).waitFor();
    await fine(officer, how);
    await stranger.goto(`${path}/proposals`);
    await main(stranger).getByRole('link', { name: title }).click();
    await stranger.getByRole('heading', { level: 1, name: title }).waitFor();
    assert.ok(!(await stranger.content()).includes('吴桂芳'), 'the author is not named to the public');
    assert.equal((await stranger.goto(`${page}/coaching`)).status(), 403, 'the notes are not public yet');
    await stranger.goto(`${page}/print`);
    await stranger.getByRole('heading', { level: 2, name: title }).waitFor();
    await fine(stranger, how);
  });
});
