import type { Wallet } from '@fiscalkit/schemas';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verdictOfConfirmation } from './answer-to-verdict.js';
import { documentedExchanges, qrCode, success } from './confirmation.fixture.js';
import { freezeConfirmation } from './freeze.js';
import { readFrozenConfirmation } from './frozen-confirmation.js';
import { operationOf } from './operation.js';
import { walletWords } from './wallet-words.js';

const walletNames = ['anor', 'click', 'payme', 'uzum'] as const satisfies Wallet[];

function kindOf(wallet: Wallet, answer: unknown): string {
  const operation = operationOf(wallet);
  const request = freezeConfirmation({ operation, document: documentedExchanges[wallet].document });
  const confirmation = readFrozenConfirmation({ operation, body: request });
  const body = new TextEncoder().encode(JSON.stringify(answer));
  return verdictOfConfirmation({ kind: 'answered', status: 200, headers: {}, body }, confirmation, new Date())
    .kind;
}

/** Values that may mean "no error". */
const none: readonly unknown[] = [undefined, null, '', 0, '0'];

const namesOfFailure = ['error', 'Error', 'ERROR', 'error_code', 'errorCode', 'ErrorCode', 'err', 'errors'];

/** Members that name each wallet's success, and equivalent values. */
const successMembers: Readonly<Record<Wallet, { path: readonly string[]; also: readonly unknown[] }>> = {
  // Without its code, the message of anor's page is a success of its own.
  anor: { path: ['error_code'], also: none },
  click: { path: ['status'], also: [] },
  payme: { path: ['result', 'receipt', '_id'], also: [] },
  uzum: { path: ['payment_status'], also: [] },
};

function withMember(document: unknown, path: readonly string[], value: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const holder = document as Readonly<Record<string, unknown>> | undefined;
  return { ...holder, [name]: withMember(holder?.[name], rest, value) };
}

function isWord(wallet: Wallet, value: unknown): boolean {
  return (
    typeof value === 'string' &&
    walletWords[wallet].words.some(
      ({ word, outcome }) => outcome === 'success' && word === value.trim().toLowerCase(),
    )
  );
}

const wallet = fc.constantFrom(...walletNames);
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(-5017, 'FAILED', 'failed', 'error', 'REVERSED', 'PROCESSING', true, false, {}, []),
  fc.constantFrom({ code: -1 }, { code: 0 }, [{ code: 5 }], '00', '0.0', ' ', 'null', '-0'),
);

describe('a success', () => {
  it('is registered by nothing but a named word', () => {
    fc.assert(
      fc.property(wallet, anything, (name, value) => {
        const { path, also } = successMembers[name];
        const [printed, changed] = [documentedExchanges[name].data, value];
        const answer = success(withMember(printed, path, changed));
        const isPayment = path.includes('_id') && String(changed) === documentedExchanges[name].paymentId;
        const mayBe = isWord(name, value) || also.includes(value) || isPayment;
        return mayBe || kindOf(name, answer) !== 'registered';
      }),
    );
  });

  it('is none with a failure of any type, under any spelling of its name, at any place', () => {
    const places = [
      ['data'],
      ['data', 'result'],
      ['data', 'result', 'receipt'],
      [],
      ['data', 'more'],
      ['more'],
    ] as const;
    const member = fc.record({
      name: fc.constantFrom(...namesOfFailure),
      value: anything.filter((value) => !none.includes(value)),
      place: fc.constantFrom(...places),
    });
    fc.assert(
      fc.property(wallet, member, fc.boolean(), (of, { name, value, place }, isWrapped) => {
        const answer = withMember(success(documentedExchanges[of].data), [...place, name], value);
        return kindOf(of, isWrapped ? { result: answer } : answer) !== 'registered';
      }),
    );
  });

  it('is none when it shows another payment or link', () => {
    const otherLinks = fc.nat(2_000).map((number) => qrCode.replace('r=2421', `r=${number}`));
    const other = fc.oneof(fc.string(), fc.nat().map(String), fc.nat(), otherLinks);
    const isOwn = (of: Wallet, value: unknown) => {
      const text = String(value).trim().toLowerCase();
      const { payment_id, transaction_id } = documentedExchanges[of].document;
      return text === '' || [payment_id, transaction_id, qrCode.toLowerCase()].includes(text);
    };
    fc.assert(
      fc.property(wallet, fc.boolean(), other, (of, isLink, value) => {
        fc.pre(!isOwn(of, value));
        const path =
          of === 'payme' ? successMembers.payme.path : [of === 'anor' ? 'transaction_id' : 'payment_id'];
        const answer = success(withMember(documentedExchanges[of].data, isLink ? ['qr_code'] : path, value));
        return kindOf(of, answer) === 'unknown';
      }),
    );
  });

  it('is nothing that was not said', () => {
    const envelopes = fc.record({ data: anything, error: anything, is_success: anything });
    fc.assert(
      fc.property(wallet, fc.oneof(anything, envelopes), (of, answer) => kindOf(of, answer) !== 'registered'),
      { numRuns: 1_000 },
    );
  });

  it.each(walletNames)('of %s has its words from a page, or says that they are chosen', (of) => {
    const { words } = walletWords[of];
    expect(new Set(words.map(({ word }) => word)).size).toBe(words.length);
    for (const { word, source } of words) {
      expect(word).toBe(word.trim().toLowerCase());
      expect(source).toMatch(/^(chosen|dev\.fbox\.uz|Uzum)/);
    }
  });
});
