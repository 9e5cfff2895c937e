import { describe, expect, it } from 'vitest';
import { verdictOfStatus } from './verdict-of-status.js';

const now = new Date('2026-03-01T10:00:00Z');

function verdict(status: number, retryAfter?: string | string[]) {
  const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
  return verdictOfStatus({ kind: 'answered', status, headers, body: new Uint8Array() }, now);
}

describe('verdictOfStatus', () => {
  it.each([
    [301, 'unknown', 'provider.redirected', undefined],
    [307, 'unknown', 'provider.redirected', undefined],
    [400, 'unknown', 'provider.unexpected-status', undefined],
    [401, 'retry', 'provider.unauthorized', undefined],
    [403, 'retry', 'provider.unauthorized', undefined],
    [404, 'retry', 'provider.not-found', undefined],
    [405, 'retry', 'provider.not-found', undefined],
    [409, 'unknown', 'provider.conflict', undefined],
    [413, 'rejected', 'provider.rejected', undefined],
    [415, 'rejected', 'provider.rejected', undefined],
    [418, 'unknown', 'provider.unexpected-status', undefined],
    [429, 'retry', 'provider.rate-limited', undefined],
    [500, 'unknown', 'provider.server-error', true],
    [502, 'unknown', 'provider.server-error', true],
    [503, 'unknown', 'provider.unavailable', true],
    [504, 'unknown', 'provider.server-error', true],
  ])('%i is %s, %s', (httpStatus, kind, code, outage) => {
    const { reason, ...rest } = verdict(httpStatus);
    expect(rest).toEqual({ kind });
    expect(reason).toMatchObject({ code, httpStatus });
    expect(reason.outage).toBe(outage);
  });

  it('takes a 503 that says when to come back for not processed', () => {
    expect(verdict(503, '7')).toMatchObject({ kind: 'retry', retryAfterMs: 7000, reason: { outage: true } });
  });

  it('takes the first of several Retry-After', () => {
    expect(verdict(429, ['7', '9'])).toMatchObject({ kind: 'retry', retryAfterMs: 7000 });
  });

  it.each([
    ['120', 120_000],
    ['0', 0],
    ['Sun, 01 Mar 2026 10:01:30 GMT', 90_000],
    ['Sun, 01 Mar 2026 09:00:00 GMT', 0],
    ['99999999999', 86_400_000],
    ['soon', undefined],
    ['-5', undefined],
    ['2026', 2_026_000],
    ['2026-03-01T10:01:30Z', undefined],
  ])('reads Retry-After %s', (header, retryAfterMs) => {
    const given = verdict(429, header);
    expect(given.kind === 'retry' ? given.retryAfterMs : Number.NaN).toBe(retryAfterMs);
  });
});
