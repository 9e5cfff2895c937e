import { describe, expect, it } from 'vitest';
import { freezeReceipt } from './freeze.js';
import { checkedReceipt, printedRequest } from './receipt.fixture.js';

function freeze(document: Record<string, unknown>, merchantId = '542088') {
  return JSON.parse(Buffer.from(freezeReceipt({ operation: 'receipt', document }, merchantId)).toString());
}

describe('freezeReceipt', () => {
  it('says what the printed request says', () => {
    expect(freeze(checkedReceipt())).toEqual(printedRequest);
  });

  it('keeps ids as text where a number would change them', () => {
    const ids = { merchant_id: '0542088', payment_id: '90071992547409931' };
    expect(freeze(checkedReceipt(ids), '0542088')).toMatchObject(ids);
  });

  it('names the merchant as the provider knows it, whatever its id is with us', () => {
    expect(freeze(checkedReceipt(), '77').merchant_id).toBe(77);
  });

  it('keeps what differs from what the provider fills in', () => {
    const positions = printedRequest.positions.map((position) => ({ ...position, measure: 'kilogram' }));
    const frozen = freeze(checkedReceipt({ positions, receipt_method: 'together' }));
    expect(frozen).toMatchObject({ receipt_method: 'together', positions: [{ measure: 'kilogram' }, {}] });
  });

  it('says the measure always in FFD 1.2, which requires it', () => {
    const frozen = freeze(checkedReceipt({ receipt_format: 'ru_1_2' }));
    expect(frozen.positions).toMatchObject([{ measure: 'piece' }, { measure: 'piece' }]);
  });

  it('drops nothing else that the receipt says', () => {
    const details = {
      company: { inn: '5544332219', tax_system: 'osn', payment_address: 'shop.example' },
      additional_user_props: { name: 'order', value: '17' },
    };
    expect(freeze(checkedReceipt(details))).toMatchObject(details);
  });
});
