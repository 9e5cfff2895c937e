import { russianReceipt } from '../examples/receipts.js';

/** Receipt that somebody sent to a register, the page that reports it, and the expected result of a check. */
export interface RegisterCase {
  readonly title: string;
  readonly source: string;
  readonly input: unknown;
  /** Code and path of every fault. */
  readonly faults?: readonly (readonly [code: string, path: string])[];
  readonly warnings?: readonly (readonly [code: string, path: string])[];
}

const position = {
  name: 'Чай',
  price: '100.00',
  quantity: '1',
  vat_code: 'vat_22',
  payment_method: 'full_payment',
  payment_object: 'goods',
};

function receipt(format: string, total: string, positions: readonly object[]) {
  return {
    ...russianReceipt,
    receipt_format: format,
    positions: positions.map((each) => ({ ...position, ...each })),
    settlements: [{ type: 'cashless', sum: total }],
  };
}

const marks = '$.positions[0].mark_code_type';

/** Cases of the years 2019 to 2026, each under the page that reports it. */
export const registerCases: readonly RegisterCase[] = [
  {
    title: 'draught beer: half a litre from a marked keg',
    source: 'https://github.com/iiko/front.api.sdk/issues/498',
    input: receipt('ru_1_2', '200.00', [
      {
        name: 'Пиво светлое разливное',
        price: '400.00',
        quantity: '0.5',
        payment_object: 'excise_marked',
        measure: 'liter',
        mark_code_type: { mark_code_raw: '0104600000000015215AbcdE\u001d93xYz1' },
      },
    ]),
  },
  {
    title: 'an agent without the INN of the supplier',
    source: 'https://www.klerk.ru/blogs/akbars/668090/',
    input: receipt('ru_1_05', '100.00', [
      { name: 'Билет', agent_type: 'agent', supplier: { name: 'ООО Ромашка' } },
    ]),
    faults: [['receipt.position.supplier.inn.missing', '$.positions[0].supplier.inn']],
  },
  {
    title: 'five of twenty pieces of a marked pack with the quantity 0.25',
    source: 'https://github.com/shtrih-m/fr_drv_ng/issues/171',
    input: receipt('ru_1_2', '25.00', [
      {
        name: 'Таблетки',
        quantity: '0.25',
        payment_object: 'marked',
        measure: 'piece',
        mark_quantity: { numerator: 5, denominator: 20 },
        mark_code_type: { mark_code_raw: '0104607177950990215ifGTqopPcrq5\u001d93gCXj' },
      },
    ]),
    faults: [['receipt.position.mark-quantity.quantity', '$.positions[0].quantity']],
  },
  {
    title: 'mark codes whose separator arrived as text',
    source: 'https://github.com/iiko/front.api.sdk/issues/488',
    input: receipt('ru_1_2', '200.00', [
      {
        payment_object: 'marked',
        mark_code_type: { gs_1m: '0104600000000015215Z7(DdTeBEIIU&#x1D;93mfhf' },
      },
      {
        payment_object: 'marked',
        mark_code_type: { gs_1m: '010460000000002221abcdefg\\u001d93Is54' },
      },
    ]),
    faults: [
      ['receipt.position.mark.separator', '$.positions[0].mark_code_type.gs_1m'],
      ['receipt.position.mark.separator', '$.positions[1].mark_code_type.gs_1m'],
    ],
  },
  {
    title: 'tobacco and whisky under the names that YooKassa has for them',
    source: 'https://www.rubydoc.info/gems/yoomoney/Yoomoney/Models/ReceiptCreateParams/Item',
    input: receipt('ru_1_2', '200.00', [
      { payment_object: 'marked_excise', mark_code_type: { mark_code_raw: '04600000000015EAlW+x4AC+8o2Wv' } },
      { payment_object: 'non_marked_excise' },
    ]),
  },
  {
    title: 'zeros behind the decimals, as databases write them',
    source: 'https://github.com/kiselevAlex/basketVue/blob/master/src/store/index.js',
    input: receipt('ru_1_05', '103.0000', [{ price: '103.0000', quantity: '1.0000' }]),
  },
  {
    title: 'a digit behind the decimals',
    source: 'https://github.com/kiselevAlex/basketVue/blob/master/src/store/index.js',
    input: receipt('ru_1_05', '103.00', [{ price: '103.0050' }]),
    faults: [['amount.precision', '$.positions[0].price']],
  },
  {
    title: 'a full prepayment at 22 % instead of 22/122',
    source:
      'https://github.com/avshatalov48/bitrix-core-business/blob/main/modules/sale/lib/cashbox/tools/vat2prepaymentcheckmapper.php',
    input: receipt('ru_1_05', '12200.00', [{ price: '12200.00', payment_method: 'full_prepayment' }]),
    warnings: [['receipt.vat.prepayment', '$.positions[0].vat_code']],
  },
  {
    title: 'a supplier without an agent',
    source: 'https://github.com/sputnik8/atol-rb/pull/38',
    input: receipt('ru_1_05', '100.00', [
      { name: 'Экскурсия', supplier: { name: 'ООО Ромашка', inn: '7707083893', phone: '+79000000000' } },
    ]),
    faults: [['receipt.position.agent.missing', '$.positions[0].agent_type']],
  },
  {
    title: 'a name that nobody sees, and one that steers the printer',
    source: 'https://github.com/shopware/SwagPayPal/pull/781',
    input: receipt('ru_1_05', '200.00', [{ name: '\u200b' }, { name: 'Чай\u001b@зелёный' }]),
    faults: [
      ['text.unseen', '$.positions[0].name'],
      ['text.control', '$.positions[1].name'],
    ],
  },
  {
    title: 'over a limit that is not told',
    source: 'https://github.com/yoomoney/yookassa-sdk-python/issues/4',
    input: receipt('ru_1_2', '45000100.00', [
      { name: 'Квартира', price: '45000000.00', vat_code: 'none' },
      { payment_object: 'marked', mark_code_type: { egais_20: 'x'.repeat(68) } },
    ]),
    faults: [
      ['amount.range', '$.settlements[0].sum'],
      ['amount.range', '$.positions[0].price'],
      ['receipt.position.mark.length', '$.positions[1].mark_code_type.egais_20'],
    ],
  },
  {
    title: 'the whole scanned code in Base64, longer than the field',
    source: 'https://github.com/Komtet/komtet-kassa-php-sdk/issues/58',
    input: receipt('ru_1_2', '100.00', [
      {
        name: 'Ботинки',
        payment_object: 'marked',
        mark_code_type: {
          gs_1m: btoa(`010460000000001521N4N57RTCBUZTQ\u001d2403054002410161218\u001d92${'a'.repeat(105)}==`),
        },
      },
    ]),
    faults: [['receipt.position.mark.length', `${marks}.gs_1m`]],
  },
  {
    title: 'the whole scanned code in Base64',
    source: 'https://github.com/Komtet/komtet-kassa-php-sdk/issues/58',
    input: receipt('ru_1_2', '100.00', [
      {
        payment_object: 'marked',
        mark_code_type: {
          gs_1m: btoa(`010460000000001521N4N57RTCBUZTQ\u001d91ffd0\u001d92${'a'.repeat(43)}=`),
        },
      },
    ]),
  },
  {
    title: 'the code itself where its Base64 is too long',
    source: 'https://github.com/Komtet/komtet-kassa-php-sdk/issues/58',
    input: receipt('ru_1_2', '100.00', [
      {
        payment_object: 'marked',
        mark_code_type: {
          gs_1m: `010460000000001521N4N57RTCBUZTQ\u001d2403054002410161218\u001d92${'a'.repeat(105)}==`,
        },
      },
    ]),
  },
];
