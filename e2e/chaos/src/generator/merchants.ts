import { hash } from 'node:crypto';

/** A merchant of the laboratory, with what it proves itself with at the gateway and at the provider. */
export interface LaboratoryMerchant {
  readonly id: string;
  readonly secretKey: string;
  readonly apiKey: string;
  readonly providerId: string;
  readonly providerKey: string;
  readonly inn: string;
}

function merchant(id: string, providerId: string, inn: string): LaboratoryMerchant {
  const secret = (what: string) => hash('sha256', `laboratory ${what} ${id}`);
  return {
    id,
    secretKey: secret('signature'),
    apiKey: secret('api key'),
    providerId,
    providerKey: secret('provider'),
    inn,
  };
}

/** The merchants of every run. */
export const merchants = [
  merchant('700123', '812345', '7709364346'),
  merchant('700124', '812346', '5544332219'),
] as const;

/** The key of the laboratory's administrator. */
export const administratorKey = hash('sha256', 'laboratory administrator');

/** The merchant of that id. */
export function merchantOf(id: string): LaboratoryMerchant {
  const found = merchants.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`the laboratory has no merchant ${id}`);
  return found;
}
