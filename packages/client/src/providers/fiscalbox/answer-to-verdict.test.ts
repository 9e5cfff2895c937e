import type { Wallet } from '@fiscalkit/schemas';
import { describe, expect, it } from 'vitest';
import { verdictOfConfirmation } from './answer-to-verdict.js';
import { documentedExchanges, failure, qrCode, success } from './confirmation.fixture.js';
import { freezeConfirmation } from './freeze.js';
import { readFrozenConfirmation } from './frozen-confirmation.js';
import { operationOf } from './operation.js';
import { providerCodeRules } from './provider-code-rules.js';
import { verdictOfCode } from './verdict-of-code.js';
import { walletCodeRules } from './wallet-code-rules.js';

const walletNames = ['anor', 'click', 'payme', 'uzum'] as const satisfies Wallet[];

function frozen(wallet: Wallet) {
  const operation = operationOf(wallet);
  const body = freezeConfirmation({ operation, document: documentedExchanges[wallet].document });
  return readFrozenConfirmation({ operation, body });
}

function verdict(wallet: Wallet, envelope: unknown, status = 200) {
  return verdictOfText(wallet, JSON.stringify(envelope), status);
}

function verdictOfText(wallet: Wallet, text: string, status = 200) {
  const body = new TextEncoder().encode(text);
  return verdictOfConfirmation({ kind: 'answered', status, headers: {}, body }, frozen(wallet), new Date());
}

function altered(wallet: Wallet, changes: Readonly<Record<string, unknown>>) {
  return verdict(wallet, success({ ...documentedExchanges[wallet].data, ...changes }));
}

describe('a confirmed payment', () => {
  it.each(walletNames)('of %s is registered, bare or wrapped', (wallet) => {
    const { data, paymentId } = documentedExchanges[wallet];
    const registered = {
      kind: 'registered',
      registration: {
        providerDocumentId: paymentId,
        mark: {
          country: 'uz',
          terminal_id: 'UZ170703100597',
          receipt_number: '2421',
          fiscal_sign: '514343190161',
          registered_at: '2023-01-04T12:18:01+05:00',
        },
        link: qrCode,
        details: 'client_phone_number' in data ? { ...data, client_phone_number: null } : data,
      },
    };
    expect(verdict(wallet, success(data))).toEqual(registered);
    expect(verdict(wallet, { result: success(data) })).toEqual(registered);
  });

  it('of anor may come without anything but its transaction', () => {
    const nothing = { message: null, error_code: null, payment_id: null };
    expect(altered('anor', nothing)).toMatchObject({
      kind: 'registered',
      registration: { providerDocumentId: null },
    });
  });

  it('keeps no id that is none', () => {
    expect(altered('anor', { payment_id: 'buyer@example.com' })).toMatchObject({
      kind: 'registered',
      registration: { providerDocumentId: null },
    });
  });

  it.each([
    ['anor', { error_code: '0' }],
    ['anor', { error_code: 0, message: 'Фискализация завершена' }],
    ['anor', { error_code: 0, message: 'Muvaffaqiyatli yakunlandi' }],
    ['anor', { error_code: 0, message: 'OK' }],
    ['anor', { error_code: 0, message: null }],
    ['anor', { error_code: null }],
    ['anor', { error_code: undefined }],
    ['anor', { transaction_id: ' A12FC00F-5AF5-65B8-ADF8-74BFF44680EE' }],
    ['click', { status: 'success' }],
    ['click', { status: ' Successfully\n' }],
    ['click', { error: '' }],
    ['click', { error: 0 }],
    ['click', { error: '0', status_code: 0 }],
    ['click', { cancelled: false, refunded: 0, state: 'SUCCESS', url: qrCode.replace('r=2421', 'r=02421') }],
    ['click', { site: 'https://shop.example/check?t=1' }],
    ['click', { payment_id: 4710103925 }],
    ['click', { payment_id: '04710103925 ' }],
    ['click', { qr_code: qrCode.replace('/check', '/epi').replace('r=2421', 'r=002421') }],
    ['click', { qr_code: qrCode.replaceAll('&', '&amp;') }],
    ['payme', { error: 0 }],
    ['payme', { error: undefined }],
    ['uzum', { payment_status: 'success' }],
    ['uzum', { error_code: 0 }],
    ['uzum', { error_code: null, error_message: '' }],
    ['uzum', { error_message: 'Success' }],
    ['uzum', { client_phone_number: 998712565009 }],
  ] as const)('of %s may be written otherwise: %j', (wallet, changes) => {
    expect(altered(wallet, changes)).toMatchObject({ kind: 'registered' });
  });

  it('may show a big id as a number', () => {
    const operation = operationOf('click');
    const document = { payment_id: '90071992547409931', qr_code: qrCode };
    const confirmation = readFrozenConfirmation({
      operation,
      body: freezeConfirmation({ operation, document }),
    });
    for (const [shown, kind] of [
      ['90071992547409931', 'registered'],
      ['90071992547409930', 'unknown'],
    ]) {
      const text = `{"data":{"payment_id":${shown},"status":"success"},"error":null,"is_success":true}`;
      const body = new TextEncoder().encode(text);
      const answer = { kind: 'answered', status: 200, headers: {}, body } as const;
      expect(verdictOfConfirmation(answer, confirmation, new Date())).toMatchObject({ kind });
    }
  });
});

