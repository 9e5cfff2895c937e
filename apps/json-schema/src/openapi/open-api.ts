import { contractVersion } from '../schemas/schema-id.js';
import { componentExamples } from './component-examples.js';
import { componentSchemas } from './component-schemas.js';
import { contractPaths } from './contract-paths.js';
import { entryPaths } from './entry-paths.js';
import { headers } from './headers.js';
import { operatorPaths } from './operator-paths.js';
import { parameters } from './parameters.js';
import { paymentPaths } from './payment-paths.js';
import { receiptPaths } from './receipt-paths.js';
import { securitySchemes } from './security-schemes.js';
import { usedComponents } from './used-components.js';

const description = [
  'A paid order becomes exactly one fiscal receipt. Receipts go in under `/v5/receipts`, confirmations of wallet payments under',
  '`/payment`. Every error of the receipts API has a permanent code, all faults of the document, and says whether the same request',
  'may succeed later.',
  '',
  'What these schemas can not say is in `rules.json` of `@fiscalkit/json-schema`: sums and totals, dates of VAT rates, check digits.',
].join('\n');

const tags = [
  { name: 'Receipts', description: 'Fiscal receipts: hand in, check, look up.' },
  { name: 'Payments', description: 'Confirmations of wallet payments.' },
  { name: 'Administration', description: 'What people do with entries that delivery can not settle.' },
  { name: 'Operation', description: 'Health and figures.' },
  { name: 'Contract', description: 'This description and the schemas.' },
];

/** The gateway's API in OpenAPI 3.1. */
export function openApi() {
  const schemas = componentSchemas();
  const query = schemas['receipt-list-query'] ?? {};
  const paths = {
    ...receiptPaths('v5', query),
    ...receiptPaths('v1', query),
    ...paymentPaths(),
    ...entryPaths,
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
    // Relative to where this document was loaded from: a proxy may serve the gateway below a prefix.
    servers: [{ url: '.', description: 'The gateway that serves this description.' }],
    security: [{ signature: [] }],
    tags,
    paths,
    components: {
      ...usedComponents({ schemas, examples: componentExamples() }, paths),
      parameters,
      headers,
      securitySchemes,
    },
  };
}
