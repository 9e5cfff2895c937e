import { describe, expect, it } from 'vitest';
import { handlerFailure } from './handler-failure.js';

describe('handlerFailure', () => {
  it('keeps name, message and stack', () => {
    const { errorName, message, stack } = handlerFailure(new RangeError('mail is down (code 421)'));
    expect([errorName, message]).toEqual(['RangeError', 'mail is down (code 421)']);
    expect(stack).toMatch(
      /^RangeError: mail is down \(code 421\)\n\s+at .*handler-failure\.test\.ts:\d+:\d+/,
    );
  });

  it.each([
    ['no mail to buyer@example.com', 'no mail to ***'],
    ['почта покупатель@пример.рф лежит', 'почта *** лежит'],
    ['phone +998 (90) 123-45-67 is busy', 'phone *** is busy'],
    ['card 8600123412341234, INN 5544332219', 'card ***, INN ***'],
    ['order 12345678 of 2026', 'order 12345678 of 2026'],
  ])('masks what could be a buyer: %s', (message, expected) => {
    const failure = handlerFailure(new Error(message));
    expect(failure.message).toBe(expected);
    expect(failure.stack).toContain(`Error: ${expected}\n`);
  });

  it('is bounded, leaves causes out, and takes whatever is thrown', () => {
    const cause = new Error('inner words');
    const failure = handlerFailure(new Error('x'.repeat(100_000), { cause }));
    expect(failure.message.length + (failure.stack?.length ?? 0)).toBeLessThan(5_000);
    expect(failure.stack).not.toContain('inner words');
    expect(handlerFailure('nothing')).toEqual({ errorName: 'string', message: 'nothing', stack: null });
    expect(handlerFailure(undefined)).toEqual({ errorName: 'undefined', message: '', stack: null });
  });
});