describe('a success that is not named', () => {
  it.each([
    ['anor', {}],
    ['anor', { error_code: 0 }],
    ['anor', { error_code: null }],
    ['anor', { error_code: null, payment_id: 5, message: 'Transaction was closed' }],
    ['anor', { error_code: 0, message: 'Fiscalization is in process' }],
    ['anor', { error_code: 0, message: 5, payment_id: 5 }],
    ...[
      'Queued',
      'timeout',
      'Unknown transaction',
      "Can't be completed",
      'Incomplete',
      'Will be completed',
      'В обработке',
      'Не завершена',
      'Завершается',
      'Неуспешно',
      'Отменено',
      'Kutilmoqda',
      'Muvaffaqiyatsiz',
      'Bajarilmadi',
      'Бекор қилинди',
      '-',
    ].map((message) => ['anor', { error_code: 0, message, payment_id: 5 }] as const),
    ...[
      { state: 'cancelled' },
      { fiscal_status: 'WAITING' },
      { operationState: 'REVERSED' },
      { operation: { state: 'HOLD' } },
      { result: false },
      { confirmed: 'false' },
      { reversed: true },
      { is_cancelled: 1 },
    ].map((beside) => ['click', { status: 'success', ...beside }] as const),
    ['anor', { payment_id: 5 }],
    ['anor', { error_code: '', payment_id: 5 }],
    ['click', {}],
    ['click', { payment_id: '4710103925', qr_code: qrCode, inn: '123456789', error: null }],
    ['click', { status: null }],
    ['click', { status: '' }],
    ['click', { status: 'PROCESSING' }],
    ['click', { status: 'unsuccessfully' }],
    ['click', { status: true }],
    ['click', { status: 0 }],
    ['click', { status: { name: 'success' } }],
    ['click', { status: ['success'] }],
    ['click', { Status: 'success' }],
    ['click', { payment_status: 'SUCCESS' }],
    ['payme', {}],
    ['payme', { result: { receipt: {} } }],
    ['payme', { result: { receipt: { _id: null } } }],
    ['payme', { result: { receipt: [] } }],
    ['payme', { result: { receipt: '696e0246c9a128176d5934d8' } }],
    ['payme', { result: { success: true } }],
    ['uzum', {}],
    ['uzum', { payment_status: 'PROCESSING', error_code: '0' }],
    ['uzum', { payment_status: 'HOLD', error_code: '0' }],
    ['uzum', { payment_status: null, error_code: '0' }],
    ['uzum', { payment_status: 1, error_code: '0' }],
  ] as const)('leaves the outcome of %s open: %j', (wallet, data) => {
    for (const envelope of [success(data), { result: success(data) }]) {
      expect(verdict(wallet, envelope)).toMatchObject({
        kind: 'unknown',
        reason: { code: expect.stringMatching(/^provider\.(unreadable|uncertain)$/) },
      });
    }
  });

  it.each([{ state: 0 }, { state: 50 }, { state: 'paid' }, { pay_time: 0 }, { cancel_time: 1768816711555 }])(
    'leaves the outcome of payme open when its receipt says %j',
    (changes) => {
      const receipt = { _id: '696e0246c9a128176d5934d8', pay_time: 1768816711555, ...changes };
      expect(altered('payme', { result: { receipt } })).toMatchObject({
        kind: 'unknown',
        reason: { code: 'provider.uncertain' },
      });
    },
  );

  it.each([{ state: 4 }, { state: null, cancel_time: 0 }])(
    'is named by a receipt of payme that says %j',
    (changes) => {
      const receipt = { _id: '696e0246c9a128176d5934d8', pay_time: 1768816711555, ...changes };
      expect(altered('payme', { result: { receipt } })).toMatchObject({ kind: 'registered' });
    },
  );

  it.each(walletNames)('is that of %s which is only accepted', (wallet) => {
    expect(verdict(wallet, success(documentedExchanges[wallet].data), 202)).toMatchObject({
      kind: 'unknown',
      reason: { code: 'provider.uncertain', httpStatus: 202 },
    });
  });

  it('is no trouble of the provider as a whole when it is a word that is not known', () => {
    const { kind, ...rest } = altered('uzum', { payment_status: 'PROCESSING' });
    expect(kind).toBe('unknown');
    expect(rest).not.toHaveProperty('reason.outage');
  });
});

