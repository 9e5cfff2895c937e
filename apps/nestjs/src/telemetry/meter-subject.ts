import type { Ledger } from '@fiscalkit/ledger';
import type { Attributes, Meter } from '@opentelemetry/api';

/** What figures are made of. */
export interface MeterSubject {
  readonly meter: Meter;
  readonly ledger: Ledger;
  /** Attributes that everything from this module instance has. */
  readonly own: Attributes;
}
