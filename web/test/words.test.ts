import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beside, isTold, linksIn, spoken } from '../src/words';
import cards from '../../tests/channels/cards.json';

interface Frame {
  text: string;
  custom: object;
}

const frames = cards as unknown as Record<string, Frame>;
const all = (name: string): { before: string; after: string } => {
  const frame = frames[name];
  assert.ok(frame);
  return beside(frame.text, frame.custom);
};

test('a question behind the list stays, the list that the card tells goes', () => {
  assert.deepEqual(all('ladder').before, '');
  assert.match(all('ladder').after, /^您想先按哪个去谈/);
  assert.match(all('checklist').after, /哪些已经有了/);
  assert.equal(all('record').after, '都对吗？');
});

test('what the card tells whole needs no text', () => {
  for (const name of ['budget', 'plan', 'records', 'live', 'messages']) {
    assert.deepEqual(all(name), { before: '', after: '' }, name);
  }
});

test('a link on the card is not told again, what to do when it has ended is', () => {
  assert.deepEqual(all('files'), {
    before: '都整理好了。链接一天内有效，有链接的人都能看到，请不要转发。', after: '过期了就再说一次「导出」。',
  });
});

test('a text is told only when the card has every line of it', () => {
  const card = { title: '方案', lines: ['先提：分24期，每期990元', '最多1,200元'] };
  assert.ok(isTold('只给自己看：\n· 先提：分24期，每期990元\n· 最多1,200元', card));
  assert.ok(!isTold('只给自己看：\n· 先提：分24期，每期990元\n· 最多1,300元', card));
  assert.ok(!isTold('先提：分24期，每期990元\n想先按哪个去谈？', card));
});

test('a line whose number is not on the card is never lost', () => {
  const card = { title: '方案', rows: [{ label: '每期', value: '990元' }] };
  const { before, after } = beside('· 每期990元\n· 首付1,200元\n好吗？', card);
  assert.equal(before, '');
  assert.equal(after, '· 首付1,200元\n好吗？');
});

test('a text that has nothing to do with the card stays whole', () => {
  assert.deepEqual(beside('先别慌。\n慢慢来。', { title: '方案' }), { before: '', after: '先别慌。\n慢慢来。' });
});

test('lines before the list come before the card', () => {
  const card = { title: '清单', items: ['甲', '乙'] };
  assert.deepEqual(beside('辛苦了。\n要带这些：\n· 甲\n· 乙\n有了吗？', card), { before: '辛苦了。', after: '有了吗？' });
});

test('payloads and addresses are nothing that a card shows', () => {
  assert.equal(beside('· 1,200元', { actions: [{ title: '好', payload: '1200' }], url: 'https://a.example/1200' }).after, '· 1,200元');
});

test('hotlines and addresses can be tapped, amounts cannot', () => {
  const hrefs = (text: string): string[] => linksIn(text).map((link) => link.href);
  assert.deepEqual(hrefs('打95188，再打12378。'), ['tel:95188', 'tel:12378']);
  assert.deepEqual(hrefs('每期120元，共110期，第120条，約110元'), []);
  assert.deepEqual(hrefs('看 https://a.example/b?c=1。'), ['https://a.example/b?c=1']);
  assert.deepEqual(hrefs('(https://a.example/b)'), ['https://a.example/b']);
});

test('a line is copied without the quotation marks around it', () => {
  assert.equal(spoken('「您好。」'), '您好。');
  assert.equal(spoken('对方说「好」，您说「好」'), '对方说「好」，您说「好」');
});
