import type { Wallet } from '@fiscalkit/schemas';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verdictOfConfirmation } from './answer-to-verdict.js';
import { failure, printedExchanges, qrCode, success } from './confirmation.fixture.js';
import { freezeConfirmation } from './freeze.js';
import { readFrozenConfirmation } from './frozen-confirmation.js';
import { operationOf } from './operation.js';
import { providerCodeRules } from './provider-code-rules.js';
import { verdictOfCode } from './verdict-of-code.js';
import { walletCodeRules } from './wallet-code-rules.js';

const walletNames = ['anor', 'click', 'payme', 'uzum'] as const satisfies Wallet[];

function frozen(wallet: Wallet) {
  const operation = operationOf(wallet);
  const body = freezeConfirmation({ operation, document: printedExchanges[wallet].document });
  return readFrozenConfirmation({ operation, body });
}

function verdict(wallet: Wallet, envelope: unknown, status = 200) {
  const body = new TextEncoder().encode(JSON.stringify(envelope));
  return verdictOfConfirmation({ kind: 'answered', status, headers: {}, body }, frozen(wallet), new Date());
}

function altered(wallet: Wallet, changes: Readonly<Record<string, unknown>>) {
  return verdict(wallet, success({ ...printedExchanges[wallet].data, ...changes }));
}

describe('a confirmed payment', () => {
  it.each(walletNames)('of %s is registered, bare or wrapped', (wallet) => {
    const { data, paymentId } = printedExchanges[wallet];
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
      const given = verdict('anor', failure(Number(code)), status);
      expect(given).toMatchObject({ kind, reason: { providerCode: code, httpStatus: status } });
      expect('reason' in given && given.reason.outage).toBe(outage);
    }
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
    const speaking = { ...bare, data: { ...printedExchanges.uzum.data, error_code: 'operation.not.found' } };
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
    ['success with an error', { ...success(printedExchanges.anor.data), error: { code: 7, message: 'x' } }],
    ['success without data', success(null)],
    ['neither', { data: printedExchanges.anor.data, error: null }],
  ])('leaves the outcome open: %s', (_, envelope) => {
    expect(verdict('anor', envelope)).toMatchObject({
      kind: 'unknown',
      reason: { code: 'provider.unreadable' },
    });
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

describe('whatever FiscalBox sends', () => {
  it('gets a verdict, and is registered only by a success', () => {
    const envelopes = fc.record({ data: fc.jsonValue(), error: fc.jsonValue(), is_success: fc.boolean() });
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), envelopes),
        fc.constantFrom(...walletNames),
        (envelope, wallet) => {
          const { kind } = verdict(wallet, envelope);
          return kind !== 'registered' || JSON.stringify(envelope).includes('"is_success":true');
        },
      ),
    );
  });
});
