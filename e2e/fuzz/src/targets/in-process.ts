import type { AnyTarget } from '../harness/target.js';
import { amounts, quantities } from './amounts.js';
import { atolAnswers } from './atol-answers.js';
import { canonicalJsonTarget } from './canonical-json.js';
import { configuration } from './configuration.js';
import { confirmations } from './confirmations.js';
import { fiscalboxAnswers } from './fiscalbox-answers.js';
import { freedompayAnswers } from './freedompay-answers.js';
import { idempotency } from './idempotency.js';
import { russianLinkTarget, soliqLinkTarget } from './links.js';
import { listQuery } from './list-query.js';
import { receiptCheck } from './receipt-check.js';
import { forgedSignatures, signedHeaders } from './signatures.js';
import { strictJson, strictJsonBytes } from './strict-json.js';
import { wireTimes } from './times.js';

/** Targets that call parsers in this process. */
export const inProcessTargets: readonly AnyTarget[] = [
  receiptCheck,
  amounts,
  quantities,
  wireTimes,
  soliqLinkTarget,
  russianLinkTarget,
  listQuery,
  canonicalJsonTarget,
  strictJson,
  strictJsonBytes,
  confirmations,
  forgedSignatures,
  signedHeaders,
  freedompayAnswers,
  fiscalboxAnswers,
  atolAnswers,
  configuration,
  idempotency,
];
