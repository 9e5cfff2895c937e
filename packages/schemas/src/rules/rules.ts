import { detailRules } from './catalogue/detail-rules.js';
import { fieldRules } from './catalogue/field-rules.js';
import { linkRules } from './catalogue/link-rules.js';
import { markingRules } from './catalogue/marking-rules.js';
import { numberRules } from './catalogue/number-rules.js';
import { partyRules } from './catalogue/party-rules.js';
import { positionRules } from './catalogue/position-rules.js';
import { queryRules } from './catalogue/query-rules.js';
import { receiptRules } from './catalogue/receipt-rules.js';
import { timeRules } from './catalogue/time-rules.js';

/** Every rule that a document, link, time or query of ours can break: the catalogue, as data. */
export const rules = [
  ...fieldRules,
  ...numberRules,
  ...timeRules,
  ...receiptRules,
  ...partyRules,
  ...positionRules,
  ...markingRules,
  ...detailRules,
  ...linkRules,
  ...queryRules,
] as const;

/** The code of a rule in the catalogue. */
export type RuleCode = (typeof rules)[number]['code'];
