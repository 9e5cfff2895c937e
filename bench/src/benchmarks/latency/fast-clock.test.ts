import { expect, test } from 'vitest';
import { FastClock } from './fast-clock.js';

test.each([0, 0.001, 0.017, 1, 30_000, 3_600_000])('tells microseconds apart: %d ms', (passedMs) => {
  const startedAtMs = 8_640_000_123.456;
  const clock = new FastClock(startedAtMs);
  const reading = Date.parse(clock.at(startedAtMs + passedMs).toISOString());
  expect(clock.momentOf(reading) - startedAtMs).toBeCloseTo(passedMs, 3);
});
