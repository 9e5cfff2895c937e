import { describe, expect, it } from 'vitest';
import { documentedAnswer, documentedConfirmation } from '../examples/confirmations.js';
import { faultyLinks } from '../examples/faulty-documents.js';
import { namesOf } from '../fields/choice-field.js';
import { checkConfirmation } from './confirmation.js';
import { confirmationDataSchemas, wallets } from './wallets.js';

const { transaction_id, qr_code } = documentedConfirmation;

describe('checkConfirmation', () => {
  it('passes the documented confirmation', () => {
    expect(checkConfirmation('anor', documentedConfirmation)).toMatchObject({
      ok: true,
      confirmation: {
        paymentId: transaction_id,
        qr_code,
        link: { path: 'check', mark: { terminal_id: 'UZ170703100597', receipt_number: '2421' } },
        document: documentedConfirmation,
      },
    });
  });

  it.each(namesOf(wallets))('takes the key of %s and no other', (wallet) => {
    const { key } = wallets[wallet];
    const checked = checkConfirmation(wallet, { [key]: ' 4710103925 ', qr_code: ` ${qr_code}` });
    const document = { [key]: '4710103925', qr_code };
    expect(checked).toMatchObject({ ok: true, confirmation: { paymentId: '4710103925', document } });

    const other = key === 'payment_id' ? 'transaction_id' : 'payment_id';
    const refused = checkConfirmation(wallet, { [other]: '4710103925', qr_code });
    expect(refused.ok ? [] : refused.faults.map(({ code, path }) => [code, path])).toEqual([
      ['field.missing', `$.${key}`],
      ['field.unknown', `$.${other}`],
    ]);
  });

  it.each(faultyLinks.filter(({ text }) => text === text.trim()))(
    'refuses the link $text',
    ({ text, code }) => {
      const isRussian = text.includes('1-ofd') || text.startsWith('t=');
      const checked = checkConfirmation('anor', { transaction_id, qr_code: text });
      expect(checked.ok ? [] : checked.faults.map(({ path }) => path)).toEqual(['$.qr_code']);
      if (!isRussian) expect(checked).toMatchObject({ faults: [{ code }] });
    },
  );

  it('finds all faults at once', () => {
    const checked = checkConfirmation('click', { payment_id: 'x'.repeat(129), qr_code: 'x', amount: 1 });
    expect(checked.ok ? [] : checked.faults.map(({ code }) => code)).toEqual([
      'field.length',
      'link.format',
      'field.unknown',
    ]);
  });

  it.each([
    [{ payment_id: 17, qr_code }, 'field.type'],
    [{ payment_id: ' ', qr_code }, 'field.length'],
    [null, 'field.type'],
  ])('refuses %j', (input, code) => {
    expect(checkConfirmation('payme', input)).toMatchObject({ ok: false, faults: [{ code }] });
  });
});

describe('confirmationDataSchemas', () => {
  it('read the documented answer as it is, in its order', () => {
    const read = confirmationDataSchemas.anor.parse(documentedAnswer.data);
    expect(JSON.stringify(read)).toBe(JSON.stringify(documentedAnswer.data));
  });

  it('read what is missing as null, and drop what is unknown', () => {
    expect(confirmationDataSchemas.anor.parse({ payment_id: '658', more: 1 })).toEqual({
      message: null,
      error_code: null,
      payment_id: '658',
      transaction_id: null,
    });
    expect(confirmationDataSchemas.click.parse({ status: 'successfully', payment_id: null })).toEqual({
      payment_id: null,
      inn: null,
      qr_code: null,
      status: 'successfully',
      error: null,
    });
    expect(
      confirmationDataSchemas.payme.parse({ id: 123, result: { receipt: { _id: 'a', pay_time: 1 } } }),
    ).toEqual({
      id: 123,
      result: { receipt: { _id: 'a', create_time: null, pay_time: 1 } },
      error: null,
    });
    expect(confirmationDataSchemas.uzum.parse({ payment_status: 'SUCCESS', error_code: '0' })).toMatchObject({
      payment_status: 'SUCCESS',
      error_code: '0',
      client_phone_number: null,
    });
  });

  it.each([
    ['anor', { message: 5 }],
    ['anor', { error_code: {} }],
    ['anor', { payment_id: [] }],
    ['anor', { transaction_id: true }],
    ['click', { status: 0 }],
    ['click', { error: -5017 }],
    ['click', { qr_code: 1 }],
    ['payme', { result: 'ok' }],
    ['payme', { result: { receipt: [] } }],
    ['payme', { result: { receipt: { _id: {} } } }],
    ['payme', { error: { code: -1 } }],
    ['uzum', { payment_status: true }],
    ['uzum', { error_code: false }],
    ['uzum', { error_message: {} }],
  ] as const)('refuse what %s would say no failure with if it read as null: %j', (wallet, data) => {
    expect(confirmationDataSchemas[wallet].safeParse(data).success).toBe(false);
  });

  it('read a number where the pages print a text of the same meaning', () => {
    expect(confirmationDataSchemas.anor.parse({ transaction_id: 17 })).toMatchObject({
      transaction_id: '17',
    });
    expect(confirmationDataSchemas.payme.parse({ result: { receipt: { _id: 5 } } })).toMatchObject({
      result: { receipt: { _id: '5' } },
    });
    expect(confirmationDataSchemas.click.parse({ error: 0 })).toMatchObject({ error: null });
    expect(confirmationDataSchemas.uzum.parse({ error_message: 0 })).toMatchObject({ error_message: null });
  });

  it('read as null what decides nothing and is strange', () => {
    expect(confirmationDataSchemas.click.parse({ inn: 1 })).toMatchObject({ inn: null });
    expect(confirmationDataSchemas.uzum.parse({ client_phone_number: {} })).toMatchObject({
      client_phone_number: null,
    });
    expect(
      confirmationDataSchemas.payme.parse({ id: [], result: { receipt: { pay_time: 'x' } } }),
    ).toMatchObject({ id: null, result: { receipt: { pay_time: null } } });
  });
});