describe('an answer about something else', () => {
  const otherLink = qrCode.replace('r=2421', 'r=2904');

  it.each([
    ['anor', { transaction_id: '05a447d7-ad64-4b95-931e-951b624b6534' }],
    ['anor', { transaction_id: 17 }],
    ['anor', { transactionId: '05a447d7-ad64-4b95-931e-951b624b6534' }],
    ['anor', { error_code: 17, transaction_id: '05a447d7-ad64-4b95-931e-951b624b6534' }],
    ['click', { payment_id: '999' }],
    ['click', { payment_id: 999 }],
    ['click', { PaymentId: '999' }],
    ['click', { status: 'failed', payment_id: '999' }],
    ['click', { qr_code: otherLink }],
    ['click', { qr_code: qrCode.replace('t=UZ170703100597', 't=UZ170703100598') }],
    ['click', { qr_code: 'https://example.com/' }],
    ['click', { link: otherLink }],
    ['click', { url: otherLink }],
    ['click', { fiscal_data: { qr: otherLink } }],
    ['payme', { result: { receipt: { _id: '696e0246c9a128176d5934d9' } } }],
    ['payme', { payment_id: '696e0246c9a128176d5934d9' }],
    ['uzum', { payment_id: '7e577908-6851-4a8d-ac1d-bdd17002f96b' }],
    ['uzum', { qr_code: otherLink }],
  ] as const)('leaves the outcome of %s open: %j', (wallet, changes) => {
    const data = { ...documentedExchanges[wallet].data, ...changes };
    const failed = { data, error: { code: 7, message: 'no' }, is_success: false };
    for (const envelope of [success(data), { result: success(data) }, failed]) {
      expect(verdict(wallet, envelope)).toMatchObject({
        kind: 'unknown',
        reason: { code: 'provider.mismatch' },
      });
    }
  });

  it.each([
    ['click', { payment_id: {} }],
    ['click', { payment_id: true }],
    ['click', { qr_code: [qrCode] }],
    ['uzum', { payment_id: [] }],
  ] as const)('can be one that shows of %s what can not be compared: %j', (wallet, changes) => {
    expect(altered(wallet, changes)).toMatchObject({
      kind: 'unknown',
      reason: { code: 'provider.unreadable' },
    });
  });
});

