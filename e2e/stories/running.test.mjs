// A team gets its grant: it signs the agreement, holds an activity with forty check-ins, hands in vouchers of which one is
// stopped and one refused, mends what the mid-term found, gets the second tranche, closes, and wins an award. The team is
// on a phone, both officers are at a desk without scripts. An auditor then follows one yuan from its source to the receipt
// and back to the idea, and a donor sees what the public money brought along.

import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, it } from 'node:test';
import { deflateSync } from 'node:zlib';

import { house } from '../house.mjs';
import { axeFindings, howMany, layoutFaults, pattern, seen, word } from '../lib.mjs';

const here = house();
afterEach(() => here.done());

const desk = { width: 1280, js: false };
const phone = { width: 360 };
const season = '试一试 10：立项以后';
const number = 2;

const main = (page) => page.getByRole('main');
const button = (page, key) => main(page).getByRole('button', { name: word(key), exact: true });
const link = (page, key) => main(page).getByRole('link', { name: word(key), exact: true });
const field = (page, name) => main(page).locator(`[name="${name}"]`).first();
const day = (after = 0) => new Date(Date.now() + (8 * 60 + after * 24 * 60) * 60_000).toISOString().slice(0, 10);

async function fine(page) {
  assert.deepEqual(await layoutFaults(page), []);
  assert.deepEqual(await axeFindings(page), []);
}

// Fills fields by their names; lists are chosen from by value.
async function fill(page, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const into = field(page, name);
    if (await into.evaluate((e) => e.tagName).catch(() => '') === 'SELECT') await into.selectOption(value);
    else await into.fill(value);
  }
}

// Sends a form and waits for the page that answers.
async function press(page, what) {
  const sent = (response) => response.request().method() === 'POST';
  const [answer] = await Promise.all([page.waitForResponse(sent), page.waitForEvent('framenavigated'), what.click()]);
  await page.waitForLoadState();
  return answer.status();
}

