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
    ['phone +7.916.123.45.67, +7_916_123_45_67', 'phone ***, ***'],
    ['phone +7–916–123–45–67 of ٠١٢٣٤٥٦٧٨٩', 'phone *** of ***'],
    ['no way to 192.168.100.200:5432', 'no way to 192.168.100.200:5432'],
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

  it('leaves no half of an address or number where it is cut', () => {
    const { message } = handlerFailure(new Error(`${'x '.repeat(245)}buyer@example.com 8600 1234 1234 1234`));
    expect(message).not.toMatch(/buyer|8600/);
  });

  it('writes no line of its own, and steers no terminal', () => {
    const { message, stack } = handlerFailure(new Error('mail\u001b[31m\r\n[Nest] all\u202e is well'));
    expect(message).toBe('mail[31m [Nest] all is well');
    for (const sign of ['\u001b', '\r', '\u202e']) expect(stack).not.toContain(sign);
  });

  const gotcha = () => {
    throw new Error('gotcha');
  };
  it.each(['name', 'message', 'stack'])('survives an error whose %s throws when it is read', (member) => {
    const error = Object.defineProperty(new Error('mail is down'), member, { get: gotcha });
    expect(() => handlerFailure(error)).not.toThrow();
  });

  it('survives errors with odd members, and what refuses to be looked at', () => {
    expect(handlerFailure(Object.assign(new Error('x'), { message: { a: 1 }, name: 5 }))).toMatchObject({
      errorName: 'Error',
      message: '',
    });
    const closed = new Proxy({}, { getPrototypeOf: gotcha, get: gotcha, has: gotcha });
    const { proxy: revoked, revoke } = Proxy.revocable({}, {});
    revoke();
    for (const thrown of [closed, revoked, null, Symbol('x'), Object.create(null)])
      expect(handlerFailure(thrown)).toMatchObject({ message: '', stack: null });
  });
});
