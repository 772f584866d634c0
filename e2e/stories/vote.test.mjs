// A resident votes on a phone in a few taps, changes the ballot, and keeps the receipt. Somebody without an account votes
// with a code. The office prints letters and gives out papers.

import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';

import { house, twice } from '../house.mjs';
import { axeFindings, howMany, layoutFaults, pattern, seen, word } from '../lib.mjs';

const here = house();
afterEach(() => here.done());

const main = (page) => page.getByRole('main');
const boxes = (page) => main(page).locator('input[name=choice]');
const press = (page, key) => main(page).getByRole('button', { name: word(key), exact: true }).click();

// From the first page to the ballot paper, by links only.
async function toBallot(page) {
  await page.goto('/seasons');
  await main(page).getByRole('link', { name: '2026 年秋季社区微更新' }).first().click();
  await main(page).getByRole('link', { name: word('vote-go') }).first().click();
  await page.getByRole('heading', { level: 1, name: word('ballot-title') }).waitFor();
}

const ballotOf = async (page) => (await main(page).locator('.receipt .number').innerText()).replace(/\s+/g, ' ').trim().split(' ').pop();

// one person of the demonstration for each way: who voted does not vote again
const receipts = [];
const voter = { true: 'resident', false: 'neighbour' };

describe('a resident who has signed in', () => {
  twice('votes in a few taps, changes the ballot, and keeps the receipt', async (how) => {
    const page = await here.as(voter[how.js], how);
    await toBallot(page);
    // no code is asked for
    assert.equal(await howMany(page.getByLabel(word('vote-code'))), 0);
    await boxes(page).nth(0).check();
    await boxes(page).nth(2).check();
    if (how.js) assert.match(await seen(main(page).locator('[data-most]')), pattern('vote-left'));
    if (how.js) assert.match(await seen(main(page).locator('[data-most]')), / 3 /);
    assert.deepEqual(await layoutFaults(page), []);
    if (how.js) assert.deepEqual(await axeFindings(page), []);
    await press(page, 'vote-look');
    await page.getByRole('button', { name: word('ballot-send') }).waitFor();
    assert.match(await seen(main(page)), pattern('vote-chosen'));
    // once more to the paper and back: what was ticked stays
    await press(page, 'vote-back');
    assert.equal(await boxes(page).nth(2).isChecked(), true);
    await boxes(page).nth(2).uncheck();
    await press(page, 'vote-look');
    await main(page).getByRole('button', { name: word('ballot-send') }).dblclick();
    await page.getByText(word('vote-done'), { exact: true }).waitFor();
    const first = await ballotOf(page);
    assert.deepEqual(await layoutFaults(page), []);
    if (how.js) assert.deepEqual(await axeFindings(page), []);

    // the link alone opens the ballot, also for who is not signed in
    const link = new URL(page.url());
    const other = await here.visit(how);
    await other.goto(link.pathname + link.search);
    assert.equal(await ballotOf(other), first);
    await other.locator('summary', { hasText: word('vote-change') }).click();
    await boxes(other).nth(0).uncheck();
    await boxes(other).nth(1).check();
    await press(other, 'vote-look-change');
    await press(other, 'ballot-send');
    await other.getByText(word('vote-done'), { exact: true }).waitFor();
    const second = await ballotOf(other);
    receipts.push({ ballot: second, before: first, link: link.pathname + link.search });
    assert.notEqual(second, first, 'a changed ballot has a number of its own');

    // the receipt can be looked up after the close
    const receipt = (await main(other).locator('.receipt .url').innerText()).trim();
    assert.ok(receipt.endsWith(second));
    await other.goto(new URL(receipt).pathname);
    await other.getByText(word('vote-receipt-not-yet')).waitFor();

    // and nobody votes twice
    await page.goto(link.pathname.replace('/mine', ''));
    await page.getByText(word('vote-done-already'), { exact: true }).waitFor();
    assert.equal(await howMany(boxes(page)), 0);
  });

  it('ticks too many: what was ticked stays, and the page says so', async () => {
    const page = await here.as('stairwell-head');
    await toBallot(page);
    for (let n = 0; n < 6; n++) await boxes(page).nth(n).check();
    const answered = page.waitForResponse((response) => response.request().method() === 'POST');
    await press(page, 'vote-look');
    assert.equal((await answered).status(), 422);
    assert.equal(await howMany(main(page).locator('input[name=choice]:checked')), 6);
  });
});

