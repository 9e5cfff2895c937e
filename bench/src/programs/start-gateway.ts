import { type Program, startProgram } from './start-program.js';

/** How a gateway is started for a measurement. */
export interface GatewayOptions {
  readonly role: 'all' | 'api' | 'worker';
  readonly ledgerUrl: string;
  readonly providerUrl: string;
  /** Attempts at the same time; the gateway's own default when absent. */
  readonly concurrency?: number;
}

/** Starts a gateway with the demo merchant. */
export function startGateway({
  role,
  ledgerUrl,
  providerUrl,
  concurrency,
}: GatewayOptions): Promise<Program> {
  return startProgram(import.meta.resolve('@fiscalkit/gateway'), {
    environment: {
      FISCALKIT_DEMO: '1',
      FISCALKIT_ROLE: role,
      FISCALKIT_LEDGER_URL: ledgerUrl,
      FISCALKIT_FREEDOMPAY_URL: providerUrl,
      FISCALKIT_FISCALBOX_URL: providerUrl,
      ...(concurrency !== undefined && { FISCALKIT_CONCURRENCY: String(concurrency) }),
      FISCALKIT_REQUESTS_PER_SECOND: 'none',
      HOST: '127.0.0.1',
      PORT: '0',
    },
  });
}
