import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RateLimiter } from './rate-limiter.js';

describe('RateLimiter', () => {
  it('gives a burst of one second, then an even rate', () => {
    const limiter = new RateLimiter(4, 0);
    expect(limiter.available(0)).toBe(4);
    for (let call = 0; call < 4; call += 1) limiter.take();
    expect(limiter.available(0)).toBe(0);
    expect(limiter.msUntilAvailable(0)).toBe(250);
    expect(limiter.available(250)).toBe(1);
    expect(limiter.available(60_000)).toBe(4);
  });

  it('takes rates below one call per second', () => {
    const limiter = new RateLimiter(0.5, 0);
    limiter.take();
    expect(limiter.msUntilAvailable(0)).toBe(2_000);
    expect(limiter.available(2_000)).toBe(1);
  });

  it('never lets through more than the rate and one burst', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(700), { maxLength: 60 }),
        fc.integer({ min: 1, max: 9 }),
        (pauses, rate) => {
          const limiter = new RateLimiter(rate, 0);
          let now = 0;
          let calls = 0;
          for (const pause of pauses) {
            now += pause;
            for (let free = limiter.available(now); free > 0; free -= 1) {
              limiter.take();
              calls += 1;
            }
          }
          expect(calls).toBeLessThanOrEqual(rate + (now * rate) / 1_000 + 1e-6);
        },
      ),
    );
  });
});
