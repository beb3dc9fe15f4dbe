import assert from 'node:assert/strict';
import { test } from 'node:test';
import { short, stepFor, yuan } from '../src/cards/drawing';

test('fen are written as yuan', () => {
  assert.equal(yuan(99387), '993.87');
  assert.equal(yuan(1234567890), '12,345,678.90');
  assert.equal(yuan(100000), '1,000');
  assert.equal(yuan(5), '0.05');
  assert.equal(yuan(-123450), '-1,234.50');
  assert.equal(yuan(0), '0');
});

test('axis marks are short', () => {
  const labels = { tenThousand: 'W' };
  assert.equal(short(500000, labels), '5000');
  assert.equal(short(1500000, labels), '1.5W');
  assert.equal(short(-2000000, labels), '-2W');
});

test('at most five marks cover the highest value, in round steps', () => {
  for (let most = 1; most < 10 ** 9; most = Math.ceil(most * 1.37)) {
    const step = stepFor(most);
    assert.ok(step * 4 >= most, String(most));
    assert.ok(step < most * 2.6 || most < 4, String(most));
    assert.match(String(step), /^(?:0\.\d*)?[125]0*$/);
  }
});
