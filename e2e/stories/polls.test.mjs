// A question is put to a roll: the officer drafts it, takes a file of members, freezes the roll and opens the poll; a member
// votes with the code of a letter, changes the ballot and takes it back; another answers a survey page by page; and whoever
// reads a published result sees the rule, the count and the way to compute it again.

import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';

import { house, twice } from '../house.mjs';
import { axeFindings, layoutFaults, pattern, seen, word } from '../lib.mjs';

const here = house();
afterEach(() => here.done());

const main = (page) => page.getByRole('main');
const button = (page, key) => main(page).getByRole('button', { name: word(key), exact: true });

// axe-core waits for timers, which a page without scripts does not have.
async function fine(page, how) {
  assert.deepEqual(await layoutFaults(page), []);
  if (how.js) assert.deepEqual(await axeFindings(page), []);
}

async function press(page, what) {
  const sent = (response) => response.request().method() === 'POST';
  const [answer] = await Promise.all([page.waitForResponse(sent), page.waitForEvent('framenavigated'), what.click()]);
  await page.waitForLoadState();
  return answer.status();
}

const day = (ahead) => new Date(Date.now() + ahead * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10);

// Drafts a poll with these fields and a roll of two; answers with its address.
async function drafted(page, how, { kind, ...fields }) {
  await page.goto('/polls');
  await fine(page, how);
  await main(page).getByRole('link', { name: word('poll-new') }).click();
  await page.waitForLoadState();
  await fine(page, how);
  await main(page).getByRole('link', { name: word(`poll-kind-${kind}`), exact: true }).click();
  await page.waitForLoadState();
  await fine(page, how);
  for (const [name, value] of Object.entries(fields)) {
    const field = main(page).locator(`[name=${name}]`);
    if (await field.evaluate((node) => node.tagName) === 'SELECT') await field.selectOption(value);
    else await field.fill(value);
  }
  const place = main(page).locator('[name=place]');
  if (!(await place.inputValue())) await place.selectOption({ index: 1 });
  await main(page).locator('[name=opens]').fill(day(0));
  await main(page).locator('[name=closes]').fill(day(5));
  assert.equal(await press(page, button(page, 'poll-draft')), 303);
  await fine(page, how);
  const path = new URL(page.url()).pathname.replace(/\/roll$/, '');
  await page.goto(`${path}/roll/import`);
  await fine(page, how);
  await main(page).locator('[name=rows]').fill('姓名,门牌\n公孙甲,1-101\n公孙乙,1-102\n,1-103\n');
  assert.equal(await press(page, button(page, 'import-look')), 200);
  await fine(page, how);
  assert.match(await seen(main(page)), new RegExp(word('import-wrong')), 'the line without a name is told');
  assert.equal(await press(page, button(page, 'import-take')), 303);
  await fine(page, how);
  return path;
}

// The same, opened.
async function opened(page, how, fields) {
  const path = await drafted(page, how, fields);
  assert.equal(await press(page, button(page, 'poll-freeze')), 303);
  await fine(page, how);
  assert.equal(await press(page, button(page, 'poll-open')), 303);
  await fine(page, how);
  return path;
}

// The code of the letter to a flat.
async function code(page, how, path, flat) {
  await page.goto(`${path}/roll?flat=${flat}`);
  await fine(page, how);
  assert.equal(await press(page, button(page, 'poll-desk-code')), 200);
  await fine(page, how);
  return (await seen(main(page).locator('strong.num').first())).trim();
}

