// A resident posts an idea with a photo, sees it listed and by when it is answered; the office answers; a neighbour
// supports it and says a word. An empty form keeps what was typed and names the fields; a double tap
// posts once; nothing of it needs a script. Whoever is not signed in is led there and back.

import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';

import { house, twice } from '../house.mjs';
import { axeFindings, howMany, layoutFaults, pattern, seen, signIn, word } from '../lib.mjs';

const here = house();
afterEach(() => here.done());

// 16 by 12 green pixels
const photo = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAIAAADkharWAAAAFUlEQVR42mOI6rEhCTGMahjVgB0BAPBj2YE40E+QAAAAAElFTkSuQmCC', 'base64');

const field = (page, key) => page.getByLabel(word(key));
const send = (page) => page.getByRole('button', { name: word('idea-send') });

// From the first page to the form, by links only.
async function toForm(page) {
  await page.goto('/');
  await page.getByRole('main').getByRole('link', { name: word('idea-new') }).first().click();
  await send(page).waitFor();
}

async function titled(page, title) {
  return howMany(page.getByRole('main').getByRole('heading', { name: title, exact: true }));
}

describe('a resident', () => {
  twice('posts an idea with a photo; the office answers, a neighbour supports it', async (how) => {
    const page = await here.as('resident', how);
    await toForm(page);
    const title = `14 号楼前的长椅 & <b>遮阳棚</b> ${how.width}`.slice(0, 60);
    await field(page, 'idea-field-title').fill(title);
    await field(page, 'idea-field-body').fill('老人接孩子时有地方坐。\n木头的，冬天不凉。');
    await page.locator('#idea-form input[type=file]').setInputFiles({ name: '树下.png', mimeType: 'image/png', buffer: photo });
    // a name cannot be typed, only left out
    assert.equal(await howMany(page.locator('#idea-form input[name=author]')), 0);
    await page.getByLabel(word('idea-nameless')).check();
    await send(page).click();
    await page.getByText(word('idea-thanks')).waitFor();
    assert.match(await seen(page.getByRole('main')), pattern('idea-promise'));
    await page.getByRole('main').getByRole('link', { name: title }).first().click();
    await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
    const told = await seen(page.getByRole('main'));
    assert.match(told, /木头的，冬天不凉。/);
    assert.match(told, new RegExp(word('idea-by-resident')));
    const small = await page.locator('.photos img').first().getAttribute('src');
    assert.equal((await page.request.get(here.url + small)).headers()['content-type'], 'image/jpeg');
    assert.deepEqual(await layoutFaults(page), []);
    if (how.js) assert.deepEqual(await axeFindings(page), []);
    const path = new URL(page.url()).pathname;

    const neighbour = await here.as('neighbour', how);
    await neighbour.goto(path);
    await neighbour.getByRole('button', { name: word('idea-support'), exact: true }).click();
    await neighbour.getByRole('button', { name: word('idea-unsupport'), exact: true }).waitFor();
    await neighbour.getByLabel(word('idea-comment-words')).fill('可以离垃圾桶远一点。');
    await neighbour.getByRole('button', { name: word('idea-comment-send'), exact: true }).click();
    await neighbour.getByText('可以离垃圾桶远一点。').waitFor();

    const officer = await here.as('officer', how);
    await officer.goto(path.replace(/\/[^/]+$/, '/work'));
    assert.deepEqual(await layoutFaults(officer), []);
    if (how.js) assert.deepEqual(await axeFindings(officer), []);
    await officer.goto(path);
    await officer.locator('summary', { hasText: word('idea-answer-it') }).click();
    const form = officer.locator('form[action$="/answer"]');
    await form.getByLabel(word('idea-field-outcome')).selectOption({ label: word('idea-outcome-taken-up') });
    await form.locator('textarea').fill('下周去现场看位置。');
    await officer.getByRole('button', { name: word('idea-answer-send'), exact: true }).click();
    await officer.getByText('下周去现场看位置。').first().waitFor();
    await page.goto(path);
    const answered = await seen(page.getByRole('main'));
    for (const part of ['下周去现场看位置。', word('idea-outcome-taken-up'), '可以离垃圾桶远一点。']) assert.ok(answered.includes(part), part);
    assert.deepEqual(await layoutFaults(page), []);
  });

  twice('sends an empty form: what was typed stays, the fields are named', async (how) => {
    const page = await here.as('resident', how);
    await toForm(page);
    const body = '只写了想法，\n忘了标题。';
    await field(page, 'idea-field-body').fill(body);
    const answered = page.waitForResponse((response) => response.request().method() === 'POST');
    await send(page).click();
    assert.equal((await answered).status(), 422);
    await send(page).waitFor();
    assert.equal(await field(page, 'idea-field-body').inputValue(), body);
    const title = field(page, 'idea-field-title');
    assert.equal(await title.getAttribute('aria-invalid'), 'true');
    assert.notEqual(await field(page, 'idea-field-body').getAttribute('aria-invalid'), 'true');
    // the summary leads to the field by its name
    await page.getByRole('main').getByRole('link', { name: word('idea-field-title') }).first().click();
    assert.equal(await title.evaluate((input) => input === document.activeElement || `#${input.id}` === location.hash), true);
    assert.deepEqual(await layoutFaults(page), []);
    if (how.js) assert.deepEqual(await axeFindings(page), []);
    // and goes on from there
    await title.fill(`补上的标题 ${how.width}`);
    await send(page).click();
    await page.getByText(word('idea-thanks')).waitFor();
  });

  twice('taps twice and has posted once', async (how) => {
    const page = await here.as('resident', how);
    await toForm(page);
    const title = `点了两下 ${how.width}`;
    await field(page, 'idea-field-title').fill(title);
    await field(page, 'idea-field-body').fill('手快了。');
    await send(page).dblclick();
    await page.getByText(word('idea-thanks')).waitFor();
    await page.goto(new URL(page.url()).pathname);
    assert.equal(await titled(page, title), 1);
  });

  twice('is led to sign in first, and back to the form', async (how) => {
    const page = await here.visit(how);
    await page.goto('/');
    await page.getByRole('main').getByRole('link', { name: word('idea-new') }).first().click();
    await page.getByText(word('idea-before')).waitFor();
    assert.equal(await howMany(send(page)), 0);
    await page.getByRole('main').getByRole('link', { name: word('idea-sign-in') }).click();
    await signIn(page, how.js ? 'neighbour' : 'stairwell-head', { here: true });
    await send(page).waitFor();
    assert.match(new URL(page.url()).pathname, /\/ideas$/);
  });
});

