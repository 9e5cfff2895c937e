import { type LinkComponents, type ParameterForm, splitOnce } from './link-text.js';
import { unsigned32 } from './russian-link.js';
import { soliqHost } from './soliq-link.js';

/** Publishers of receipt pages: the tax service of Uzbekistan and operators of fiscal data in Russia. */
export type ReceiptOperator =
  | 'soliq'
  | 'first-ofd'
  | 'platforma-ofd'
  | 'taxcom'
  | 'ofd-ru'
  | 'e-ofd'
  | 'orange-data';

/** Numbers of a receipt as written in its link; `null` for an absent one. */
export interface LinkNumbers {
  /** Tag 1041. */
  readonly fiscal_storage_number: string | null;
  /** Tag 1040. */
  readonly fiscal_document_number: string | null;
  /** Tag 1077. */
  readonly fiscal_attribute: string | null;
}

const storage = /^\d{16}$/;

/** Parameters in which operators put the three numbers. */
const names: Readonly<Record<keyof LinkNumbers, readonly [form: ParameterForm, ...names: string[]]>> = {
  fiscal_storage_number: [storage, 'fn'],
  fiscal_document_number: [unsigned32, 'i', 'fd'],
  fiscal_attribute: [unsigned32, 'fp', 'fpd'],
};

/**
 * Hosts of operators and of their test services, as their links are seen in public:
 * `lk.platformaofd.ru/web/noauth/cheque?fn&fp&i`, `receipt.taxcom.ru/v01/show?fp&s`,
 * `check.ofd.ru/rec/{fn}/{i}/{fp}`, `e-ofd.ru/check?fn&fp&fd`, `cheques-lk.orangedata.ru/{inn}/{id}`.
 */
const operators: Readonly<Record<string, ReceiptOperator>> = {
  [soliqHost]: 'soliq',
  'consumer.1-ofd.ru': 'first-ofd',
  'consumer.1-ofd-test.ru': 'first-ofd',
  'test-consumer.1-ofd.ru': 'first-ofd',
  'lk.platformaofd.ru': 'platforma-ofd',
  'receipt.taxcom.ru': 'taxcom',
  'check.ofd.ru': 'ofd-ru',
  'check-demo.ofd.ru': 'ofd-ru',
  'e-ofd.ru': 'e-ofd',
  'cheques-lk.orangedata.ru': 'orange-data',
};

const operatorByHost = new Map(Object.entries(operators));

/** Returns the operator of a host; `null` for an unknown one. */
export function operatorOf(host: string): ReceiptOperator | null {
  return operatorByHost.get(host) ?? null;
}

/** Returns the readable numbers of a Russian operator's link. */
export function numbersOf({ path, query }: LinkComponents, operator: ReceiptOperator | null): LinkNumbers {
  if (operator === 'ofd-ru') return numbersOfPath(path);
  const parameters = new Map(query.split('&').map(splitOnce));
  const numberOf = (name: keyof LinkNumbers) => {
    const [form, ...spellings] = names[name];
    const value = spellings.map((spelling) => parameters.get(spelling)).find((each) => each !== undefined);
    return value !== undefined && form.test(value) ? value : null;
  };
  return {
    fiscal_storage_number: numberOf('fiscal_storage_number'),
    fiscal_document_number: numberOf('fiscal_document_number'),
    fiscal_attribute: numberOf('fiscal_attribute'),
  };
}

/** Path `rec/{fn}/{i}/{fp}`, or `rec/{inn}/{register}/{fn}/{i}/{fp}`. */
const recordPath = /^rec\/(?:\d{10,12}\/\d{16}\/)?(\d{16})\/(\d{1,10})\/(\d{1,10})\/?$/;

function numbersOfPath(path: string): LinkNumbers {
  const [, storageNumber, document = '', attribute = ''] = recordPath.exec(path) ?? [];
  return {
    fiscal_storage_number: storageNumber ?? null,
    fiscal_document_number: unsigned32.test(document) ? document : null,
    fiscal_attribute: unsigned32.test(attribute) ? attribute : null,
  };
}
