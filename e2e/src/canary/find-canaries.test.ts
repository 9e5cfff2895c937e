import { describe, expect, it } from 'vitest';
import { personal, secrets } from './canaries.fixture.js';
import { findCanaries } from './find-canaries.fixture.js';

const { buyerName, product } = personal;
const { apiKey } = secrets;

describe('the search for canaries', () => {
  it.each([
    ['as it is', `error: ${buyerName}!`, 'buyerName'],
    ['in JSON', JSON.stringify({ product }), 'product'],
    ['in JSON within JSON', JSON.stringify(JSON.stringify({ product })), 'product'],
    [
      'in JSON that is all ASCII',
      '"\\u041a\\u0430\\u043d\\u0430\\u0440\\u0435\\u0439\\u043a\\u0438\\u043d \\u041a\\u0435\\u043d\\u0430\\u0440 \\u041f\\u0435\\u0432\\u0447\\u0438\\u0439"',
      'buyerName',
    ],
    ['in a URL', `/receipts?name=${encodeURIComponent(product)}`, 'product'],
    ['in a form', `${new URLSearchParams({ name: buyerName })}`, 'buyerName'],
    ['in hexadecimal', Buffer.from(`x${buyerName}`).toString('hex').toUpperCase(), 'buyerName'],
    ...['', 'x', 'xy'].map((before): [string, string, string] => [
      `in base64 behind ${before.length} bytes`,
      Buffer.from(`${before}${apiKey}:password`).toString('base64'),
      'apiKey',
    ]),
    ['in base64url', Buffer.from(`{"name":"${buyerName}"}`).toString('base64url'), 'buyerName'],
  ])('sees one %s', (_, text, name) => {
    expect(findCanaries(text)).toEqual([name]);
  });

  it('sees none where there is none', () => {
    expect(findCanaries('{"event":"request.served","status":200,"request_id":"a-canary"}')).toEqual([]);
  });
});
