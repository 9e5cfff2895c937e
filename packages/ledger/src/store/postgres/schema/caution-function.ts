import { cautionDetails, restoredReason } from '../../restore-caution.js';
import { askedShares, type ClaimCaution, dueDeliveries } from './claim-function.js';
import { isEarlierUnknown, withEarlierUnknown } from './earlier-unknown.js';
import { functionSettings } from './function-settings.js';

/** The declared windows as one, the widest, in the record `restored`; all nulls when none was declared. */
const readRestores = (schema: string) => `
    SELECT max(declared_at) AS declared_at, min(since) AS since, max(until) AS until
    INTO STRICT restored FROM ${schema}.restores;`;

/** The condition that an earlier life of the ledger may have sent the delivery `d`, which is about to be sent. */
const isDoubtful = `(
        d.state = 'accepted' AND d.accepted_at < restored.until
        AND (d.last_attempt_at IS NULL OR d.last_attempt_at < restored.declared_at)
      )`;

/** Lets a claim hand out no entry to be sent that is to be looked for first. */
export const claimCaution = (schema: string): ClaimCaution => ({
  variables: 'restored record;',
  first: `${readRestores(schema)}
    IF restored.until IS NOT NULL THEN PERFORM ${schema}.look_first(asked_provider, accounts, merchants, limits, now); END IF;`,
  // What has become due since the look is left for the next claim.
  condition: `${isDoubtful} IS NOT TRUE`,
});

/**
 * Makes entries that a claim would hand out to be sent `unknown`, when an earlier life of a restored ledger may have sent them:
 * the claim then hands them out to be found. The last attempt can't be later than the declaration, because only a ledger that
 * ended before it can have made one.
 */
export const cautionFunction = (schema: string) => `
  CREATE OR REPLACE FUNCTION ${schema}.look_first(${askedShares}, now timestamptz) RETURNS void
  LANGUAGE plpgsql ${functionSettings} AS $$
  DECLARE
    restored record;
  BEGIN
    ${readRestores(schema)}

    WITH due AS MATERIALIZED (
      ${dueDeliveries(schema, 'true')}
    ), doubted AS MATERIALIZED (
      SELECT d.sequence, d.version + 1 AS version, d.hash, e.id
      FROM due AS d JOIN ${schema}.entries AS e ON e.sequence = d.sequence WHERE ${isDoubtful}
    ), changed AS (
      UPDATE ${schema}.deliveries AS d SET
        state = 'unknown',
        changed_at = now,
        first_attempt_at = least(d.first_attempt_at, restored.since),
        last_attempt_at = restored.declared_at,
        reason = CASE WHEN ${isEarlierUnknown} THEN ${withEarlierUnknown(`'${JSON.stringify(restoredReason)}'`)}
          ELSE '${JSON.stringify(restoredReason)}'::json END,
        reason_code = '${restoredReason.code}',
        outage = false,
        version = doubted.version,
        hash = ${schema}.journal_hash(
          doubted.id, doubted.version, now, 'accepted', 'unknown', '${cautionDetails}', doubted.hash)
      FROM doubted WHERE d.sequence = doubted.sequence
      RETURNING doubted.id, d.version, d.hash
    )
    INSERT INTO ${schema}.journal (entry_id, version, at, from_state, to_state, details, hash)
    SELECT id, version, now, 'accepted', 'unknown', '${cautionDetails}', hash FROM changed;
  END $$;
`;
