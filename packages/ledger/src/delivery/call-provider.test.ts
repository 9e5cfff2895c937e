import { expect, it } from 'vitest';
import type { StepResult } from '../entry/after-step.js';
import { withoutBuyer } from './call-provider.js';

const entry = {
  document: {
    customer: { full_name: 'Канарейкин Кенар (мл.)', email: 'a@b.ru', inn: '5001' },
    additional_user_props: { name: 'desk', value: 'order-17' },
    positions: [{ name: 'Чай' }],
  },
};

function answered(providerMessage: string | undefined): StepResult {
  const reason = {
    code: 'provider.rejected',
    message: 'Refused.',
    ...(providerMessage && { providerMessage }),
  };
  return { step: 'submit', verdict: { kind: 'rejected', reason } };
}

it.each([
  ['Покупатель Канарейкин Кенар (мл.) не найден', 'Покупатель *** не найден'],
  ['КАНАРЕЙКИН не найден', '*** не найден'],
  ['ИНН 5001 не верен, order-17', 'ИНН *** не верен, ***'],
  ['Цена 15001 и Чай', 'Цена 15001 и Чай'],
  ['a@b.ru', '***'],
  [undefined, undefined],
])('%j becomes %j', (given, expected) => {
  const submitted = withoutBuyer(answered(given), entry);
  expect(submitted).toEqual(answered(expected));
  const { verdict } = { ...answered(given) } as Extract<StepResult, { step: 'submit' }>;
  if (verdict.kind !== 'rejected') return;
  const found = withoutBuyer({ step: 'find', finding: { kind: 'found', verdict } }, entry);
  expect(JSON.stringify(found)).toContain(JSON.stringify(expected ?? 'Refused.'));
});
