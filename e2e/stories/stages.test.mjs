// Every stage of a programme can be tried in the demonstration: whoever a season's text names signs in, comes by links to
// the season that stands in the stage, and does there what the stage is for.

import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';

import { house } from '../house.mjs';
import { axeFindings, howMany, layoutFaults, word } from '../lib.mjs';

const here = house();
afterEach(() => here.done());

const main = (page) => page.getByRole('main');
const button = (page, key) => main(page).getByRole('button', { name: word(key), exact: true }).first();
const link = (page, key) => main(page).getByRole('link', { name: word(key), exact: true }).first();
const card = (page, name) => main(page).getByRole('link', { name, exact: true }).first();

// Somebody of the demonstration at a part of the season of stage `n`, from the first page on.
async function at(who, n, part) {
  const page = await here.as(who);
  await page.goto('/seasons');
  await main(page).getByRole('link', { name: new RegExp(`^试一试 ${n}：`) }).first().click();
  if (part) {
    await main(page).locator(`.tabs a[href$="/${part}"]`).first().click();
    await page.waitForURL(`**/${part}`);
  }
  return page;
}

async function fine(page) {
  assert.deepEqual(await layoutFaults(page), []);
  assert.deepEqual(await axeFindings(page), []);
}

describe('each stage of a programme', () => {
  it('visits: a worker records one', async () => {
    const page = await at('worker', 1, 'visits');
    await link(page, 'visit-new').click();
    await button(page, 'btn-save').waitFor();
    await fine(page);
  });

  it('ideas: a resident supports one', async () => {
    const page = await at('resident', 3, 'ideas');
    await card(page, '给爬不动楼的老人带饭').click();
    await button(page, 'idea-support').click();
    await button(page, 'idea-unsupport').waitFor();
    await fine(page);
  });

  it('screening: an officer sees what is late', async () => {
    const page = await at('officer', 4, 'ideas');
    await link(page, 'ideas-work').click();
    await main(page).getByRole('link', { name: '北门早高峰太堵' }).first().waitFor();
    assert.equal(await howMany(main(page).locator('.light.late')), 1, 'one is late');
    await fine(page);
  });

  it('coaching: the coach reads a draft', async () => {
    const page = await at('coach', 5, 'proposals');
    await card(page, '旧衣服改成新物件').click();
    await link(page, 'coaching-title').click();
    await page.locator('#f-words').fill('每次课做什么东西，先列一张表。');
    await button(page, 'coaching-note-send').click();
    await main(page).getByText('每次课做什么东西，先列一张表。').first().waitFor();
    await fine(page);
  });

  it('proposals: the applicant submits, the officer checks', async () => {
    const page = await at('applicant', 6, 'proposals');
    await card(page, '旧衣新做小课堂').click();
    await link(page, 'proposal-edit').click();
    await button(page, 'proposal-submit').click();
    await main(page).getByText(word('proposal-state-submitted'), { exact: true }).first().waitFor();
    const office = await at('officer', 6, 'proposals');
    await card(office, '旧衣新做小课堂').click();
    await button(office, 'proposal-accept').click();
    await main(office).getByText(word('proposal-state-checked'), { exact: true }).first().waitFor();
    await fine(office);
  });

  it('deciding: a reviewer accepts the invitation', async () => {
    const page = await at('reviewer', 7, 'review');
    await link(page, 'review-mine').click();
    await button(page, 'review-accept').click();
    await main(page).getByText('楼门送餐接力').first().waitFor();
    await fine(page);
  });

  it('deciding: a resident has a ballot that is said to be advisory', async () => {
    const page = await at('resident', 8, 'vote');
    await main(page).getByText(word('vote-advisory'), { exact: true }).waitFor();
    assert.equal(await howMany(main(page).locator('input[name=choice]')), 4);
    await fine(page);
  });

  it('notice: a resident objects to the list', async () => {
    const page = await at('resident', 9, 'selection');
    await main(page).locator('a[href^="/notices/"]').first().click();
    await page.locator('#f-words').waitFor();
    await fine(page);
  });

  it('approved: what an applicant owes and has not met is late', async () => {
    const page = await here.as('applicant');
    await page.goto('/due');
    await main(page).getByText('交第一次活动的照片和签到表').first().waitFor();
    await fine(page);
    const list = await at('resident', 10, 'selection');
    assert.equal(await howMany(main(list).locator('a[href^="/matters/"]')), 3);
  });
});
