import type { Registration } from '@fiscalkit/client';
import { canonicalJson } from '@fiscalkit/schemas/canonical-json';
import type { Act, Action } from '../interventions/act.js';
import { jsonDigest } from './json-digest.js';

/** What a person did, for the journal. */
export interface InterventionNote {
  readonly act: Act;
  readonly action: Action;
  /** The account that the entry goes to. */
  readonly account?: string;
  /** What the person found out. */
  readonly registration?: Registration | null;
  /** Id of the entry that this one was handed in again as. */
  readonly successor?: string;
}

/** The details of a person's act; a registration shows in them as it does in the details of a result. */
export function interventionDetails({
  act,
  action,
  account,
  registration,
  successor,
}: InterventionNote): string {
  const providerDocument = registration?.providerDocumentId;
  return canonicalJson({
    action,
    ...(account !== undefined && { account }),
    by: act.by,
    reason: act.reason,
    ...(providerDocument != null && { provider_document: providerDocument }),
    ...(registration && { registration_digest: jsonDigest(registration) }),
    ...(successor !== undefined && { successor }),
  });
}
