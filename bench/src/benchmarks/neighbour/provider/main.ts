import { sampleMerchant, startSandbox } from '@fiscalkit/sandbox';
import { tenantId } from '../tenants.js';

// The sandbox with a merchant for each tenant: `main.js TENANTS LATENCY_MS`.

const [, , tenants, ms] = process.argv.map(Number);
const sandbox = await startSandbox({
  registrationDelayMs: 0,
  merchants: Array.from({ length: tenants ?? 0 }, (_, tenant) => ({
    ...sampleMerchant,
    id: tenantId(tenant),
  })),
  faults: [{ endpoint: '*', fault: { kind: 'delay', ms: ms ?? 0 } }],
});
process.once('SIGTERM', () => sandbox.close());
process.stdout.write(`${sandbox.url}\n`);
