import { describe, expect, it } from 'vitest';
import { CircuitBreaker } from './circuit-breaker.js';

const settings = { failures: 3, coolDownMs: 1_000, factor: 2, capMs: 3_000 };

function opened(now = 0): CircuitBreaker {
  const breaker = new CircuitBreaker(settings);
  for (let count = 0; count < settings.failures; count += 1) breaker.fail(now);
  return breaker;
}

describe('CircuitBreaker', () => {
  it('opens after so many outages in a row, and no sooner', () => {
    const breaker = new CircuitBreaker(settings);
    breaker.fail(0);
    breaker.fail(0);
    breaker.succeed();
    breaker.fail(0);
    breaker.fail(0);
    expect(breaker.state(0)).toBe('closed');
    breaker.fail(0);
    expect(breaker.state(0)).toBe('open');
    expect(breaker.allowance(0)).toBe(0);
    expect(breaker.msUntilTrial(400)).toBe(600);
  });

  it('lets one call try after the cool-down', () => {
    const breaker = opened();
    expect(breaker.state(1_000)).toBe('half-open');
    expect(breaker.allowance(1_000)).toBe(1);
    breaker.begin(1_000);
    expect(breaker.allowance(1_000)).toBe(0);
  });

  it('cools down longer after every failed trial, up to the cap', () => {
    const breaker = opened();
    const coolDowns: number[] = [];
    let now = 1_000;
    for (let trial = 0; trial < 3; trial += 1) {
      breaker.begin(now);
      breaker.fail(now);
      coolDowns.push(breaker.msUntilTrial(now));
      now += breaker.msUntilTrial(now);
    }
    expect(coolDowns).toEqual([2_000, 3_000, 3_000]);
  });

  it('is not kept open by calls that were under way when it opened', () => {
    const breaker = opened();
    breaker.fail(900);
    expect(breaker.state(1_000)).toBe('half-open');
  });

  it('closes on an answer, and starts over', () => {
    const breaker = opened();
    breaker.succeed();
    expect(breaker.state(0)).toBe('closed');
    breaker.fail(0);
    expect(breaker.state(0)).toBe('closed');
  });

  it('tries again when a trial told nothing', () => {
    const breaker = opened();
    breaker.begin(1_000);
    breaker.skip();
    expect(breaker.allowance(1_000)).toBe(1);
  });
});
