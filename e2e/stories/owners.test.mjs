// The owners of a building are asked about its wall: a worker notes ten visits at doors without a network, and they count
// once; two typists read a paper differently and a third decides; who has three flats is one head; and what was decided
// about the lifts in 2019 is told by the law of its time and by today's. An owner of three flats votes for each, another one
// by the code of a letter, and where the city has its own system they only say what they think.

import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';

import { house } from '../house.mjs';
import { axeFindings, howMany, layoutFaults, pattern, seen, word } from '../lib.mjs';

const here = house();
afterEach(() => here.done());

const desk = { width: 1280, js: false };
const phone = { width: 360 };
const wall = '6 号楼外墙修补';
const lifts = '新康园二十部电梯更换和大修';
const doors = '1 号楼换单元门和门禁';
const gate = '南门改成只走人';

const main = (page) => page.getByRole('main');
const button = (page, key) => main(page).getByRole('button', { name: word(key), exact: true });

async function fine(page) {
  assert.deepEqual(await layoutFaults(page), []);
  assert.deepEqual(await axeFindings(page), []);
}

async function press(page, what) {
  const sent = (response) => response.request().method() === 'POST';
  const [answer] = await Promise.all([page.waitForResponse(sent), page.waitForEvent('framenavigated'), what.click()]);
  await page.waitForLoadState();
  return answer.status();
}

// The page of a round, found from the list.
async function round(page, title) {
  await page.goto('/rounds');
  await main(page).getByRole('link', { name: title }).first().click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  return new URL(page.url()).pathname;
}

// Types a paper, with scripts or without.
async function types(page, path, unit, choice) {
  await page.goto(`${path}/papers`);
  await main(page).locator('[name=unit]').fill(unit);
  await main(page).getByLabel(word(`ballot-choice-${choice}`), { exact: true }).check();
  return press(page, button(page, 'papers-typed-send'));
}

const figure = async (page, key) => {
  const cell = main(page).locator('dl.figures > div').filter({ has: page.getByText(word(key), { exact: true }) });
  return seen(cell.locator('dd').first());
};

