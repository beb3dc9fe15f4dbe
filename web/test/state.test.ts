import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { messageOf } from '../src/frames';
import { KEEP, Store, fresh, random, sound } from '../src/state';

const kept = new Map<string, string>();
let isFull = false;

beforeEach(() => {
  kept.clear();
  isFull = false;
});

Object.defineProperty(globalThis, 'localStorage', {
  configurable: true,
  value: {
    getItem: (key: string) => kept.get(key) ?? null,
    removeItem: (key: string) => kept.delete(key),
    setItem: (key: string, text: string) => {
      if (isFull) throw new Error('full');
      kept.set(key, text);
    },
  },
});

test('ids are long, random and fit for an address', () => {
  const ids = new Set(Array.from({ length: 200 }, () => random(24)));
  assert.equal(ids.size, 200);
  for (const id of ids) assert.match(id, /^[A-Za-z0-9_-]{32}$/);
});

test('only what can be a state is taken from the storage', () => {
  assert.ok(sound(fresh()));
  for (const bad of [null, 5, {}, [], { ...fresh(), session: 'short' }, { ...fresh(), history: {} },
    { ...fresh(), history: [{ id: 'a', text: 'b', who: 'c' }] }, { ...fresh(), outbox: [{ id: 1 }] }]) {
    assert.ok(!sound(bad), JSON.stringify(bad));
  }
});

test('what another tab has written is there when this one changes something', () => {
  const [one, two] = [new Store(), new Store()];
  const { session } = one.load();
  two.update((state) => state.history.push({ id: 'a', who: 'user', text: 'from two' }));
  one.update((state) => state.history.push({ id: 'b', who: 'user', text: 'from one' }));
  assert.equal(two.load().session, session);
  assert.deepEqual(two.load().history.map((m) => m.id), ['a', 'b']);
});

test('the oldest messages go when there are too many', () => {
  const store = new Store();
  store.update((state) => {
    for (let i = 0; i < KEEP + 7; i += 1) state.history.push({ id: String(i), who: 'bot', text: 'x' });
  });
  assert.equal(store.load().history.length, KEEP);
  assert.equal(store.load().history[0]?.id, '7');
});

test('a full disk loses nothing while the page is open', () => {
  const store = new Store();
  store.load();
  isFull = true;
  store.update((state) => state.history.push({ id: 'a', who: 'user', text: 'kept in memory' }));
  assert.deepEqual(store.load().history.map((m) => m.text), ['kept in memory']);
});

test('bots are kept apart, and the looks are checked', () => {
  const [one, two] = [new Store(), new Store('@https://bot.example')];
  assert.notEqual(one.load().session, two.load().session);
  kept.set(one.looksKey, '{"size": 7, "look": 2, "contrast": "x", "script": "traditional"}');
  assert.deepEqual(one.looks, { size: 0, look: 2, contrast: 0, script: 'traditional' });
  kept.set(one.looksKey, '[');
  assert.deepEqual(one.looks, { size: 0, look: 0, contrast: 0, script: 'simplified' });
});

test('a frame becomes a message with its buttons and its card', () => {
  const message = messageOf({
    id: 'x', text: ' a ', quick_replies: [{ title: ' b ', payload: '/c' }, { title: '' }, 5], custom: { type: 'plan', version: 1, title: 'd' },
  });
  assert.equal(message?.text, 'a');
  assert.deepEqual(message?.buttons, [{ title: 'b', payload: '/c' }]);
  assert.equal(message?.card?.type, 'plan');
  assert.equal(messageOf({ text: '  ', quick_replies: [], custom: { kind: 'other' } }), null);
  assert.equal(messageOf({ attachment: { payload: { src: '/a.png' } } })?.text, '/a.png');
});
