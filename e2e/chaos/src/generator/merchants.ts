import { hash } from 'node:crypto';

/** A merchant of the harness, with its credentials at the gateway and at the provider. */
export interface HarnessMerchant {
  readonly id: string;
  readonly secretKey: string;
  readonly apiKey: string;
  readonly providerId: string;
  readonly providerKey: string;
  readonly inn: string;
}

function merchant(id: string, providerId: string, inn: string): HarnessMerchant {
  const secret = (what: string) => hash('sha256', `harness ${what} ${id}`);
  return {
    id,
    secretKey: secret('signature'),
    apiKey: secret('api key'),
    providerId,
    providerKey: secret('provider'),
    inn,
  };
}

/** Merchants of every run. */
export const merchants = [
  merchant('700123', '812345', '7709364346'),
  merchant('700124', '812346', '5544332219'),
] as const;

/** Key of the gateways' administrator. */
export const administratorKey = hash('sha256', 'harness administrator');

/** Returns the merchant with this id. */
export function merchantOf(id: string): HarnessMerchant {
  const found = merchants.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`the harness has no merchant ${id}`);
  return found;
}