describe('somebody with a letter', () => {
  twice('types a code: a wrong one is named at its field, and nothing is lost', async (how) => {
    const page = await here.visit(how);
    await toBallot(page);
    await boxes(page).nth(3).check();
    const answered = page.waitForResponse((response) => response.request().method() === 'POST');
    await press(page, 'vote-look');
    assert.equal((await answered).status(), 422);
    await page.getByLabel(word('vote-code')).fill('0000-0000-0000-0000');
    await press(page, 'vote-look');
    await main(page).getByText(word('field-not-on-the-roll')).first().waitFor();
    assert.equal(await boxes(page).nth(3).isChecked(), true);
    assert.deepEqual(await layoutFaults(page), []);
  });
});

describe('the office', () => {
  it('sees counts and no names, and prints papers with numbers of their own', async () => {
    const page = await here.as('officer');
    await toBallot(page);
    await main(page).getByRole('link', { name: word('vote-roll-title') }).click();
    await page.getByText(word('vote-roll-counts')).waitFor();
    assert.deepEqual(await layoutFaults(page), []);
    assert.deepEqual(await axeFindings(page), []);
    await page.goBack();
    await main(page).getByRole('link', { name: word('papers-title') }).click();
    await press(page, 'papers-print');
    await page.getByText(word('papers-print-shuffle')).waitFor();
    const numbers = await main(page).locator('.paper strong.num').allInnerTexts();
    assert.equal(new Set(numbers).size, 20);
    assert.ok(numbers.every((number) => /^\d{10}$/.test(number)));
  });
});

// The last story of the file: it closes the vote.
describe('when the vote closes', () => {
  it('a ballot on its way is told so and kept on the page; the others are found with their proof', async () => {
    const late = await here.as('stairwell-head');
    await toBallot(late);
    await boxes(late).nth(4).check();
    const name = (await main(late).locator('.checks label').nth(4).innerText()).split('\n')[0].trim();
    await press(late, 'vote-look');
    await late.getByRole('button', { name: word('ballot-send') }).waitFor();

    const page = await here.as('officer');
    await toBallot(page);
    const vote = new URL(page.url()).pathname;
    await main(page).getByRole('link', { name: word('vote-roll-title') }).click();
    await main(page).locator('summary', { hasText: word('vote-close-title') }).click();
    await press(page, 'vote-close');

    await press(late, 'ballot-send');
    await late.getByText(word('vote-too-late'), { exact: true }).waitFor();
    assert.ok((await seen(main(late))).includes(name), 'what was chosen is still there');

    await main(page).getByRole('button', { name: word('vote-count'), exact: true }).click();
    await page.getByRole('heading', { level: 1, name: word('result-title') }).waitFor();
    // a link to change a ballot has ended; its receipt finds the ballot
    await page.goto(receipts[0].link);
    await main(page).getByText(word('vote-link-over')).waitFor();
    for (let tries = 0; tries < 20; tries++) {
      await page.goto(`${vote}/receipt/${receipts[0].ballot}`);
      if (await howMany(page.getByText(word('vote-receipt-there'), { exact: true }))) break;
      await page.waitForTimeout(500);
    }
    await page.getByText(word('vote-receipt-there'), { exact: true }).waitFor();
    assert.deepEqual(await layoutFaults(page), []);
    const proof = await main(page).getByRole('link', { name: word('ledger-file-proof') }).getAttribute('href');
    const answer = await page.request.get(here.url + proof);
    assert.equal(answer.status(), 200);
    assert.match(await answer.text(), /^c2sp.org\/tlog-proof/);
    // the one from before the change is not among the published ballots
    await page.goto(`${vote}/receipt/${receipts[0].before}`);
    await page.getByText(word('vote-receipt-not')).waitFor();
  });
});
