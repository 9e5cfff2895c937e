import type { Wallet } from '@fiscalkit/schemas';
import { assertSetting } from '../../errors/assert-setting.js';
import { readBaseUrl } from '../../transport/base-url.js';
import type { Outcome } from '../../transport/outcome.js';
import { type ApiCall, createTransport } from '../../transport/transport.js';
import type { FiscalboxSettings } from './settings.js';

/** Confirmation endpoints of FiscalBox: each call sends one request. */
export interface FiscalboxApi {
  /** Address of the API, with the path before every endpoint. */
  readonly address: string;
  confirm(wallet: Wallet, body: Uint8Array, call: ApiCall): Promise<Outcome>;
  close(): Promise<void>;
}

/** Opens the API of one installation; its key stays in the closure. */
export function openFiscalboxApi(settings: FiscalboxSettings): FiscalboxApi {
  const { apiKey } = settings;
  if (apiKey !== undefined)
    assertSetting({ name: 'api-key', value: apiKey, what: 'The apiKey of FiscalBox' });
  const { origin, basePath } = readBaseUrl(settings.baseUrl ?? 'https://api.fiscalbox.uz', settings);
  const transport = createTransport({ ...settings, origin });
  const headers = {
    accept: 'application/json',
    'content-type': 'application/json',
    ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
  };
  return {
    address: origin + basePath,
    confirm: (wallet, body, call) => {
      const path = `${basePath}/payment/${wallet}_confirm`;
      const callHeaders = { ...headers, 'x-request-id': call.requestId };
      return transport.attempt({ method: 'POST', path, headers: callHeaders, body }, call);
    },
    close: () => transport.close(),
  };
}
