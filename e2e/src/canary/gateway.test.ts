import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { killPrograms } from '@fiscalkit/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeTemporaryFolders } from '../temporary-folder.fixture.js';
import { canaries, personal, secrets } from './canaries.fixture.js';
import { type CanaryAnswer, type CanaryGateway, startCanaryGateway } from './canary-gateway.fixture.js';
import { type EchoingProvider, echoes, openEchoingProvider } from './echoing-provider.fixture.js';
import { findCanaries } from './find-canaries.fixture.js';
import { faultyReceipts, plantedConfirmation, plantedReceipt } from './planted-documents.fixture.js';

let provider: EchoingProvider;
let gateway: CanaryGateway;
let receiver: Server;
/** Webhooks as they came: headers and bodies. */
const received: string[] = [];

beforeAll(async () => {
  provider = await openEchoingProvider();
  gateway = await startCanaryGateway({ providerUrl: provider.url });
  receiver = createServer(async (request, response) => {
    const body = await text(request);
    received.push(`${JSON.stringify(request.headers)}\n${body}`);
    // Whatever a receiver says is of no interest.
    response.writeHead(received.length % 3 === 0 ? 500 : 200, { Echo: secrets.webhookAddress });
    response.end(`${request.url} ${secrets.webhookSecret} ${personal.buyerEmail}`);
  });
  await once(receiver.listen(0, '127.0.0.1'), 'listening');
  const { port } = receiver.address() as AddressInfo;
  const endpoint = {
    url: `http://127.0.0.1:${port}/?key=${secrets.webhookAddress}`,
    secret: secrets.webhookSecret,
  };
  expect((await gateway.signed('PUT', '/v5/webhooks/canary', endpoint)).status).toBe(200);
});
afterAll(async () => {
  await killPrograms();
  await provider.close();
  receiver.closeAllConnections();
  receiver.close();
  removeTemporaryFolders();
});

/** Nothing planted is in what came out. */
function expectNone(answers: readonly CanaryAnswer[], among = canaries): void {
  for (const answer of answers)
    expect({ answer, found: findCanaries(answer.text, among) }).toEqual({ answer, found: [] });
}

const receipts = '/v5/receipts';

describe('a provider that echoes everything', () => {
  it('is not repeated in what the merchant is told of a receipt', async () => {
    const numbers = Array.from({ length: echoes }, (_, index) => index);
    const answers = await Promise.all(
      numbers.map((number) => gateway.signed('POST', `${receipts}?wait=3000`, plantedReceipt(number))),
    );
    expect(answers.map(({ status }) => status)).toEqual(numbers.map(() => 200));
    // The merchant's own receipt is returned to them, and never the buyer in it.
    const { buyerEmail, buyerPhone, buyerName, buyerTaxId, invented, transactionId, fiscalSign } = personal;
    expectNone(answers, {
      ...secrets,
      buyerEmail,
      buyerPhone,
      buyerName,
      buyerTaxId,
      invented,
      transactionId,
      fiscalSign,
    });
  }, 60_000);

  it('is not repeated in what the merchant is told of a confirmation', async () => {
    const answers = await Promise.all(
      Array.from({ length: echoes }, (_, number) => [
        gateway.confirm(plantedConfirmation(number)),
        gateway.confirm(
          {
            qr_code: plantedConfirmation(number + 100).qr_code,
            payment_id: `${personal.paymentId}-${number}`,
          },
          'uzum',
        ),
      ]).flat(),
    );
    expectNone(answers.filter(({ body }) => !body.includes('"is_success":true')));
    expectNone(answers, secrets);
  }, 120_000);

  it('has heard the canaries', () => {
    const heard = provider.heard.join('\n');
    const { fiscalboxKey } = secrets;
    const { buyerEmail, buyerPhone, buyerName, buyerTaxId, product, transactionId, fiscalSign } = personal;
    const sent = {
      fiscalboxKey,
      buyerEmail,
      buyerPhone,
      buyerName,
      buyerTaxId,
      product,
      transactionId,
      fiscalSign,
    };
    expect(findCanaries(heard, sent)).toEqual(Object.keys(sent));
    expect(findCanaries(heard, secrets)).toEqual(['fiscalboxKey']);
    expect(provider.heard.length).toBeGreaterThan(2 * echoes);
  });
});

