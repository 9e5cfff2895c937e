import { describe, expect, it } from 'vitest';
import { compareReleases } from './compare-releases.js';
import { neededBump, passes } from './gate.js';
import type { JsonSchema } from './json-schema.js';

const wide = { type: 'string', maxLength: 9 };
const narrow = { type: 'string', maxLength: 5 };
const described = { ...wide, description: 'A name' };

/** A request (written to us, and read back in its output variant) and an answer (read). */
const contract = (request: JsonSchema, readBack: JsonSchema, answer: JsonSchema) => ({
  receipt: request,
  'receipt.output': readBack,
  'receipt-answer': answer,
});
const released = contract(wide, wide, wide);

const table = [
  ['narrower for writers', contract(narrow, wide, wide), 'receipt', 'major'],
  ['narrower for readers', contract(wide, narrow, wide), 'receipt.output', 'minor'],
  ['a narrower answer', contract(wide, wide, narrow), 'receipt-answer', 'minor'],
  ['words', contract(described, wide, wide), 'receipt', 'patch'],
] as const;

describe('a release', () => {
  it.each(table)('%s', (_, current, document, bump) => {
    const findings = compareReleases(released, current);
    expect(findings).toMatchObject([{ document, breaking: bump === 'major' }]);
    expect(neededBump(findings)).toBe(bump);
  });

  it.each([
    ['wider for writers', contract(narrow, wide, wide), 'minor'],
    ['wider for readers', contract(wide, narrow, wide), 'major'],
    ['a wider answer', contract(wide, wide, narrow), 'major'],
  ] as const)('%s', (_, before, bump) => {
    expect(neededBump(compareReleases(before, released))).toBe(bump);
  });

  it('may bring a document, and may not take one away', () => {
    const { 'receipt-answer': _, ...fewer } = released;
    expect(neededBump(compareReleases(fewer, released))).toBe('minor');
    expect(neededBump(compareReleases(released, fewer))).toBe('major');
  });

  it('passes with the changeset that it needs', () => {
    const breaking = compareReleases(released, contract(narrow, wide, wide));
    const harmless = compareReleases(released, contract(described, wide, wide));
    const asked = ['none', 'patch', 'minor', 'major'] as const;
    expect(asked.filter((bump) => passes(breaking, bump))).toEqual(['major']);
    expect(asked.filter((bump) => passes(harmless, bump))).toEqual(['patch', 'minor', 'major']);
    expect(asked.filter((bump) => passes([], bump))).toEqual(asked);
  });
});