describe('a question is put to a roll', () => {
  twice('a motion is drafted, opened, voted on, changed and taken back', async (how) => {
    const officer = await here.as('officer', how);
    const path = await opened(officer, how, { title: `花坛改车位吗 ${how.width}`, kind: 'motion' });
    const letter = await code(officer, how, path, '1-101');

    const voter = await here.visit(how);
    await voter.goto(path);
    await fine(voter, how);
    await main(voter).getByRole('link', { name: word('poll-go') }).click();
    await voter.waitForLoadState();
    await fine(voter, how);
    await main(voter).getByLabel(word('poll-vote-agree'), { exact: true }).check();
    await main(voter).locator('[name=code]').fill('ABCD-ABCD-ABCD-ABCD');
    assert.equal(await press(voter, button(voter, 'vote-look')), 422, 'a code that is not on the roll');
    await fine(voter, how);
    assert.ok(await main(voter).getByLabel(word('poll-vote-agree'), { exact: true }).isChecked(), 'what was chosen is kept');
    await main(voter).locator('[name=code]').fill(letter.toLowerCase());
    assert.equal(await press(voter, button(voter, 'vote-look')), 200);
    await fine(voter, how);
    assert.equal(await press(voter, button(voter, 'ballot-send')), 303);
    await fine(voter, how);
    const mine = voter.url();

    await main(voter).locator('summary', { hasText: word('vote-change') }).click();
    await main(voter).getByLabel(word('poll-vote-disagree'), { exact: true }).check();
    assert.equal(await press(voter, button(voter, 'vote-look')), 200);
    assert.equal(await press(voter, button(voter, 'ballot-send')), 303);
    assert.equal(voter.url(), mine, 'the same link');
    assert.match(await seen(main(voter)), new RegExp(word('poll-vote-disagree')));
    await main(voter).locator('summary', { hasText: word('poll-withdraw') }).click();
    assert.equal(await press(voter, button(voter, 'poll-withdraw')), 303);
    const back = await seen(main(voter));
    assert.match(back, new RegExp(word('poll-ballot-withdrawn').slice(0, 12)));
    assert.ok(back.includes(word('poll-withdrawn-title')) && !back.includes(word('vote-done')), 'nothing is said to be cast');
    assert.ok(!back.includes(word('vote-receipt-title')), 'and there is no receipt');
    await fine(voter, how);

    // the booth and the telephone, for the other
    await officer.goto(`${path}/papers?flat=1-102`);
    await fine(officer, how);
    await officer.goto(`${path}/phone?flat=1-102`);
    await fine(officer, how);
    await main(officer).getByRole('link', { name: word('poll-phone-this') }).click();
    await officer.waitForLoadState();
    await fine(officer, how);
    await main(officer).getByLabel(word('poll-vote-abstain'), { exact: true }).check();
    assert.equal(await press(officer, button(officer, 'ballot-send')), 200);
    await fine(officer, how);
    assert.match(await seen(main(officer)), /\/mine\?key=[0-9a-f]{32}/, 'the slip has the link');
    assert.ok((await seen(main(officer))).includes(word('poll-slip-read')), 'and its number is read out');
    await officer.goto(`${path}/phone?flat=1-102`);
    await fine(officer, how);
    assert.ok((await seen(main(officer))).includes(word('poll-phone-yours')), 'who typed it does not void it');
    const checker = await here.as('checker', how);
    await checker.goto(`${path}/phone?flat=1-102`);
    await main(checker).locator('summary', { hasText: word('poll-phone-revoke') }).click();
    assert.equal(await press(checker, button(checker, 'poll-phone-revoke')), 422, 'a reason is wanted');
    await fine(checker, how);
    await main(checker).locator('summary', { hasText: word('poll-phone-revoke') }).click();
    await main(checker).locator('[name=reason]').fill('回条丢了');
    assert.equal(await press(checker, button(checker, 'poll-phone-revoke')), 303);
    await fine(checker, how);
    assert.ok((await seen(main(checker))).includes(word('poll-phone-revoked')));
    assert.equal(await main(checker).getByRole('link', { name: word('poll-phone-this') }).count(), 1, 'they may vote anew');
    // a paper without a choice: what is missing is said at the top
    await officer.goto(`${path}/papers`);
    await main(officer).locator('[name=number]').fill('1234567890');
    assert.equal(await press(officer, button(officer, 'paper-send')), 422);
    assert.match(await seen(main(officer).locator('.notice.needs-you')), new RegExp(word('poll-your-vote')));
    await fine(officer, how);
  });

  twice('a roll that would hang too long is not frozen, and one that hangs goes back with its notice', async (how) => {
    const officer = await here.as('officer', how);
    const path = await drafted(officer, how, { title: `公示赶不上 ${how.width}`, kind: 'motion', roll_days: '3' });
    assert.equal(await button(officer, 'poll-freeze').count(), 0, 'what cannot be is not offered');
    await main(officer).getByRole('link', { name: word('poll-change-days'), exact: true }).click();
    await officer.waitForLoadState();
    await main(officer).locator('[name=opens]').fill(day(15));
    await main(officer).locator('[name=closes]').fill(day(20));
    assert.equal(await press(officer, button(officer, 'poll-change')), 303);
    await officer.goto(`${path}/roll`);
    await fine(officer, how);
    assert.equal(await press(officer, button(officer, 'poll-freeze')), 303);
    await fine(officer, how);
    assert.equal(await button(officer, 'poll-open').count(), 0, 'it cannot open while its roll hangs');
    const reader = await here.visit(how);
    await reader.goto(path);
    await fine(reader, how);
    assert.match(await seen(main(reader)), pattern('poll-roll-until'), 'the first day is told');
    await main(officer).locator('summary', { hasText: word('poll-thaw-withdraw') }).click();
    assert.equal(await press(officer, button(officer, 'poll-thaw-withdraw')), 422, 'a reason is wanted');
    await fine(officer, how);
    await main(officer).locator('summary', { hasText: word('poll-thaw-withdraw') }).click();
    await main(officer).locator('[name=reason]').fill('日子写错了');
    assert.equal(await press(officer, button(officer, 'poll-thaw-withdraw')), 303);
    await fine(officer, how);
    assert.equal(await button(officer, 'poll-freeze').count(), 1, 'a draft again');
  });

  twice('letters are printed by building, and one that came back is worthless', async (how) => {
    const officer = await here.as('officer', how);
    const path = await opened(officer, how, { title: `按楼打印 ${how.width}`, kind: 'motion' });
    await officer.goto(`${path}/roll`);
    await fine(officer, how);
    await main(officer).getByRole('link', { name: word('poll-letters-to'), exact: true }).click();
    await officer.waitForLoadState();
    await fine(officer, how);
    const print = main(officer).getByRole('button', { name: pattern('poll-letters-print-n') });
    assert.match(await print.innerText(), /2/);
    assert.equal(await press(officer, print), 200);
    await fine(officer, how);
    const codes = await main(officer).locator('strong.num').allInnerTexts();
    assert.equal(codes.length, 2);
    await main(officer).getByRole('link', { name: word('btn-back'), exact: true }).click();
    await officer.waitForLoadState();
    assert.match(await seen(main(officer)), new RegExp(word('poll-letters-done')));

    await officer.goto(`${path}/roll?flat=1-101`);
    await fine(officer, how);
    assert.equal(await press(officer, button(officer, 'poll-letter-came-back')), 303);
    await fine(officer, how);
    assert.match(await seen(main(officer)), new RegExp(word('poll-letter-noted')));
    assert.match(await seen(main(officer)), /1-101/);

    const voter = await here.visit(how);
    await voter.goto(`${path}/vote`);
    await main(voter).getByLabel(word('poll-vote-agree'), { exact: true }).check();
    await main(voter).locator('[name=code]').fill(codes[0].trim());
    assert.equal(await press(voter, button(voter, 'vote-look')), 422, 'the letter that came back opens nothing');
    await main(voter).locator('[name=code]').fill(codes[1].trim());
    assert.equal(await press(voter, button(voter, 'vote-look')), 200);
    await fine(voter, how);
  });

  twice('a survey is answered page by page, and what is not asked is not shown', async (how) => {
    const officer = await here.as('officer', how);
    const questions = '[单选] 您平时怎么出门？ *\n- 步行\n- 公交\n[打分] 车站好找吗？\n? 1 = 2\n# 想法\n[文字] 还有什么想说的？';
    const path = await opened(officer, how, { title: `出门问卷 ${how.width}`, kind: 'survey', questions });
    const letter = await code(officer, how, path, '1-101');
    const voter = await here.visit(how);
    await voter.goto(`${path}/vote`);
    await main(voter).locator('[name=code]').fill(letter);
    assert.equal(await press(voter, button(voter, 'poll-next')), 422, 'the first question wants an answer');
    await fine(voter, how);
    await main(voter).getByLabel('步行', { exact: true }).check();
    await main(voter).locator('[name=code]').fill(letter);
    assert.equal(await press(voter, button(voter, 'poll-next')), 200);
    await fine(voter, how);
    assert.doesNotMatch(await seen(main(voter)), /车站好找吗/);
    assert.equal(await press(voter, button(voter, 'poll-back')), 200);
    await main(voter).getByLabel('公交', { exact: true }).check();
    assert.equal(await press(voter, button(voter, 'poll-next')), 200);
    await fine(voter, how);
    assert.match(await seen(main(voter)), /车站好找吗/);
    assert.equal(await press(voter, button(voter, 'poll-next')), 200);
    await main(voter).locator('[name=q3]').fill('站牌太小');
    assert.equal(await press(voter, button(voter, 'vote-look')), 200);
    await fine(voter, how);
    assert.match(await seen(main(voter)), /公交[\s\S]*站牌太小/);
    assert.equal(await press(voter, button(voter, 'ballot-send')), 303);
    await fine(voter, how);
  });

  it('published results tell the rule, the count and the way to compute them', async () => {
    const how = { width: 360, js: true };
    const reader = await here.visit(how);
    for (const [title, says] of [['西门晚上十点以后锁不锁', 'poll-passed'], ['小广场先添什么', 'poll-counted'], ['小区里好不好走', 'poll-survey-note']]) {
      await reader.goto('/polls');
      await main(reader).getByRole('link', { name: title }).first().click();
      await reader.getByRole('heading', { level: 1, name: title }).waitFor();
      await fine(reader, how);
      const text = await seen(main(reader));
      assert.match(text, pattern(says), title);
      assert.ok(text.includes(word('poll-rule-title')), title);
      assert.doesNotMatch(text, /路灯暗了点/, 'nobody reads what somebody wrote');
      await main(reader).getByRole('link', { name: word('poll-ballots-to'), exact: true }).click();
      await reader.waitForLoadState();
      await fine(reader, how);
      const survey = title === '小区里好不好走';
      const ballots = main(reader).locator('a[href*="/receipt/"]');
      assert.equal(await ballots.count() > 0, !survey, 'answers of a survey are not published');
      if (survey) continue;
      const number = (await ballots.first().innerText()).trim();
      await main(reader).locator('[name=number]').fill('nonsense');
      await main(reader).getByRole('button', { name: word('poll-ballots-look'), exact: true }).click();
      await main(reader).locator('.error').waitFor();
      await fine(reader, how);
      await main(reader).locator('[name=number]').fill(number.toUpperCase());
      await main(reader).getByRole('button', { name: word('poll-ballots-look'), exact: true }).click();
      await reader.waitForURL(/\/receipt\//);
      await fine(reader, how);
      assert.ok((await seen(main(reader))).includes(word('vote-receipt-there')));
    }
  });
});