describe('callers who do everything wrong', () => {
  it('are told what is wrong without their own words', async () => {
    const answers = await Promise.all(
      faultyReceipts().flatMap((document) => [
        gateway.signed('POST', receipts, document),
        gateway.signed('POST', `${receipts}/validate`, document),
        gateway.confirm(document),
        gateway.administer('POST', `/admin/entries/${crypto.randomUUID()}/park`, document),
      ]),
    );
    expectNone(answers);
  });

  it('are told no more when the body can not even be read', async () => {
    const broken = [
      JSON.stringify(personal).slice(0, -1),
      `{"${personal.buyerEmail}":1,"${personal.buyerEmail}":2}`,
      `{"email":"${personal.buyerEmail}\\u0000"}`,
      `[${'['.repeat(30)}"${personal.buyerName}"${']'.repeat(31)}`,
      `"${personal.buyerName.repeat(50_000)}"`,
    ];
    const answers = await Promise.all(
      broken.flatMap((document) => [gateway.signed('POST', receipts, document), gateway.confirm(document)]),
    );
    expect(answers.map(({ status }) => status)).not.toContain(500);
    expectNone(answers);
  });

  it('see nothing of a wrong key, signature, path, query, header or cookie again', async () => {
    const { apiKey, merchantSecret, adminKey } = secrets;
    const email = encodeURIComponent(personal.buyerEmail);
    const headers = {
      Authorization: `Bearer ${apiKey}${merchantSecret}`,
      Cookie: `session=${merchantSecret}`,
      'X-JWS-Signature': `${btoa(JSON.stringify({ alg: 'HS512', merchant_id: personal.invented }))}..${merchantSecret}`,
      'X-Request-Id': personal.buyerEmail,
      'Idempotency-Key': personal.invented,
      'User-Agent': personal.buyerEmail,
      Referer: `https://example.com/${email}`,
    };
    const targets = [
      `${receipts}?name=${email}&${email}=1`,
      `${receipts}/${email}`,
      `${receipts}/${personal.buyerPhone}?utc=${email}`,
      `/${email}`,
      `/v5/%zz${email}`,
      `/admin/entries?key=${adminKey}`,
      `/admin/entries/${email}`,
    ];
    const answers = await Promise.all([
      ...targets.flatMap((target) => [gateway.send(target, { headers }), gateway.signed('GET', target)]),
      ...targets.map((target) => gateway.administer('GET', target)),
      gateway.send('/payment/anor_confirm', { method: 'POST', headers, body: personal.buyerEmail }),
      gateway.send(receipts, {
        method: 'PUT',
        headers: { ...headers, 'Content-Type': personal.buyerEmail },
        body: 'x',
      }),
    ]);
    expect(answers.every(({ status }) => status < 500)).toBe(true);
    expectNone(answers);
  });

  it('see nothing of bytes again that were no request', async () => {
    const { buyerEmail, buyerPhone } = personal;
    const broken = [
      `GET /${buyerEmail} HTTP/9\r\n\r\n`,
      `${buyerEmail}\r\n\r\n`,
      `POST ${receipts} HTTP/1.1\r\nHost: x\r\nContent-Length: ${buyerPhone}x\r\n\r\n`,
      `GET / HTTP/1.1\r\nHost: x\r\nCookie: ${buyerEmail.repeat(2_000)}\r\n\r\n`,
    ];
    const answers = await Promise.all(broken.map((bytes) => exchange(bytes)));
    expect(answers.every((answer) => answer.startsWith('HTTP/1.1 4'))).toBe(true);
    expect(answers.flatMap((answer) => findCanaries(answer))).toEqual([]);
  });

  it('see nothing of another document that holds the same key or link', async () => {
    const key = { 'Idempotency-Key': personal.invented };
    const answers: CanaryAnswer[] = [];
    for (const number of [901, 902]) {
      const document = JSON.stringify({ ...plantedConfirmation(900), transaction_id: `other-${number}` });
      const headers = {
        ...key,
        Authorization: `Bearer ${secrets.apiKey}`,
        'Content-Type': 'application/json',
      };
      answers.push(
        await gateway.send('/payment/anor_confirm?wait=1', { method: 'POST', headers, body: document }),
      );
    }
    expect(answers[1]?.body).toContain('conflict');
    expectNone(answers);
  });
});

