// A resident posts an idea and sees it listed. An empty form keeps what was typed and names the fields; a double tap
// posts once; nothing of it needs a script. Whoever is not signed in is led there and back.

import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';

import { house, twice } from '../house.mjs';
import { axeFindings, layoutFaults, seen, signIn, word } from '../lib.mjs';

const here = house();
afterEach(() => here.done());

const field = (page, key) => page.getByLabel(word(key));
const send = (page) => page.getByRole('button', { name: word('idea-send') });

// From the first page to the form, by links only.
async function toForm(page) {
  await page.goto('/');
  await page.getByRole('main').getByRole('link', { name: word('idea-new') }).first().click();
  await send(page).waitFor();
}

async function titled(page, title) {
  return page.getByRole('main').getByRole('heading', { name: title, exact: true }).count();
}

describe('a resident', () => {
  twice('posts an idea and sees it listed', async (how) => {
    const page = await here.as('resident', how);
    await toForm(page);
    const title = `14 号楼前的长椅 & <b>遮阳棚</b> ${how.width}`.slice(0, 60);
    await field(page, 'idea-field-title').fill(title);
    await field(page, 'idea-field-body').fill('老人接孩子时有地方坐。\n木头的，冬天不凉。');
    await field(page, 'idea-field-name').fill('刘阿姨');
    await send(page).click();
    await page.getByText(word('idea-thanks')).waitFor();
    assert.match(await seen(page.getByRole('main')), /刘阿姨/);
    const link = page.getByRole('main').getByRole('link', { name: title }).first();
    await link.click();
    await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
    assert.match(await seen(page.getByRole('main')), /木头的，冬天不凉。/);
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
    assert.equal(await send(page).count(), 0);
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
