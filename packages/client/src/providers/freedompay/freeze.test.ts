import type { Receipt } from '@fiscalkit/schemas';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freezeReceipt } from './freeze.js';
import { checkedReceipt, documentedRequest } from './receipt.fixture.js';

function textOf(document: Record<string, unknown>, merchantId = '542088') {
  return Buffer.from(freezeReceipt({ operation: 'receipt', document }, merchantId)).toString();
}

function freeze(document: Record<string, unknown>, merchantId = '542088') {
  return JSON.parse(textOf(document, merchantId));
}

/** Writes the request of a receipt, member by member. */
function plainly(document: Record<string, unknown>): string {
  const { receipt_format, merchant_id, payment_id, receipt_method, positions, total, ...rest } =
    document as unknown as Receipt;
  return JSON.stringify({
    receipt_format,
    merchant_id: Number(merchant_id),
    payment_id: Number(payment_id),
    ...rest,
    positions: positions.map(({ sum, measure, ...position }) =>
      measure === 'piece' && receipt_format !== 'ru_1_2' ? position : { ...position, measure },
    ),
    ...(receipt_method === 'together' && { receipt_method }),
  });
}

describe('freezeReceipt', () => {
  it('says what the printed request says', () => {
    expect(freeze(checkedReceipt())).toEqual(documentedRequest);
  });

  it('puts its members in one order, whatever they say', () => {
    const changes = fc.record(
      {
        receipt_format: fc.constantFrom('ru_1_05', 'ru_1_2'),
        receipt_method: fc.constantFrom('separately', 'together'),
        additional_user_props: fc.constant({ name: 'order', value: '17' }),
      },
      { requiredKeys: [] },
    );
    const measures = fc.array(fc.constantFrom('piece', 'kilogram'), { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(changes, measures, (changed, [first, second]) => {
        const [one, other] = documentedRequest.positions;
        const positions = [
          { ...one, measure: first },
          { measure: second, ...other },
        ];
        const document = checkedReceipt({ ...changed, positions });
        expect(textOf(document)).toBe(plainly(document));
      }),
    );
  });

  it('gives bytes that share no memory with others', () => {
    const bytes = freezeReceipt({ operation: 'receipt', document: checkedReceipt() }, '542088');
    expect(bytes.buffer.byteLength).toBe(bytes.byteLength);
  });

  it('keeps ids as text where a number would change them', () => {
    const ids = { merchant_id: '0542088', payment_id: '90071992547409931' };
    expect(freeze(checkedReceipt(ids), '0542088')).toMatchObject(ids);
  });

  it('names the merchant as the provider knows it, whatever its id is with us', () => {
    expect(freeze(checkedReceipt(), '77').merchant_id).toBe(77);
  });

  it('keeps what differs from what the provider fills in', () => {
    const positions = documentedRequest.positions.map((position) => ({ ...position, measure: 'kilogram' }));
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