describe('the owners are asked', () => {
  it('ten visits wait for the network and count once', async () => {
    const worker = await here.as('officer', phone);
    const path = await round(worker, wall);
    await worker.goto(`${path}/doors`);
    await fine(worker);
    const taps = worker.locator('[data-tap]');
    await worker.context().setOffline(true);
    const results = ['agrees', 'agrees', 'agrees', 'refuses', 'undecided', 'nobody', 'nobody', 'come-back', 'no-talk', 'agrees'];
    for (const [at, result] of results.entries()) {
      await taps.nth(at).locator('[name=result]').selectOption(result);
      await taps.nth(at).getByRole('button').click();
    }
    const waits = pattern('doors-taps-waiting').exec(await seen(worker.locator('#taps')));
    assert.equal(waits?.[1], '10', 'they wait on the phone');
    await worker.context().setOffline(false);
    await worker.locator('#taps').waitFor({ state: 'hidden' });
    await worker.goto(`${path}/board`);
    await fine(worker);
    assert.equal(await figure(worker, 'round-count-visits'), '10');
    assert.equal(await figure(worker, 'board-reached'), '8');
    assert.equal(await figure(worker, 'board-agrees'), '4');
    // what the phone has sent is not sent again
    await worker.goto(`${path}/doors`);
    await worker.waitForTimeout(4_500);
    await worker.goto(`${path}/board`);
    assert.equal(await figure(worker, 'round-count-visits'), '10');
  });

  it('two typists differ and a third decides', async () => {
    const [first, second, third] = [await here.as('officer', desk), await here.as('checker', phone), await here.as('other-worker', desk)];
    const path = await round(first, wall);
    await types(first, path, '6-1-0101', 'agree');
    assert.match(await seen(main(first)), pattern('papers-typed-said-once'));
    assert.equal(await types(first, path, '6-1-0101', 'disagree'), 403, 'not the same hands twice');
    await types(second, path, '6-1-0101', 'disagree');
    assert.match(await seen(main(second)), pattern('papers-typed-said-differ'));
    await fine(second);
    await types(third, path, '6-1-0101', 'agree');
    assert.match(await seen(main(third)), pattern('papers-typed-said-counted'));
    assert.equal(await types(third, path, '6-1-0101', 'agree'), 409, 'one ballot a unit');
  });

  it('who has three flats is one head, and the law is that of the time', async () => {
    const officer = await here.as('officer', desk);
    const path = await round(officer, lifts);
    await officer.goto(`${path}/sheet`);
    const sheet = await seen(main(officer));
    assert.match(sheet, /2\/3/, 'two thirds of all, as the law of 2019 asks');
    assert.ok(sheet.includes(word('sheet-today')) && sheet.includes('民法典'), 'what today would say');
    const stranger = await here.visit(phone);
    await stranger.goto(`${path}/sheet`);
    await fine(stranger);
    assert.ok(!/吴|沈|陆/.test(await seen(main(stranger))), 'nobody is named');
    const place = await officer.request.get(`${here.url}/api/v1${path}`).then((answer) => answer.json());
    assert.equal(place.units, 440);
    // 438 flats are sold, three of them to one owner; two are the developer's
    assert.equal(place.outcome.heads.all, 437);
    await officer.goto(`/registers/${place.place}`);
    assert.equal(await howMany(main(officer).getByText(word('register-one-head'), { exact: true })), 1);
    const walking = await here.as('officer', phone);
    await walking.goto(`/registers/${place.place}`);
    await fine(walking);
  });

  it('an owner of three flats is told that they are one head, votes for each, and finds a receipt', async () => {
    const owner = await here.as('owner', phone);
    const path = await round(owner, doors);
    await main(owner).getByRole('link', { name: word('round-vote'), exact: true }).click();
    await owner.getByRole('heading', { level: 1, name: word('round-vote') }).waitFor();
    const told = pattern('own-one-head-how').exec(await seen(main(owner)));
    assert.equal(told?.[1], '3');
    await fine(owner);
    const flats = main(owner).locator('section').filter({ has: owner.getByRole('button', { name: word('vote-online-cast') }) });
    assert.equal(await howMany(flats), 3);
    await flats.first().getByLabel(word('ballot-choice-agree'), { exact: true }).check();
    assert.equal(await press(owner, flats.first().getByRole('button', { name: word('vote-online-cast') })), 200);
    assert.match(await seen(main(owner)), pattern('vote-online-done'));
    await fine(owner);
    const number = /1-[0-9a-z]{20}/.exec(await seen(main(owner).locator('.receipt')))?.[0];
    assert.ok(number, 'a number to keep');
    // anybody with the number finds the ballot; what it says is told once the result is posted
    const stranger = await here.visit(desk);
    await stranger.goto(`${path}/receipt/${number}`);
    const receipt = await seen(main(stranger));
    assert.ok(receipt.includes(word('own-receipt-taken')) && !receipt.includes(word('ballot-choice-agree')), receipt);
    await stranger.goto(`${path}/receipt/1-${'0'.repeat(20)}`);
    assert.ok((await seen(main(stranger))).includes(word('vote-receipt-not')));
  });

  it('an owner without an account votes by the code of a letter from the desk', async () => {
    const worker = await here.as('other-worker', desk);
    const path = await round(worker, doors);
    await main(worker).getByRole('link', { name: word('vote-letters-title'), exact: true }).click();
    await main(worker).locator('[name=unit]').fill('1-2-0301');
    await press(worker, button(worker, 'poll-desk-code'));
    const code = /[0-9A-Z]{4}(-[0-9A-Z]{4}){3}/.exec(await seen(main(worker)))?.[0];
    assert.ok(code, 'a code on the paper');
    const owner = await here.visit(phone);
    await owner.goto(`${path}/vote`);
    await fine(owner);
    const vote = async (typed) => {
      await main(owner).locator('[name=code]').fill(typed);
      await main(owner).getByLabel(word('ballot-choice-disagree'), { exact: true }).check();
      return press(owner, button(owner, 'vote-online-cast'));
    };
    assert.equal(await vote('ABCD-EFGH-JKMN-PQRS'), 422);
    assert.ok((await seen(main(owner))).includes(word('field-code-unknown')));
    assert.equal(await vote(code.toLowerCase().replaceAll('-', ' ')), 200);
    assert.match(await seen(main(owner)), /1-2-0301/);
    await fine(owner);
  });

  it('where the city has its own system, an owner answers the intent survey, which is no vote', async () => {
    const owner = await here.as('owner', phone);
    const path = await round(owner, gate);
    await owner.goto(`${path}/vote`);
    assert.ok((await seen(main(owner))).includes(word('vote-online-not-here')));
    await owner.goto(`${path}/survey`);
    const first = await seen(main(owner));
    assert.ok(first.trimStart().startsWith(word('survey-no-vote')), 'its first line says so');
    assert.equal(pattern('own-one-head-survey').exec(first)?.[1], '3');
    await fine(owner);
    const flat = main(owner).locator('section').filter({ has: owner.getByRole('heading', { name: '1-1-0101' }) });
    await flat.getByLabel(word('survey-undecided'), { exact: true }).check();
    assert.equal(await press(owner, flat.getByRole('button', { name: word('survey-send') })), 200);
    assert.match(await seen(main(owner)), pattern('survey-done'));
    // the residents' committee has the notice, and who comes from it is noted
    const officer = await here.as('officer', desk);
    await officer.goto(path);
    const page = await seen(main(officer));
    assert.ok(page.includes(word('committee-heard')) && page.includes(word('committee-nobody-came')), page);
    await main(officer).getByText(word('committee-do-came'), { exact: true }).first().click();
    await main(officer).locator('[name=delegate]').fill('居委会主任');
    await press(officer, button(officer, 'committee-do-came'));
    const after = await seen(main(officer));
    assert.ok(after.includes('居委会主任') && !after.includes(word('committee-nobody-came')), after);
    await owner.goto(path);
    const outside = await seen(main(owner));
    assert.ok(outside.includes(word('committee-somebody-came')) && !outside.includes('居委会主任'));
  });
});
