import { expect, it } from 'vitest';
import { openText, sealText } from './sealed-text.js';

const secret = 'a secret of at least 32 characters';
const text = 'whsec_of the shop, Чай';

it('opens what it has sealed, each time in another form', () => {
  const sealed = sealText(text, secret, 'shop');
  expect(openText(sealed, [secret], 'shop')).toBe(text);
  expect(openText(sealed, ['a newer secret', secret], 'shop')).toBe(text);
  expect(sealText(text, secret, 'shop')).not.toBe(sealed);
  expect(Buffer.from(sealed.slice(3), 'base64').toString('latin1')).not.toContain('whsec_');
});

it('opens nothing for another purpose, with another secret, or that was changed', () => {
  const sealed = sealText(text, secret, 'shop');
  expect(openText(sealed, [secret], 'other')).toBeNull();
  expect(openText(sealed, ['another secret'], 'shop')).toBeNull();
  expect(openText(sealed, [], 'shop')).toBeNull();
  const bytes = Buffer.from(sealed.slice(3), 'base64');
  for (let place = 0; place < bytes.length; place += 1) {
    const changed = Buffer.from(bytes);
    changed[place] = (changed[place] ?? 0) ^ 1;
    expect(openText(`v1.${changed.toString('base64')}`, [secret], 'shop')).toBeNull();
  }
  for (const other of ['', 'v1.', 'v1.AAAA', 'v2.AAAA', text]) {
    expect(openText(other, [secret], 'shop')).toBeNull();
  }
});
