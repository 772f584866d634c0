// Somebody without a telephone brings a note to the desk. The worker types it in for her and prints the slip; its number
// leads anybody to what became of it, and says nobody's name.

import assert from 'node:assert/strict';
import { afterEach, describe } from 'node:test';

import { house, twice } from '../house.mjs';
import { axeFindings, howMany, layoutFaults, seen, word } from '../lib.mjs';

const here = house();
afterEach(() => here.done());

describe('a worker at the desk', () => {
  twice('types in a paper note and prints the slip; the number looks up', async (how) => {
    const name = how.js ? '石秀兰' : '柏有根';
    const title = `给楼道装一个折叠凳 ${how.width}`;
    const worker = await here.as('worker', how);
    await worker.goto('/desk');
    await worker.getByLabel(word('desk-name'), { exact: true }).fill(name);
    await worker.getByLabel(word('desk-shown')).selectOption('known-in-person');
    await worker.getByLabel(word('source-paper'), { exact: true }).check();
    await worker.getByRole('button', { name: word('desk-begin'), exact: true }).click();
    await worker.getByRole('heading', { level: 1, name: word('desk-what') }).waitFor();
    const main = worker.getByRole('main');
    assert.match(await seen(main), new RegExp(name));
    await main.getByRole('link', { name: word('desk-intake-idea') }).click();
    await main.locator('a[href*="desk="]').first().click();
    await worker.getByText(word('desk-for-another')).waitFor();
    await worker.getByLabel(word('idea-field-title'), { exact: true }).fill(title);
    await worker.getByLabel(word('idea-field-body'), { exact: true }).fill('上楼歇一歇，五楼以上的老人都说好。');
    await worker.getByRole('button', { name: word('idea-send'), exact: true }).click();

    await worker.waitForURL('**/receipts/*');
    const number = decodeURIComponent(new URL(worker.url()).pathname.split('/').at(-1));
    const slip = await seen(main);
    assert.ok(slip.includes(number), `the number ${number} stands on the slip: ${slip}`);
    assert.ok(slip.includes(title) && slip.includes(word('source-paper')) && slip.includes(name), slip);
    assert.ok((await howMany(main.locator('svg'))) > 0, 'a code to hold a telephone over');
    assert.deepEqual(await layoutFaults(worker), []);
    if (how.js) assert.deepEqual(await axeFindings(worker), []);
    // on paper: the slip without the frame
    await worker.emulateMedia({ media: 'print' });
    assert.equal(await worker.getByRole('navigation').first().isVisible(), false, 'no navigation on paper');
    assert.ok(await worker.getByText(number).first().isVisible());

    // her daughter looks it up at home, as one hears numbers: in small letters and without dashes
    const daughter = await here.visit(how);
    await daughter.goto('/receipts');
    await daughter.getByLabel(word('receipt-your-number')).fill(number.toLowerCase().replaceAll('-', ''));
    await daughter.getByLabel(word('receipt-your-number')).press('Enter');
    await daughter.waitForURL('**/receipts/*');
    const told = await seen(daughter.getByRole('main'));
    assert.ok(told.includes(title), told);
    assert.ok(!told.includes(name), 'the name is only for the desk');
    await daughter.getByRole('link', { name: word('receipt-page-open') }).click();
    await daughter.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
    assert.ok(!(await seen(daughter.getByRole('main'))).includes(name));
    // a slip of the pen is told, not guessed
    await daughter.goto('/receipts');
    const wrong = number.replace(/\d(?=-)/, (digit) => String((Number(digit) + 1) % 10));
    await daughter.getByLabel(word('receipt-your-number')).fill(wrong);
    await daughter.getByLabel(word('receipt-your-number')).press('Enter');
    await daughter.getByText(word('receipt-wrong-number')).waitFor();
  });

  twice('is the only one there: a resident is refused', async (how) => {
    const resident = await here.as('resident', how);
    const answer = await resident.goto('/desk');
    assert.equal(answer.status(), 403);
    assert.match(await seen(resident.getByRole('main')), new RegExp(word('problem-403-title')));
  });
});
