import { verify } from 'node:crypto';
import type { Answer } from '../http/answer.js';
import type { Call } from '../http/route.js';
import { type OrangedataAccount, sampleOrangedataAccounts } from './account.js';
import type { OrangedataDependencies } from './dependencies.js';

/** Returns the answer that refuses a call with these texts. */
export function refusalOf(...errors: readonly string[]): Answer {
  return { status: 400, body: { errors } };
}

const defaultGroup = 'Main';

/** Organisations, and the signatures of their calls. */
export class Organisations {
  readonly #accounts: readonly OrangedataAccount[];

  constructor({ options }: Pick<OrangedataDependencies, 'options'>) {
    this.#accounts = options.accounts ?? sampleOrangedataAccounts;
  }

  isKnown(inn: string): boolean {
    return this.#accounts.some((account) => account.inn === inn);
  }

  /** Returns the group of a signed call, or the answer that refuses it. The signature is over the raw bytes. */
  accountOf({ headers, body, document }: Call): OrangedataAccount | Answer {
    if (!/^application\/json/i.test(headers['content-type'] ?? '')) return { status: 415, body: undefined };
    const { inn, group, key } = Object(document);
    const ofInn = this.#accounts.filter((account) => account.inn === inn);
    const signature = headers['x-signature'];
    const [owner] = ofInn;
    if (owner === undefined) return refusalOf('Организация не найдена');
    const isSigned =
      typeof signature === 'string' &&
      key === owner.key &&
      verify('RSA-SHA256', body, owner.publicKey, Buffer.from(signature, 'base64'));
    if (!isSigned) return refusalOf('Подпись не прошла проверку');
    const account = ofInn.find((each) => each.group === (group ?? defaultGroup));
    return account ?? refusalOf(`Группа '${String(group)}' не найдена`);
  }
}

export function isRefusal(account: OrangedataAccount | Answer): account is Answer {
  return 'status' in account;
}
