import { describe, expect, it } from 'vitest';
import { createFiscalbox } from '../providers/fiscalbox/fiscalbox-provider.js';
import { createFreedompay } from '../providers/freedompay/freedompay-provider.js';

const merchantId = '542088';

/** Casts settings, which JavaScript or a loose type may pass. */
function settings(given: unknown): Parameters<typeof createFreedompay>[0] {
  return given as Parameters<typeof createFreedompay>[0];
}

describe('a setting that is missing', () => {
  it.each([
    ['empty', { merchantId, secretKey: '' }],
    ['blank', { merchantId, secretKey: ' \n' }],
    ['not given', { merchantId }],
    ['undefined', { merchantId, secretKey: undefined }],
    ['null', { merchantId, secretKey: null }],
    ['a number', { merchantId, secretKey: 42 }],
  ])('is refused where the key of FreedomPay is %s', (_, given) => {
    expect(() => createFreedompay(settings(given))).toThrow(
      expect.objectContaining({
        code: 'settings.secret-key',
        message: expect.stringMatching(
          /^The secretKey of FreedomPay's merchant 542088 is (empty|missing|no text)\.$/,
        ),
      }),
    );
  });

  it.each(['', ' ', undefined, null])('is refused where the merchant at FreedomPay is %j', (id) => {
    expect(() => createFreedompay(settings({ merchantId: id, secretKey: 'k' }))).toThrow(
      expect.objectContaining({ code: 'settings.merchant-id' }),
    );
  });

  it.each(['', '\t'])('is refused where the key of FiscalBox is %j', (apiKey) => {
    expect(() => createFiscalbox({ apiKey })).toThrow(
      expect.objectContaining({ code: 'settings.api-key', message: 'The apiKey of FiscalBox is empty.' }),
    );
  });

  it('is right where FiscalBox needs no key', async () => {
    await createFiscalbox().close();
  });
});
