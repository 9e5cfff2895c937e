import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReplayGuard, type ReplayGuardSettings } from './replay-guard.js';
import { signDetached } from './sign-detached.js';
import type { AcceptedSignature } from './signature-check.js';
import { verifyDetached } from './verify-detached.js';

const windowMs = 60_000;
const start = Date.parse('2026-03-01T00:00:00Z');

function guardAt(settings: Partial<ReplayGuardSettings> = {}) {
  const clock = { now: start };
  const guard = createReplayGuard({ windowMs, clock: () => new Date(clock.now), ...settings });
  const admit = (requestId: string, issuedMs = clock.now, merchantId = 'm') => {
    const check = guard.admit({ ok: true, merchantId, requestId, issuedAt: new Date(issuedMs) });
    return check.ok ? 'admitted' : check.code;
  };
  return { guard, clock, admit };
}

describe('createReplayGuard', () => {
  it('admits what was signed for it, once', () => {
    const request = { method: 'POST', path: '/v5/receipts', body: new TextEncoder().encode('{}') };
    const token = signDetached({
      ...request,
      merchantId: '542088',
      secretKey: 'secret_key',
      requestId: '5c4b7b1e',
      issuedAt: new Date(start + 999),
    });
    const check = verifyDetached({ ...request, token, secretOf: () => 'secret_key' });
    expect(check).toEqual({
      ok: true,
      merchantId: '542088',
      requestId: '5c4b7b1e',
      issuedAt: new Date(start),
    });
    const { guard } = guardAt();
    expect(guard.admit(check)).toBe(check);
    expect(guard.admit(check)).toEqual({ ok: false, code: 'signature.replayed' });
  });

  it('hands on a refusal as it is', () => {
    const refusal = { ok: false, code: 'signature.mismatch' } as const;
    expect(guardAt().guard.admit(refusal)).toBe(refusal);
  });

  it.each<Partial<AcceptedSignature>>([{}, { requestId: 'a' }, { issuedAt: new Date(start) }])(
    'asks for both members: %o',
    (members) => {
      expect(guardAt().guard.admit({ ok: true, merchantId: 'm', ...members })).toEqual({
        ok: false,
        code: 'signature.replay.missing',
      });
    },
  );

  it.each([
    ['at the edge of the past', -windowMs, 'admitted'],
    ['before it', -windowMs - 1, 'signature.expired'],
    ['at the edge of the future', windowMs, 'admitted'],
    ['behind it', windowMs + 1, 'signature.expired'],
    ['at no time', Number.NaN, 'signature.expired'],
  ])('looks at the time of signing: %s', (_, offsetMs, expected) => {
    expect(guardAt().admit('a', start + offsetMs)).toBe(expected);
  });

  it('knows an id again under another time, and keeps merchants apart', () => {
    const { clock, admit } = guardAt();
    expect(admit('a')).toBe('admitted');
    clock.now += 1000;
    expect(admit('a')).toBe('signature.replayed');
    expect(admit('a', clock.now, 'n')).toBe('admitted');
  });

  it('refuses when its memory is full, and has room again later', () => {
    const { clock, admit } = guardAt({ mostRemembered: 2 });
    expect(['a', 'b', 'c', 'a'].map((id) => admit(id))).toEqual([
      'admitted',
      'admitted',
      'signature.replay.full',
      'signature.replayed',
    ]);
    clock.now += 2 * windowMs;
    expect(admit('c')).toBe('admitted');
  });

  it('takes nothing twice when the clock is set back', () => {
    const { clock, admit } = guardAt();
    expect(admit('a', start)).toBe('admitted');
    clock.now += 10 * windowMs;
    expect(admit('b')).toBe('admitted');
    clock.now = start;
    expect(admit('a', start)).toBe('signature.expired');
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses a window of %d', (window) => {
    expect(() => createReplayGuard({ windowMs: window })).toThrow(
      expect.objectContaining({ code: 'settings.replay-window' }),
    );
  });

  const step = fc.record({
    moveMs: fc.integer({ min: -2 * windowMs, max: 3 * windowMs }),
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    offsetMs: fc.integer({ min: -windowMs, max: windowMs }),
  });

  it('never admits one signature twice, whatever the clock does', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { clock, admit } = guardAt();
        const admitted = new Set<string>();
        const signed: { id: string; issuedMs: number }[] = [];
        for (const { moveMs, id, offsetMs } of steps) {
          clock.now += moveMs;
          signed.push({ id, issuedMs: clock.now + offsetMs });
          for (const signature of signed) {
            if (admit(signature.id, signature.issuedMs) === 'admitted') {
              const name = `${signature.id} ${signature.issuedMs}`;
              expect(admitted).not.toContain(name);
              admitted.add(name);
            }
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('admits every new id in the window while its clock goes forward', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { clock, admit } = guardAt();
        for (const [index, { moveMs, offsetMs }] of steps.entries()) {
          clock.now += Math.abs(moveMs);
          expect(admit(String(index), clock.now + offsetMs)).toBe('admitted');
        }
      }),
    );
  });

  it('stays quick with many ids', () => {
    const { clock, admit } = guardAt();
    const began = process.cpuUsage();
    for (let count = 0; count < 100_000; count++) {
      clock.now += 10;
      admit(String(count));
    }
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(2000);
  });
});
