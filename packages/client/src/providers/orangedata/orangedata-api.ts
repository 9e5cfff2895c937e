import { readBaseUrl } from '../../transport/base-url.js';
import type { Outcome } from '../../transport/outcome.js';
import { type ApiCall, createTransport } from '../../transport/transport.js';
import type { DocumentKind } from './frozen-request.js';
import { readSignatureKey, signatureOf } from './keys.js';
import { assertOrangedataSettings, defaultBaseUrl, groupOf, type OrangedataSettings } from './settings.js';

/** Endpoints of a group of registers: each call sends one request. */
export interface OrangedataApi {
  /** Address of the API, the path before every endpoint. */
  readonly address: string;
  /** Whether an answer of this process has shown that certificate, INN and key are right. */
  readonly isProven: boolean;
  register(kind: DocumentKind, body: Uint8Array, call: ApiCall): Promise<Outcome>;
  status(kind: DocumentKind, id: string, call: ApiCall): Promise<Outcome>;
  /** Asks whether INN, group and key are right, and registers nothing. */
  checkAccess(call: ApiCall): Promise<Outcome>;
  close(): Promise<void>;
}

/** Opens the API of one group; its keys stay in the closure. */
export function openOrangedataApi(settings: OrangedataSettings): OrangedataApi {
  assertOrangedataSettings(settings);
  const { inn, key = inn } = settings;
  const base = readBaseUrl(settings.baseUrl ?? defaultBaseUrl, settings);
  const signatureKey = readSignatureKey(settings.signatureKey);
  const certificate = {
    cert: settings.clientCertificate,
    key: settings.clientKey,
    passphrase: settings.clientKeyPassphrase,
    ca: settings.serverCa,
  };
  const transport = createTransport({ ...settings, origin: base.origin, certificate });
  const access = new TextEncoder().encode(JSON.stringify({ inn, group: groupOf(settings), key }));
  let isProven = false;

  async function post(path: string, body: Uint8Array, { requestId, ...call }: ApiCall): Promise<Outcome> {
    const headers = {
      ...headersOf(requestId),
      'content-type': 'application/json; charset=utf-8',
      'x-signature': signatureOf(body, signatureKey),
    };
    return noted(
      await transport.attempt({ method: 'POST', path: `${base.basePath}/${path}`, headers, body }, call),
    );
  }

  function noted(outcome: Outcome): Outcome {
    isProven ||= outcome.kind === 'answered' && provingStatuses.has(outcome.status);
    return outcome;
  }

  return {
    address: base.origin + base.basePath,
    get isProven() {
      return isProven;
    },
    register: (kind, body, call) => post(`${kind}/`, body, call),
    status: async (kind, id, { requestId, ...call }) => {
      const path = `${base.basePath}/${kind}/${inn}/status/${encodeURIComponent(id)}`;
      return noted(await transport.attempt({ method: 'GET', path, headers: headersOf(requestId) }, call));
    },
    checkAccess: async (call) => {
      const outcome = await post('check', access, call);
      isProven ||= isAccepted(outcome);
      return outcome;
    },
    close: () => transport.close(),
  };
}

/** Statuses that only an organisation gets that is known: of a document that was taken, or is in the queue. */
const provingStatuses: ReadonlySet<number> = new Set([201, 202]);

/** Whether a check of access has gone well. */
export function isAccepted(outcome: Outcome): boolean {
  return outcome.kind === 'answered' && outcome.status === 200;
}

function headersOf(requestId: string): Record<string, string> {
  return { accept: 'application/json', 'x-request-id': requestId };
}