async function send(page, method, path, data) {
  const answer = await page.request.fetch(`${here.url}/api/v1${path}`, { method, data });
  assert.ok(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`);
  return answer.status() === 204 ? null : answer.json();
}

const crcs = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});

// A receipt as a camera would send it: a small picture of one colour, no two alike.
function receipt(shade) {
  const chunk = (kind, data) => {
    const body = Buffer.concat([Buffer.from(kind), data]);
    const crc = body.reduce((sum, byte) => crcs[(sum ^ byte) & 0xff] ^ (sum >>> 8), 0xffffffff) ^ 0xffffffff;
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc >>> 0, 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const head = Buffer.from([0, 0, 0, 64, 0, 0, 0, 48, 8, 2, 0, 0, 0]);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(64 * 3, shade)]);
  const rows = Buffer.concat(Array.from({ length: 48 }, () => row));
  const png = [chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return { name: 'receipt.png', mimeType: 'image/png', buffer: Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...png]) };
}

async function seasonPath(page) {
  await page.goto('/seasons');
  await main(page).getByRole('link', { name: season }).first().click();
  await page.waitForURL(/\/seasons\/\d-/);
  return new URL(page.url()).pathname;
}

// The office goes on to the next stage.
async function moveTo(officer, path, stage) {
  await officer.goto(`${path}/plan`);
  const next = pattern('season-advance-to').source.replace(/\[.*\]\*$/, '').split('[')[0];
  await press(officer, main(officer).getByRole('button', { name: new RegExp(`^${next}.*${word(`stage-${stage}`)}`) }));
}

async function addSource(officer, path, fields) {
  await officer.goto(`${path}/money`);
  await officer.getByText(word('money-add'), { exact: true }).first().click();
  await fill(officer, fields);
  await press(officer, main(officer).locator('form[action$="/sources"]').getByRole('button', { name: word('btn-save'), exact: true }));
}

async function handIn(team, path, fields, file) {
  await team.goto(`${path}/projects/${number}/money/vouchers`);
  await fill(team, { line: '1', kind: 'invoice', day: day(), ...fields });
  await team.locator('input[type=file]').first().setInputFiles(file);
  return press(team, button(team, 'money-hand-in-do'));
}

// Each tranche is proposed by one officer and released by another.
async function release(maker, checker, path, tranche) {
  const money = `${path}/projects/${number}/money`;
  await maker.goto(money);
  await press(maker, button(maker, 'money-propose').first());
  assert.equal(await howMany(button(maker, 'money-release')), 0, 'nobody releases what they proposed');
  await checker.goto(money);
  await press(checker, button(checker, 'money-release'));
  const released = await howMany(main(checker).getByRole('table', { name: word('money-tranches') }).getByText(word('money-tranche-released')));
  assert.equal(released, tranche, 'released so far');
}

async function scored(page, path, points) {
  await page.goto(`${path}/projects/${number}/running`);
  for (const input of await page.locator('input[name^="score-"]').all()) await input.fill(points);
  await press(page, button(page, 'midterm-score'));
}

describe('a project that was approved', () => {
  it('is agreed, done, assessed, mended, closed and honoured', async () => {
    const [officer, checker] = [await here.as('officer', desk), await here.as('checker', desk)];
    const team = await here.as('applicant', phone);
    const path = await seasonPath(officer);
    const [money, running] = [`${path}/projects/${number}/money`, `${path}/projects/${number}/running`];
    await moveTo(officer, path, 'running');

    // money comes in, and both sides sign
    await addSource(officer, path, { kind: 'public', name: '街道社区治理资金（虚构）', amount: '20000' });
    await addSource(officer, path, { kind: 'donor', name: '槐树里便利店（虚构）', amount: '6000' });
    await officer.goto(money);
    await fill(officer, { from: day(), until: day(90) });
    await press(officer, button(officer, 'money-draft-do'));
    await press(officer, button(officer, 'money-sign-office'));
    await team.goto(money);
    await fine(team);
    await press(team, button(team, 'money-sign-team'));
    await main(team).getByText(word('money-agreement-signed')).first().waitFor();
    await release(officer, checker, path, 1);

    // the team holds an activity: twelve taps of a device that are sent twice, three on a phone without network,
    // twenty-five on paper
    await team.goto(`/activities/new?season=${path.split('/').pop()}&project=${number}`);
    await fill(team, { title: '第一次旧衣改造课', theme: 'culture', day: day(), from: '00:00', until: '23:59', spot: '手作社' });
    await press(team, button(team, 'activity-hold'));
    await team.waitForURL(/\/activities\/\d-/);
    const activity = new URL(team.url()).pathname;
    await fine(team);
    const now = Date.now();
    const taps = { sent: now, rows: Array.from({ length: 12 }, (_, n) => ({ client: `tap-${n}`, at: now - n * 1_000 })) };
    for (const _ of [1, 2]) await send(officer, 'POST', `${activity}/check-ins`, taps);
    for (const name of ['周师傅', '林阿姨', '小满妈妈']) await send(officer, 'POST', `${activity}/list`, { name, heads: 1, once: name });
    await team.goto(`${activity}/list`);
    const tap = team.locator('[data-tap]');
    assert.equal(await howMany(tap), 3);
    await team.context().setOffline(true);
    for (const n of [0, 1, 2]) await tap.nth(n).getByRole('button').click();
    const waits = pattern('taps-waiting').exec(await seen(team.locator('#taps')));
    assert.equal(waits?.[1], '3', 'they wait on the phone');
    await fine(team);
    await team.context().setOffline(false);
    await tap.first().waitFor({ state: 'detached' });
    await officer.goto(`${activity}/paper`);
    await fill(officer, { names: Array.from({ length: 25 }, (_, n) => `学员${n + 1}号`).join('\n') });
    await press(officer, button(officer, 'paper-enter'));
    await team.goto(activity);
    assert.match(await seen(main(team)), /40/, 'forty came, nobody twice');

    // vouchers: one that pays a volunteer too much is stopped, the others come in
    const paper = { paper: 'A001', amount: '800', payee: '南街布料店', purpose: '针线和辅料', handler: '丁小满', witness: '孙玉兰' };
    assert.equal(await handIn(team, path, { ...paper, amount: '80000' }, receipt(40)), 422, 'more than the line holds is stopped');
    assert.match(await seen(main(team)), pattern('field-money-over-line'));
    assert.equal(await field(team, 'purpose').inputValue(), '针线和辅料', 'what was typed stays');
    await fine(team);
    const scripted = '%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n';
    // a picture of 40 MB, as a file: where there are no scripts the server says that it is too large
    const huge = join(tmpdir(), `linli-receipt-${process.pid}.jpg`);
    writeFileSync(huge, Buffer.alloc(40_000_000, 0xff));
    for (const [who, file, answer] of [
      [team, { name: 'receipt.pdf', mimeType: 'application/pdf', buffer: Buffer.from(scripted) }, 'refusal-photos-only'],
      [officer, huge, 'refusal-file-too-large'],
    ]) {
      assert.equal(await handIn(who, path, paper, file), 422);
      assert.match(await seen(main(who)), pattern(answer));
      assert.equal(await field(who, 'purpose').inputValue(), '针线和辅料', 'what was typed stays');
    }
    rmSync(huge);
    await handIn(team, path, paper, receipt(80));
    await main(team).getByText('针线和辅料').first().waitFor();
    await handIn(team, path, { ...paper, paper: 'A002', amount: '300', purpose: '课程海报' }, receipt(120));
    await team.goto(money);
    const handed = main(team).getByRole('link', { name: /课程海报|针线和辅料/ });
    assert.equal(await howMany(handed), 2);
    for (const [purpose, act] of [['针线和辅料', 'money-approve'], ['课程海报', 'money-refuse']]) {
      await checker.goto(money);
      await main(checker).getByRole('link', { name: new RegExp(purpose) }).click();
      await checker.waitForURL(/vouchers\//);
      if (act === 'money-refuse') await field(checker, 'reason').fill('发票抬头不对，请换一张。');
      await press(checker, button(checker, act));
    }
    await team.goto(money);
    assert.match(await seen(main(team)), pattern('money-voucher-refused'));

    // the mid-term finds something to mend; the second tranche waits for it
    await moveTo(officer, path, 'midterm');
    await officer.goto(running);
    await press(officer, button(officer, 'midterm-open'));
    for (const who of [officer, checker]) await scored(who, path, '50');
    await checker.goto(running);
    await fill(checker, { outcome: 'rectify', advice: '请补齐第一次活动的签到说明。', until: day(10) });
    await press(checker, button(checker, 'midterm-decide'));
    await officer.goto(money);
    assert.equal(await howMany(button(officer, 'money-propose')), 0, 'the condition does not hold yet');
    await team.goto(running);
    await fine(team);
    await fill(team, { words: '签到说明补好了，附在活动页。' });
    await press(team, button(team, 'midterm-mend'));
    await officer.goto(running);
    await press(officer, button(officer, 'midterm-open'));
    for (const who of [officer, checker]) await scored(who, path, '90');
    await checker.goto(running);
    await fill(checker, { outcome: 'passed' });
    await press(checker, button(checker, 'midterm-decide'));
    await release(officer, checker, path, 2);

    // it is closed by somebody who had no part in it, and wins an award
    await moveTo(officer, path, 'closing');
    await team.goto(`${path}/projects/${number}/closing`);
    assert.match(await field(team, 'done').inputValue(), /40/, 'the report begins with what the records say');
    await fill(team, { changed: '旧衣有了去处，邻居多了一个手艺。' });
    await press(team, button(team, 'closing-submit'));
    await checker.goto(running);
    await press(checker, button(checker, 'closing-accept'));
    await release(officer, checker, path, 3);
    await moveTo(officer, path, 'showcase');
    await officer.goto(`${path}/awards`);
    await fill(officer, { category: 'innovation', number: String(number), words: '旧衣变新物，人人有手艺。' });
    await press(officer, button(officer, 'award-nominate'));
    assert.equal(await howMany(button(officer, 'award-give')), 0, 'nobody gives what they nominated');
    await checker.goto(`${path}/awards`);
    await press(checker, button(checker, 'award-give'));

    // anybody reads it and checks the certificate
    const stranger = await here.visit(phone);
    await stranger.goto(`${path}/awards`);
    await fine(stranger);
    await main(stranger).locator('a[href^="/certificates/"]').first().click();
    await stranger.waitForURL(/\/certificates\/\w/);
    assert.match(await seen(main(stranger)), /旧衣新做小课堂/);
    await fine(stranger);
  });

  it('shows an auditor each yuan from its source to the receipt and back to the idea', async () => {
    const auditor = await here.as('supervisor', desk);
    const path = await seasonPath(auditor);
    await auditor.goto(`${path}/money`);
    await main(auditor).getByRole('link', { name: '街道社区治理资金（虚构）' }).first().click();
    await auditor.waitForURL(/\/money\/sources\//);
    await main(auditor).locator(`a[href*="/projects/${number}/money"]`).first().click();
    await auditor.waitForURL(/\/projects\/2\/money/);
    await main(auditor).getByRole('link', { name: /针线和辅料/ }).click();
    await auditor.waitForURL(/\/vouchers\//);
    const photo = main(auditor).locator('img').first();
    await photo.waitFor();
    const picture = await auditor.request.get(new URL(await photo.getAttribute('src'), here.url).href);
    assert.equal(picture.status(), 200);
    assert.match(picture.headers()['content-type'], /^image\//);
    await auditor.goto(`${path}/projects/${number}`);
    await link(auditor, 'project-way-proposal').click();
    await auditor.waitForURL(/\/proposals\//);
    await link(auditor, 'proposal-idea-see').click();
    await auditor.waitForURL(/\/ideas\//);
    assert.match(await seen(main(auditor)), /旧衣服改成新物件/);
  });

  it('shows a donor what the public money brought along', async () => {
    const donor = await here.visit(phone);
    const path = await seasonPath(donor);
    await donor.goto(`${path}/money`);
    const text = await seen(main(donor));
    assert.match(text, new RegExp(word('money-leverage')));
    assert.match(text, /0\.3/, '6,000 beside 20,000');
    await main(donor).getByRole('link', { name: '槐树里便利店（虚构）' }).first().click();
    await donor.waitForURL(/\/money\/sources\//);
    await fine(donor);
  });
});
