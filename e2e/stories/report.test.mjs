// A neighbour of seventy reports a lamp that does not burn, in few taps, and keeps a number. The worker of her community
// sees it and answers; she is asked whether it is good now, and says so.

import assert from 'node:assert/strict';
import { afterEach, describe } from 'node:test';

import { house, twice } from '../house.mjs';
import { axeFindings, layoutFaults, seen, signIn, word } from '../lib.mjs';

// from the first page to the number, with signing in and typing aside
const MOST_TAPS = 4;

const here = house();
afterEach(() => here.done());

const main = (page) => page.getByRole('main');

describe('a resident of seventy', () => {
  twice('reports a broken lamp, is answered, and grades', async (how) => {
    const title = `三号楼东门的路灯不亮 ${how.width}`;
    const resident = await here.as('resident', how);
    await resident.goto('/');
    let taps = 0;
    const tap = async (locator) => {
      taps += 1;
      await locator.click();
    };
    await tap(resident.getByRole('navigation').getByRole('link', { name: word('nav-matters'), exact: true }).first());
    await tap(main(resident).getByRole('link', { name: word('matter-new') }).first());
    await resident.getByLabel(word('matter-field-place')).fill('槐树里社区');
    await resident.getByLabel(word('matter-field-title')).fill(title);
    await tap(resident.getByRole('button', { name: word('matter-send'), exact: true }));
    await resident.getByText(word('matter-thanks'), { exact: true }).waitFor();
    assert.ok(taps <= MOST_TAPS, `${taps} taps`);

    // a number to say on the telephone, and the line of what happens
    const number = /\d{4,}-?\d+|\d+-\d+-?\d*/.exec(await seen(main(resident).locator('.receipt').first()))?.[0];
    assert.ok(number, `no number in ${await seen(main(resident))}`);
    const thread = resident.locator('section', { has: resident.getByRole('heading', { name: word('thread-title') }) });
    assert.match(await seen(thread), new RegExp(word('matter-step-opened')));
    assert.deepEqual(await layoutFaults(resident), []);
    if (how.js) assert.deepEqual(await axeFindings(resident), []);

    // the worker finds it by the number and answers
    const worker = await here.as('worker', how);
    await worker.goto('/matters');
    await worker.getByLabel(word('matters-search')).fill(number);
    await worker.getByLabel(word('matters-search')).press('Enter');
    await main(worker).getByRole('link', { name: title }).click();
    await worker.getByRole('heading', { level: 1, name: title }).waitFor();
    await worker.locator('summary', { hasText: word('matter-answer') }).click();
    const form = worker.locator('form[action$="/answer"]');
    await form.getByLabel(word('matter-outcome')).selectOption({ label: word('matter-outcome-solved') });
    await form.locator('textarea').fill('换了灯泡，昨晚亮了。');
    await worker.getByRole('button', { name: word('matter-answer-send'), exact: true }).click();
    await worker.getByText('换了灯泡，昨晚亮了。').waitFor();

    // she is asked, and grades
    await resident.goto(new URL(resident.url()).pathname);
    await resident.getByRole('heading', { name: word('matter-grade-title') }).waitFor();
    assert.match(await seen(main(resident)), /换了灯泡，昨晚亮了。/);
    await resident.getByLabel(word('matter-grade-good'), { exact: true }).check();
    await resident.getByRole('button', { name: word('matter-grade-send') }).click();
    await resident.waitForLoadState();
    const graded = resident.locator('dt', { hasText: new RegExp(`^${word('matter-grade-good')}$`) }).locator('xpath=following-sibling::dd[1]');
    assert.equal(await seen(graded), '1');

    // who passes by sees that, and not her name
    const stranger = await here.visit(how);
    await stranger.goto(new URL(resident.url()).pathname);
    const told = await seen(main(stranger));
    assert.match(told, /换了灯泡，昨晚亮了。/);
    assert.ok(!told.includes('吴桂芳'), 'her whole name is not public');
  });

  twice('is asked to come in before reporting, and comes back to the form', async (how) => {
    const page = await here.visit(how);
    await page.goto('/matters/new');
    await signIn(page, 'neighbour', { here: true });
    await page.getByRole('button', { name: word('matter-send'), exact: true }).waitFor();
    assert.equal(new URL(page.url()).pathname, '/matters/new');
  });
});

describe('who works on a matter', () => {
  twice('finds each field by its own label', async (how) => {
    const worker = await here.as('worker', how);
    await worker.goto('/matters');
    await main(worker).getByRole('link', { name: '广场舞音响太吵' }).click();
    await worker.locator('summary', { hasText: word('matter-answer') }).click();
    const field = worker.getByLabel(word('matter-answer-words'));
    assert.equal(await field.evaluate((area) => area.closest('form').action.endsWith('/answer')), true, 'the label of the answer leads to the answer');
    assert.deepEqual(await layoutFaults(worker), []);
  });
});

describe('what is due', () => {
  twice('shows the worker the answer that is late, first', async (how) => {
    const worker = await here.as('worker', how);
    await worker.goto('/');
    await worker.getByRole('navigation').getByRole('link', { name: word('nav-due'), exact: true }).first().click();
    await worker.getByRole('heading', { level: 1, name: word('due-title') }).waitFor();
    const first = main(worker).locator('a[href^="/duties/"]').first();
    await first.click();
    await worker.getByRole('heading', { level: 1 }).waitFor();
    assert.match(await seen(main(worker)), new RegExp(word('duty-due')));
    await main(worker).locator('a[href^="/matters/"]').first().click();
    await worker.locator('summary', { hasText: word('matter-answer') }).waitFor();
  });
});
