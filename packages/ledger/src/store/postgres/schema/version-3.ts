import type { SchemaNames } from './schema-names.js';

/**
 * Outlines of seals: JSON, for each row of the block its position, version, the begin of its hash, and its entry. The counter
 * has the number of the last seal, so that seals that were cut off at the end are missed.
 */
export function version3({ schema }: SchemaNames): string {
  return `
    ALTER TABLE ${schema}.seals ADD COLUMN outline text;
    ALTER TABLE ${schema}.seals DISABLE TRIGGER append_only;
    UPDATE ${schema}.seals SET outline = coalesce((
      SELECT json_agg(json_build_array(position, version, left(j.hash, 16), entry_id) ORDER BY position)::text
      FROM ${schema}.journal AS j WHERE position BETWEEN first_position AND last_position
    ), '[]');
    ALTER TABLE ${schema}.seals ENABLE TRIGGER append_only;
    ALTER TABLE ${schema}.seals ALTER COLUMN outline SET NOT NULL;

    CREATE TABLE ${schema}.seal_counter (seals bigint NOT NULL);
    INSERT INTO ${schema}.seal_counter SELECT coalesce(max(number), 0) FROM ${schema}.seals;
  `;
}