describe('a failure that the wallet hides in a success', () => {
  it.each([
    ['anor', { error_code: 17 }, '17'],
    ['anor', { error_code: '-5' }, '-5'],
    ['click', { error: '-301' }, '-301'],
    ['click', { status: 'failed' }, undefined],
    ['payme', { result: null, error: '-31602' }, '-31602'],
    ['uzum', { payment_status: 'FAILED' }, '0'],
    ['uzum', { error_code: 'limit.was.set' }, 'limit.was.set'],
    ['anor', { error_code: { code: 5 } }, '5'],
    ['anor', { errorCode: 17 }, '17'],
    ['anor', { ERROR_CODE: '17' }, '17'],
    ['anor', { error_code: [] }, undefined],
    ['anor', { error_code: false }, undefined],
    ['anor', { error_code: true, message: null }, undefined],
    ['anor', { message: 'failed', error_code: 0 }, '0'],
    ['anor', { status: 'failed' }, '0'],
    ['click', { error: -5017 }, '-5017'],
    ['click', { error: ' ' }, undefined],
    ['click', { error: {} }, undefined],
    ['click', { error: [-5017] }, undefined],
    ['click', { Error: -5017 }, '-5017'],
    ['click', { error_code: -5017 }, '-5017'],
    ['click', { status_code: -5017 }, '-5017'],
    ['click', { errors: ['no'] }, undefined],
    ['click', { isError: true }, undefined],
    ['click', { status: 'FAILED' }, undefined],
    ['click', { status: 'Error' }, undefined],
    ['click', { payment_status: 'FAILED' }, undefined],
    ['click', { result: { error: { code: -5017 } } }, '-5017'],
    ['click', { details: [{ error: -5017 }] }, '-5017'],
    ['payme', { error: { code: -1 } }, '-1'],
    ['payme', { error: { Error_Code: '-1' } }, '-1'],
    ['payme', { result: { error: { code: -31602 } } }, '-31602'],
    ['payme', { status: 'failed' }, undefined],
    ['uzum', { payment_status: 'failed' }, '0'],
    ['uzum', { payment_status: 'REVERSED' }, '0'],
    ['uzum', { payment_status: ' error ', error_code: null }, undefined],
    ['uzum', { error_code: { code: 'limit.was.set' } }, 'limit.was.set'],
    ['uzum', { error: true }, '0'],
  ] as const)('of %s is not registered: %j', (wallet, changes, providerCode) => {
    const given = altered(wallet, changes);
    expect(given).toMatchObject({ kind: 'retry', reason: { code: 'provider.failed' } });
    expect(given.kind === 'retry' && given.reason.providerCode).toBe(providerCode);
  });

  it('of payme is open without its receipt', () => {
    expect(altered('payme', { result: null })).toMatchObject({
      kind: 'unknown',
      reason: { code: 'provider.unreadable' },
    });
  });

  it.each(walletCodeRules)('of uzum with $code is $verdict: $because', ({ code, verdict: kind, outage }) => {
    const given = altered('uzum', { payment_status: 'FAILED', error_code: code });
    expect(given).toMatchObject({ kind, reason: { providerCode: code } });
    expect('reason' in given && given.reason.outage).toBe(outage);
  });
});

describe('a failure that FiscalBox reports', () => {
  it.each(providerCodeRules)('with $code is $verdict: $because', ({ code, verdict: kind, outage }) => {
    for (const status of [200, 400]) {
      const given = verdict('anor', failure(/^\d+$/.test(code) ? Number(code) : code), status);
      expect(given).toMatchObject({ kind, reason: { providerCode: code, httpStatus: status } });
      expect('reason' in given && given.reason.outage).toBe(outage);
    }
  });

  it.each([444, 'WRONG_TOKEN'])('with %s says that our access is refused', (code) => {
    expect(verdict('anor', failure(code))).toMatchObject({ reason: { code: 'provider.unauthorized' } });
  });

  it('behind a wallet says so, too', () => {
    const lost = altered('uzum', { payment_status: 'FAILED', error_code: 'apelsin.pay.authorization.error' });
    expect(lost).toMatchObject({ kind: 'retry', reason: { code: 'provider.unauthorized' } });
  });

  it.each([65531, 36909, 9001, 'new.code'])('with a code that no rule knows, %s, may pass', (code) => {
    expect(verdict('click', failure(code))).toMatchObject({
      kind: 'retry',
      reason: { code: 'provider.failed', providerCode: String(code) },
    });
  });

  it('may come without an error', () => {
    const bare = { data: null, error: null, is_success: false };
    expect(verdict('click', bare)).toMatchObject({ kind: 'retry', reason: { code: 'provider.failed' } });
    const speaking = {
      ...bare,
      data: { ...documentedExchanges.uzum.data, error_code: 'operation.not.found' },
    };
    expect(verdict('uzum', speaking)).toMatchObject({ kind: 'rejected' });
  });

  it('may come flat, without an envelope', () => {
    const flat = { status: 'failed', message: 'x', error_code: 7 };
    expect(verdict('anor', flat)).toMatchObject({ kind: 'rejected', reason: { providerCode: '7' } });
  });

  it('repeats nothing of its text', () => {
    const message = '{"payment_id":["998901234567 buyer@example.com"]}';
    expect(JSON.stringify(verdict('anor', failure(7, message)))).not.toMatch(/998901234567|buyer/);
  });
});