describe('a ledger that can not be written', () => {
  it('is told of by its code alone', async () => {
    const other = new DatabaseSync(gateway.ledgerPath, { timeout: 10_000 });
    other.exec('BEGIN IMMEDIATE');
    const answers = await Promise.all([
      gateway.signed('POST', receipts, plantedReceipt(950)),
      gateway.confirm(plantedConfirmation(951)),
    ]);
    other.exec('ROLLBACK');
    other.close();
    expect(answers[0]?.status).toBe(503);
    expectNone(answers);
  }, 60_000);
});

describe('what programs of the merchant are sent', () => {
  // A program finds what an event is of by its payment and its mark.
  const { paymentId, transactionId, fiscalSign, ...others } = canaries;

  it('holds nothing of it in webhooks', async () => {
    await expect.poll(() => received.length, { timeout: 10_000 }).toBeGreaterThan(echoes);
    expect(received.some((each) => each.includes('payment.confirmed'))).toBe(true);
    expect(findCanaries(received.join('\n'), others)).toEqual([]);
  }, 30_000);

  it('holds nothing of it in the feed', async () => {
    const feed = await gateway.signed('GET', '/v5/events?limit=1000');
    expect(JSON.parse(feed.body).data.length).toBeGreaterThan(echoes);
    expectNone([feed], others);
  });

  it('holds no secret in what is told of endpoints, and no address but to their merchant', async () => {
    const { webhookAddress, ...secret } = secrets;
    const url = `/?key=${webhookAddress}`;
    const own = [
      await gateway.signed('GET', '/v5/webhooks'),
      await gateway.signed('GET', '/v5/webhooks/canary'),
      await gateway.signed('PUT', '/v5/webhooks/canary', { url, secret: secrets.webhookSecret }),
      await gateway.signed('PUT', '/v5/webhooks/weak', { url, secret: `${secrets.webhookSecret}!` }),
    ];
    expect(own.map(({ status }) => status)).toEqual([200, 200, 422, 422]);
    expectNone(own, { ...secret, ...personal });
    expectNone(own.slice(2), secrets);
    const path = '/admin/webhooks';
    const shown = [
      await gateway.administer('GET', path),
      await gateway.administer('GET', `${path}/canary-shop/canary/deliveries`),
    ];
    expect(shown[1]?.body).toContain('"failed"');
    expectNone(shown, others);
  });
});

describe('what operators see', () => {
  it('holds nothing of it in metrics, health and the list of what is stuck', async () => {
    const figures = await Promise.all(
      ['/metrics', '/health/live', '/health/ready'].map((target) => gateway.send(target)),
    );
    expectNone(figures);
    const { paymentId, transactionId, ...others } = canaries;
    const stuck = await gateway.administer('GET', '/admin/entries?limit=1000');
    const entries: { id: string }[] = JSON.parse(stuck.body).data;
    const histories = await Promise.all(
      entries.map(({ id }) => gateway.administer('GET', `/admin/entries/${id}`)),
    );
    expect(entries.length).toBeGreaterThan(0);
    // Administrators find a document by its payment.
    expectNone([stuck, ...histories], others);
  });

  it('holds no secret in the whole file of the ledger', () => {
    const bytes = ['', '-wal'].map((suffix) => readFileSync(`${gateway.ledgerPath}${suffix}`, 'latin1'));
    expect(findCanaries(bytes.join(''), secrets)).toEqual([]);
  });

  it('holds nothing of it in the journal', () => {
    const database = new DatabaseSync(gateway.ledgerPath, { readOnly: true });
    const rows = database.prepare('SELECT * FROM journal_rows').all();
    database.close();
    expect(rows.length).toBeGreaterThan(echoes);
    expect(findCanaries(JSON.stringify(rows))).toEqual([]);
  });

  it('holds nothing of it in all that was printed', async () => {
    await gateway.program.stop();
    const output = gateway.output();
    const events = new Set(
      output
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).event),
    );
    expect([...events]).toEqual(expect.arrayContaining(['request.served', 'entry.changed']));
    expect(output).toContain('"code":"ledger.unavailable"');
    expect(findCanaries(output)).toEqual([]);
  }, 60_000);
});

async function exchange(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(gateway.program.url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.end(bytes);
  return text(socket);
}
