import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  corrections,
  fullyWrittenCorrection,
  markedCorrection,
  orderedCorrection,
  plainCorrection,
} from '../examples/corrections.js';
import { correctionsWithFaults } from '../examples/faulty-corrections.js';
import { ruleOf } from '../rules/rules.js';
import { vatTotals } from '../vat/vat.js';
import { checkCorrection } from './check-correction.js';

const now = new Date('2026-03-01T09:00:00Z');
const options = { now, merchantId: '542088' };

function codesOf(input: unknown, more: object = {}) {
  const { warnings, ...checked } = checkCorrection(input, { ...options, ...more });
  return (checked.ok ? warnings : checked.faults).map(({ code, path }) => `${code} ${path}`);
}

describe('checkCorrection', () => {
  it.each(corrections.map((correction, index) => [index, correction] as const))(
    'takes the sound example %i, and its normal form as it is',
    (_, example) => {
      const checked = checkCorrection(example, options);
      expect(checked).toMatchObject({ ok: true });
      if (checked.ok)
        expect(checkCorrection(checked.correction, options)).toMatchObject({
          ok: true,
          correction: checked.correction,
        });
    },
  );

  it.each(correctionsWithFaults)('finds $code at $path and nothing else', ({ code, path, input }) => {
    expect(codesOf(input)).toEqual([`${code} ${path}`]);
    expect(checkCorrection(input, options).ok).toBe(ruleOf(code).severity === 'warning');
    expect(checkCorrection(input, { ...options, warningsAsFaults: true }).ok).toBe(false);
  });

  it('fills in the VAT of each rate, the total and the configured seller without an e-mail', () => {
    const company = {
      inn: '5544332219',
      email: 'shop@example.com',
      tax_system: 'osn',
      payment_address: 'https://shop.example',
    } as const;
    const { email: _, ...withoutEmail } = company;
    expect(checkCorrection(plainCorrection, { ...options, company })).toMatchObject({
      correction: {
        vat_totals: [{ vat: 18.03 }, { vat: 9.09 }],
        total: 200,
        company: withoutEmail,
      },
    });
    const marked = checkCorrection(markedCorrection, { ...options, company });
    expect(marked).toMatchObject({ correction: { company, total: 200, positions: [{ sum: 200 }] } });
    const checked = checkCorrection(plainCorrection, { ...options, company });
    expect(checked.ok && checked.correction.company).not.toHaveProperty('email');
  });

  it('takes the day of the base by the clock of the register', () => {
    const input = { ...plainCorrection, correction_info: { type: 'self', base_date: '2026-03-02' } };
    expect(codesOf(input, { now: new Date('2026-03-01T20:59:59Z') })).toEqual([
      'correction.base.future $.correction_info.base_date',
    ]);
    expect(codesOf(input, { now: new Date('2026-03-01T21:00:00Z') })).toEqual([]);
  });

  it('reads what a serializer writes for nothing', () => {
    const checked = checkCorrection(fullyWrittenCorrection, options);
    expect(checked.ok && checked.correction).toEqual({
      receipt_format: 'ru_1_05',
      merchant_id: '542088',
      operation_type: 'sell_correction',
      correction_info: { type: 'self', base_date: '2026-02-27' },
      vat_totals: [{ vat_code: 'vat_22', turnover: 200, vat: 36.07 }],
      settlements: [{ type: 'cashless', sum: 200 }],
      total: 200,
    });
  });

  it('reports all faults of a document at once', () => {
    expect(
      codesOf({
        ...orderedCorrection,
        correction_info: { type: 'instruction', base_date: '2027-01-01' },
        total: 1,
        settlements: [{ type: 'card', sum: 1 }],
      }),
    ).toEqual([
      'field.value $.settlements[0].type',
      'correction.base.number.missing $.correction_info.base_number',
      'correction.base.future $.correction_info.base_date',
      'correction.total.mismatch $.total',
      'receipt.settlements.mismatch $.settlements',
    ]);
  });

  it.each([undefined, null, '', 17, [], [plainCorrection], {}, { receipt_format: null }])(
    'refuses %j without throwing',
    (input) => {
      expect(checkCorrection(input, options)).toMatchObject({ ok: false });
    },
  );

  it('adds up turnovers and VAT exactly, as an independent computation does', () => {
    const percents = { none: 0n, vat_0: 0n, vat_5: 5n, vat_7: 7n, vat_10: 10n, vat_20: 20n, vat_22: 22n };
    type Code = keyof typeof percents;
    const codes = fc.uniqueArray(fc.constantFrom(...(Object.keys(percents) as Code[])), { minLength: 1 });
    const drawn = codes.chain((rates) =>
      fc.tuple(...rates.map((code) => fc.tuple(fc.constant(code), fc.integer({ min: 1, max: 600_000_000 })))),
    );
    const text = (minor: number | bigint) => String(minor).padStart(3, '0').replace(/(..)$/, '.$1');
    fc.assert(
      fc.property(drawn, (parts) => {
        const total = parts.reduce((sum, [, minor]) => sum + minor, 0);
        const checked = checkCorrection(
          {
            ...plainCorrection,
            vat_totals: parts.map(([vat_code, minor]) => ({ vat_code, turnover: text(minor) })),
            settlements: [{ type: 'cash', sum: text(total) }],
          },
          options,
        );
        if (!checked.ok || checked.correction.receipt_format !== 'ru_1_05') throw new Error('not sound');
        expect(checked.correction.total.toFixed(2)).toBe(text(total));
        const expected = parts.map(([code, minor]) => {
          const [numerator, denominator] = [percents[code] * BigInt(minor) * 2n, 100n + percents[code]];
          return {
            vat_code: code,
            turnover: minor,
            vat: Number((numerator + denominator) / (2n * denominator)),
          };
        });
        expect(vatTotals(checked.correction)).toEqual(expected);
      }),
    );
  });
});