describe('an answer that contradicts itself', () => {
  it.each([
    [
      'success with an error',
      { ...success(documentedExchanges.anor.data), error: { code: 7, message: 'x' } },
    ],
    ['success without data', success(null)],
    ['success in data that is none', success([documentedExchanges.anor.data])],
    ['success in data that is text', success(JSON.stringify(documentedExchanges.anor.data))],
    ['neither', { data: documentedExchanges.anor.data, error: null }],
    ['success as text', { ...success(documentedExchanges.anor.data), is_success: 'true' }],
    ['success as number', { ...success(documentedExchanges.anor.data), is_success: 1 }],
    ['success with an error that is a number', { ...success(documentedExchanges.anor.data), error: -5017 }],
    ['success with an error that is true', { ...success(documentedExchanges.anor.data), error: true }],
    ['success with an empty error object', { ...success(documentedExchanges.anor.data), error: {} }],
    ['success with a code beside it', { ...success(documentedExchanges.anor.data), error_code: 5 }],
    ['success with another Error', { ...success(documentedExchanges.anor.data), Error: { code: 7 } }],
    ['success with another success', { ...success(documentedExchanges.anor.data), success: false }],
    ['success with a status of HTTP', { ...success(documentedExchanges.anor.data), status: 500 }],
    ['success that failed', { ...success(documentedExchanges.anor.data), status: 'failed' }],
    ['success around a failure', { ...success(documentedExchanges.anor.data), result: failure(7) }],
    ['an error around success', { result: success(documentedExchanges.anor.data), error: { code: 7 } }],
    ['failure whose data is a success', { ...failure(7), data: documentedExchanges.anor.data }],
    [
      'no success, no error, data of success',
      { ...success(documentedExchanges.anor.data), is_success: false },
    ],
    ['data that says no success', success({ ...documentedExchanges.anor.data, is_success: false })],
    ['data with a code', success({ ...documentedExchanges.anor.data, code: -5017 })],
    ['data with words of an error', success({ ...documentedExchanges.anor.data, error_message: 'no' })],
  ])('leaves the outcome open: %s', (_, envelope) => {
    expect(verdict('anor', envelope)).toMatchObject({
      kind: 'unknown',
      reason: { code: 'provider.unreadable' },
    });
  });
});

describe('an answer that is labelled as a failure', () => {
  it('is none, whatever its envelope says', () => {
    expect(verdict('anor', success(documentedExchanges.anor.data), 400)).toMatchObject({ kind: 'unknown' });
  });
});

describe('an answer that is nested without end', () => {
  it('leaves the outcome open', () => {
    const deep = 200_000;
    const text = `{"data":{"status":"success","x":${'['.repeat(deep)}${']'.repeat(deep)}},"is_success":true}`;
    expect(verdictOfText('click', text)).toMatchObject({ kind: 'unknown' });
  });
});

describe('verdictOfCode', () => {
  const context = { confirmation: frozen('anor'), httpStatus: 200 };

  it('takes a rule that says "already done" for success', () => {
    const rules = [{ code: '1', verdict: 'registered', because: 'already confirmed' }] as const;
    const { link, mark } = context.confirmation;
    expect(verdictOfCode('1', rules, context)).toEqual({
      kind: 'registered',
      registration: { providerDocumentId: null, link, mark, details: {} },
    });
  });

  it('has one rule for each code', () => {
    for (const rules of [providerCodeRules, walletCodeRules]) {
      expect(new Set(rules.map(({ code }) => code)).size).toBe(rules.length);
    }
  });
});
