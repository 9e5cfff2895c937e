import { describe, expect, it } from 'vitest';
import { reasonOf } from './reason.js';
import { type ReasonCode, reasonCodes } from './reason-codes.js';

describe('reasonOf', () => {
  it('knows every code by its dotted name and a text', () => {
    for (const code of Object.keys(reasonCodes) as ReasonCode[]) {
      expect(code).toMatch(/^provider\.[a-z-]+$/);
      expect(reasonOf(code).message).toMatch(/^[A-Z].*\.$/);
    }
  });

  it.each([
    '7',
    '-31901',
    '65531',
    '0',
    'apelsin.pay.wrong.prefix.otp.data',
    'operation.is.inProcess',
    'BILLING_ERROR',
    'driver.421',
    'system.-2146233033',
  ])('keeps the provider code %s', (providerCode) => {
    expect(reasonOf('provider.rejected', { providerCode }).providerCode).toBe(providerCode);
  });

  it.each([
    '+998901234567',
    '998901234567',
    'phone.9161234567',
    'buyer@example.com',
    'The card 8600 was refused',
    'a'.repeat(65),
    // Catastrophic where the expression can divide a run of letters in many ways.
    `${'a'.repeat(63)}!`,
    '',
    null,
  ])('leaves out what does not look like a code: %s', (providerCode) => {
    expect(reasonOf('provider.rejected', { providerCode })).not.toHaveProperty('providerCode');
  });
});
