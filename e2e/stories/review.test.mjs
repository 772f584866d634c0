// A panel scores two projects. Who has a conflict of interest is kept out of one of them, another scores on a phone, the
// officer closes, and anybody reads what came out and where each number comes from.

import assert from 'node:assert/strict';
import { afterEach, describe } from 'node:test';

import { house, twice } from '../house.mjs';
import { axeFindings, howMany, layoutFaults, pattern, seen, word } from '../lib.mjs';

const here = house();
afterEach(() => here.done());

const main = (page) => page.getByRole('main');
const criteria = ['需求', '居民参与', '可行性', '预算合理', '创新', '可持续', '团队'];
const keys = ['need', 'participation', 'feasibility', 'budget', 'innovation', 'sustainability', 'team'];

async function send(page, method, path, data) {
  const answer = await page.request.fetch(`${here.url}/api/v1${path}`, { method, data });
  assert.ok(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`);
  return answer.status() === 204 ? null : answer.json();
}

// A season as far as the decision, with two projects: the ways there are other stories.
async function season(officer, name) {
  const [root] = await send(officer, 'GET', '/places');
  const made = await send(officer, 'POST', '/seasons', {
    place: root.id, name, budget: 5_000_000, currency: 'CNY', rule: 'greedy:cost', max_choices: 3, template: 'star-pick',
  });
  const projects = [['A1', '楼下的共享工具间', 800_000], ['A2', '银发数字课堂', 500_000]];
  await send(officer, 'POST', `/seasons/${made.id}/projects`, projects.map(([reference, title, cost]) => ({ reference, name: title, cost })));
  const { stages } = await send(officer, 'GET', `/seasons/${made.id}/plan`);
  for (const { stage } of stages.slice(1)) {
    await send(officer, 'POST', `/seasons/${made.id}/advance`, { to: stage });
    if (stage === 'deciding') break;
  }
  return `/seasons/${made.id}`;
}

async function invite(officer, path, name) {
  await officer.goto(`${path}/review`);
  await main(officer).getByRole('link', { name: word('review-run'), exact: true }).click();
  await officer.getByRole('searchbox', { name: word('review-find') }).fill(name);
  await officer.getByRole('searchbox', { name: word('review-find') }).press('Enter');
  await officer.getByLabel(new RegExp(name)).first().check();
  await officer.getByRole('button', { name: word('review-invite'), exact: true }).click();
  await main(officer).getByRole('cell', { name }).or(main(officer).getByRole('rowheader', { name })).first().waitFor();
}

async function accept(page, path) {
  await page.goto(`${path}/review`);
  await main(page).getByRole('link', { name: word('review-mine'), exact: true }).click();
  await page.getByRole('button', { name: word('review-accept'), exact: true }).click();
  await page.getByRole('heading', { name: word('review-declare-title') }).waitFor();
}

describe('a review', () => {
  twice('keeps a conflict out, is scored on a phone, closed, and read by anybody', async (how) => {
    const officer = await here.as('officer', how);
    const path = await season(officer, `星选 ${how.width}`);
    for (const name of ['何平', '许冬梅', '罗成', '吴桂芳']) await invite(officer, path, name);

    // somebody with kin in it declares that, and the sheet is not there to open
    const kin = await here.as('resident', how);
    await accept(kin, path);
    await kin.getByLabel('1 楼下的共享工具间').selectOption({ label: word('review-conflict-kin') });
    await kin.getByRole('button', { name: word('review-declare-save'), exact: true }).first().click();
    await main(kin).getByText(word('review-kept-out'), { exact: true }).waitFor();
    assert.equal((await kin.goto(`${path}/review/sheets/1`)).status(), 403);
    const put = await kin.request.fetch(`${here.url}/api/v1${path}/review/sheets/1`, {
      method: 'PUT', data: { scores: Object.fromEntries(keys.map((key) => [key, 10])) },
    });
    assert.equal(put.status(), 403, 'nor by the ways for programs');
    assert.equal((await kin.goto(`${path}/review/sheets/2`)).status(), 200, 'the other project is open');

    // another scores: a number that is too large is told, and the rest is kept
    const reviewer = await here.as('secretary', how);
    await accept(reviewer, path);
    await reviewer.getByRole('button', { name: word('review-declare-save'), exact: true }).first().click();
    await reviewer.getByRole('link', { name: word('review-next'), exact: true }).click();
    await reviewer.getByRole('heading', { level: 1, name: '楼下的共享工具间' }).waitFor();
    for (const name of criteria) await reviewer.getByLabel(name, { exact: true }).fill(name === '需求' ? '11' : '8');
    await reviewer.getByLabel(word('review-comment')).fill('做得成，看得见。');
    await reviewer.getByRole('button', { name: word('review-save'), exact: true }).click();
    assert.match(await seen(main(reviewer)), pattern('field-too-large'));
    assert.equal(await reviewer.getByLabel('团队', { exact: true }).inputValue(), '8', 'what was typed stays');
    assert.deepEqual(await layoutFaults(reviewer), []);
    if (how.js) assert.deepEqual(await axeFindings(reviewer), []);
    await reviewer.getByLabel('需求', { exact: true }).fill('9');
    await reviewer.getByRole('button', { name: word('review-save'), exact: true }).click();
    await reviewer.getByText(word('review-saved')).waitFor();
    await reviewer.getByRole('link', { name: word('review-next'), exact: true }).click();
    for (const name of criteria) await reviewer.getByLabel(name, { exact: true }).fill('6');
    await reviewer.getByRole('button', { name: word('review-save'), exact: true }).click();
    await reviewer.getByText(word('review-saved')).waitFor();

    // nobody sees a score before the end, and it does not end before the sheets are in
    const stranger = await here.visit(how);
    await stranger.goto(`${path}/review`);
    await stranger.getByText(word('review-going-note')).waitFor();
    assert.equal((await stranger.goto(`${path}/review/projects/1`)).status(), 404);
    await officer.goto(`${path}/review/run`);
    assert.equal(await howMany(officer.getByRole('button', { name: word('review-close'), exact: true })), 0);

    for (const who of ['worker', 'other-worker']) {
      const other = await here.as(who, how);
      await send(other, 'POST', `${path}/review/answer`, { accept: true });
      await send(other, 'PUT', `${path}/review/declarations`, [1, 2].map((number) => ({ number, conflict: 'none' })));
      for (const [number, each] of [[1, 7], [2, 9]]) {
        await send(other, 'PUT', `${path}/review/sheets/${number}`, { scores: Object.fromEntries(keys.map((key) => [key, each])) });
      }
    }
    await officer.goto(`${path}/review/run`);
    assert.deepEqual(await layoutFaults(officer), []);
    await officer.getByRole('button', { name: word('review-close'), exact: true }).click();
    await officer.getByRole('heading', { name: word('review-ranks') }).waitFor();

    // (60 + 90 + 90) / 3 = 80 before (82 + 70 + 70) / 3 = 74
    await stranger.goto(`${path}/review`);
    const told = await seen(main(stranger));
    assert.ok(told.indexOf('80.00') > 0 && told.indexOf('80.00') < told.indexOf('74.00'), told);
    assert.deepEqual(await layoutFaults(stranger), []);
    if (how.js) assert.deepEqual(await axeFindings(stranger), []);
    await main(stranger).getByRole('link', { name: '楼下的共享工具间' }).first().click();
    const records = await seen(main(stranger));
    assert.ok(records.includes('做得成，看得见。') && !records.includes('何平'), 'words without a name');
    assert.match(records, pattern('review-recused'));
    await stranger.goto(`${path}/review`);
    await main(stranger).getByRole('link', { name: word('review-minutes') }).first().click();
    const minutes = await seen(main(stranger));
    assert.ok(minutes.includes('何平') && minutes.includes('吴桂芳'), 'who sat is told');
    assert.deepEqual(await layoutFaults(stranger), []);
    if (how.js) assert.deepEqual(await axeFindings(stranger), []);
  });
});
