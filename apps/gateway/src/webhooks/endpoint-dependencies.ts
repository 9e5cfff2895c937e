import type { Transport } from '@fiscalkit/client/transport';
import type { FiscalEvents, FiscalReceipts } from '@fiscalkit/nestjs';
import type { EndpointReporter } from './endpoint-reporter.js';
import type { WebhookDelivery, WebhookEndpoint } from './webhook-settings.js';

/** What delivers to one endpoint. */
export interface EndpointDependencies {
  readonly endpoint: WebhookEndpoint;
  readonly settings: WebhookDelivery;
  readonly events: Pick<FiscalEvents, 'after' | 'cursorAt' | 'readers'>;
  readonly receipts: Pick<FiscalReceipts, 'get'>;
  readonly transport: Transport;
  /** Name of this process in leases. */
  readonly worker: string;
  /** How long the reader is held without a sign of life, in milliseconds: longer than any delivery. */
  readonly leaseMs: number;
  /** Whether the endpoint is still to be delivered to: asked whenever its reader was taken. */
  readonly isWanted: () => Promise<boolean>;
  readonly reporter: EndpointReporter;
}