describe('the same form', () => {
  it('sent five times at once posts once', async () => {
    const page = await here.as('resident');
    await toForm(page);
    const action = await page.locator('form', { has: send(page) }).getAttribute('action');
    const once = await page.locator('input[name=once]').inputValue();
    const csrf = await page.locator('main input[name=csrf]').first().inputValue();
    const form = { title: '五次一起来', body: '网络不好，点了五次。', author: '', desk: '', once, csrf };
    const headers = { origin: here.url };
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => page.request.post(here.url + action, { form, headers })));
    const statuses = answers.map((answer) => answer.status());
    assert.ok(statuses.every((status) => status === 200 || status === 409), statuses.join());
    assert.ok(statuses.includes(200));
    await page.goto(action);
    assert.equal(await titled(page, form.title), 1);
  });

  it('from another site is refused', async () => {
    const page = await here.as('resident');
    await toForm(page);
    const action = await page.locator('form', { has: send(page) }).getAttribute('action');
    const csrf = await page.locator('main input[name=csrf]').first().inputValue();
    const form = { title: '来自别处', body: '不该收下。', author: '', desk: '', once: 'foreign', csrf };
    const answer = await page.request.post(here.url + action, { form, headers: { origin: 'https://elsewhere.example' } });
    assert.equal(answer.status(), 403);
    await page.goto(action);
    assert.equal(await titled(page, form.title), 0);
  });

  it('without the hidden token is not taken', async () => {
    const page = await here.as('resident');
    await toForm(page);
    const action = await page.locator('form', { has: send(page) }).getAttribute('action');
    const form = { title: '没有令牌', body: '不该收下。', author: '', desk: '', once: 'bare' };
    const answer = await page.request.post(here.url + action, { form, headers: { origin: here.url } });
    assert.notEqual(answer.status(), 200);
    await page.goto(action);
    assert.equal(await titled(page, form.title), 0);
  });
});
