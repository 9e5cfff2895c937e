import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { personal } from './canaries.fixture.js';

interface Echo {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A provider that says back what it heard, wherever it can. */
export interface EchoingProvider {
  readonly url: string;
  /** Everything that was sent to it. */
  readonly heard: string[];
  close(): Promise<void>;
}

const json = (value: unknown) => JSON.stringify(value);

/** One way to echo. `said` is all that was heard of this request, `document` its body. */
type Recipe = (said: string, document: Readonly<Record<string, unknown>>) => Echo | null;

const shown = (
  said: string,
  { payment_id, operation_type, receipt_format }: Readonly<Record<string, unknown>>,
) => ({
  receipt_id: personal.buyerEmail,
  payment_id,
  operation_type,
  receipt_format,
  status: 'registered',
  merchant_id: said,
  fiscal_document_number: said,
  fiscal_storage_number: personal.buyerPhone,
  fiscal_attribute: personal.buyerEmail,
  registered_at: said,
  link: said,
  error: { code: personal.buyerEmail, message: said },
  [said]: said,
});

/** No three outages follow each other: then the provider would be left alone, and the echoes behind them never heard. */
const recipes: readonly Recipe[] = [
  (said) => ({
    status: 400,
    body: json({ error: { message: said, code: said, errors: { [said]: [said] } } }),
  }),
  (said) => ({ status: 500, headers: { 'Retry-After': said, 'X-Echo': said }, body: said }),
  () => ({ status: 422, body: json({ error: { message: personal.buyerName, code: personal.buyerEmail } }) }),
  (said, document) => ({ status: 200, body: json({ data: shown(said, document) }) }),
  () => ({ status: 422, body: json({ error: { code: personal.buyerPhone, errors: personal } }) }),
  (said, document) => ({
    status: 200,
    body: json({ data: { ...shown(said, document), receipt_id: 'r1', status: 'failed' } }),
  }),
  (said) => ({
    status: 302,
    headers: { Location: `http://127.0.0.1/${encodeURIComponent(said)}` },
    body: said,
  }),
  (said) => ({ status: 429, headers: { 'Retry-After': '0' }, body: said }),
  (said) => ({ status: 200, body: json({ data: said }).slice(0, -4) }),
  (said) => ({ status: 400, body: json({ error: said }) }),
  (said) => ({
    status: 200,
    body: json({ data: null, error: { code: said, message: said, data: said }, is_success: false }),
  }),
  (said) => ({ status: 200, body: json({ status: 400, error_code: personal.transactionId, message: said }) }),
  () => null,
  (said) => ({
    status: 200,
    body: json({
      data: { error_code: said, message: said, payment_id: said },
      error: null,
      is_success: true,
    }),
  }),
  (said) => ({ status: 404, body: said }),
  (said) => ({ status: 200, body: json({ data: null, error: said, is_success: false }) }),
  (said) => ({ status: 401, headers: { 'WWW-Authenticate': said }, body: said }),
  // The last word on a confirmation: it succeeds, with the buyer's e-mail for an id.
  () => ({
    status: 200,
    body: json({
      data: { error_code: 0, message: 'ok', payment_id: personal.buyerEmail },
      error: null,
      is_success: true,
    }),
  }),
];

/** Opens such a provider; every request is answered by the next recipe. */
export async function openEchoingProvider(): Promise<EchoingProvider> {
  const heard: string[] = [];
  const server = createServer(async (request, response) => {
    const body = await textOf(request);
    const said = `${request.url} ${json(request.headers)} ${body}`;
    const echo = recipes[heard.push(said) % recipes.length]?.(said, documentIn(body));
    if (!echo) {
      request.socket.destroy();
      return;
    }
    for (const [name, value] of Object.entries(echo.headers ?? {}))
      response.setHeader(name, headerSafe(value));
    response.writeHead(echo.status).end(echo.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** How many ways to echo there are. */
export const echoes = recipes.length;

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function documentIn(body: string): Readonly<Record<string, unknown>> {
  return body === '' ? {} : JSON.parse(body);
}

/** Headers carry bytes; what is Cyrillic goes as the bytes of its UTF-8. */
function headerSafe(text: string): string {
  return Buffer.from(text.replaceAll(/[\r\n]/g, ' ')).toString('latin1');
}
