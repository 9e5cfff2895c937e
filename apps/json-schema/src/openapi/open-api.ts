import { contractVersion } from '../schemas/schema-files.js';
import { headers } from './answers.js';
import { componentExamples, componentSchemas, usedComponents } from './components.js';
import { contractPaths } from './contract-paths.js';
import { correctionPaths } from './correction-paths.js';
import { entryPaths } from './entry-paths.js';
import { eventPaths } from './event-paths.js';
import { operatorPaths } from './operator-paths.js';
import { ownEndpointPaths } from './own-endpoint-paths.js';
import { parameters } from './parameters.js';
import { paymentPaths } from './payment-paths.js';
import { receiptPaths } from './receipt-paths.js';
import { reportPaths } from './report-paths.js';
import { webhookPaths, webhooks } from './webhook-paths.js';

const description = [
  'A paid order becomes exactly one fiscal receipt. Receipts go in under `/v5/receipts`, confirmations of wallet payments under',
  '`/payment`. Every error of the receipts API has a permanent code, all faults of the document, and says whether the same request',
  'may succeed later.',
  '',
  'What these schemas can not say is in `rules.json` of `@fiscalkit/json-schema`: sums and totals, dates of VAT rates, check digits.',
].join('\n');

const tags = [
  { name: 'Receipts', description: 'Fiscal receipts: hand in, check, look up.' },
  {
    name: 'Corrections',
    description: 'Corrections of what was settled without a receipt or with a wrong one.',
  },
  { name: 'Payments', description: 'Confirmations of wallet payments.' },
  { name: 'Events', description: 'What happened to receipts and payments, read in turn.' },
  { name: 'Reports', description: 'Counts and sums of receipts.' },
  { name: 'Administration', description: 'What people do with entries that delivery can not settle.' },
  { name: 'Operation', description: 'Health and figures.' },
  { name: 'Contract', description: 'This description and the schemas.' },
];

/** Describes the gateway's API in OpenAPI 3.1. */
export function openApi() {
  const schemas = componentSchemas();
  const query = schemas['receipt-list-query'] ?? {};
  const paths = {
    ...receiptPaths('v5', query),
    ...receiptPaths('v1', query),
    ...correctionPaths(schemas['correction-list-query'] ?? {}),
    ...paymentPaths(),
    ...eventPaths,
    ...entryPaths,
    ...reportPaths,
    ...ownEndpointPaths,
    ...webhookPaths,
    ...operatorPaths,
    ...contractPaths,
  };
  return {
    openapi: '3.1.0',
    info: {
      title: 'fiscalkit gateway',
      version: contractVersion,
      summary: 'Fiscal receipts of Russia and Uzbekistan, registered exactly once.',
      description,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    // Relative to the address of this document: a proxy may serve the gateway below a prefix.
    servers: [{ url: '.', description: 'The gateway that serves this description.' }],
    security: [{ signature: [] }],
    tags,
    paths,
    webhooks,
    components: {
      ...usedComponents({ schemas, examples: componentExamples() }, { paths, webhooks }),
      parameters,
      headers,
      securitySchemes,
    },
  };
}

/** The ways in which callers authenticate. */
const securitySchemes = {
  signature: {
    type: 'apiKey',
    in: 'header',
    name: 'X-JWS-Signature',
    description: [
      'A JWS in compact form with its payload taken out: `<header>..<signature>` (RFC 7515, appendix F), HS512 with the',
      "merchant's secret key as UTF-8 text.",
      '',
      'The header is `{"uri": path without query, "merchant_id": id, "method": HTTP method, "params": "", "alg": "HS512"}`, encoded',
      'as base64url without padding. The signature is HMAC-SHA512 over `<encoded header>.<encoded payload>`, where the payload is the',
      'exact bytes of the body, and empty for a GET.',
      '',
      'Where the merchant has a replay window, the header also carries `iat` (seconds since 1970) and a `request_id` that is used once.',
    ].join('\n'),
  },
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    description: "The merchant's API key in `Authorization: Bearer`.",
  },
  administratorKey: {
    type: 'http',
    scheme: 'bearer',
    description:
      "An administrator's key in `Authorization: Bearer`. Merchants' keys open nothing here. What only looks needs the role `read`, what acts on entries `operate`, what decides about an account `admin`; an administrator may be for some merchants alone.",
  },
} as const;
