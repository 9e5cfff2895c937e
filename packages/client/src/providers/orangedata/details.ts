import { formatOffsetTime, type Receipt } from '@fiscalkit/schemas';
import { orangedataChoices } from './choices.js';
import { refuse, refuseOthers } from './refuse.js';
import { registerText } from './register-text.js';
import type { DocumentSettings } from './settings.js';

type MarkedReceipt = Extract<Receipt, { receipt_format: 'ru_1_2' }>;
type IndustryDetail = NonNullable<MarkedReceipt['receipt_industry_details']>[number];

interface DetailsPlace {
  readonly path: string;
  readonly settings: DocumentSettings;
}

const longest = { causeDocumentNumber: 32, industryValue: 239, operatingValue: 64 };

/** Returns industry details of a position (tag 1260) or of a document (tag 1261). */
export function industryAttributesOf(
  details: readonly IndustryDetail[],
  { path, settings: { characters } }: DetailsPlace,
): object[] {
  return details.map(({ federal_id, document_date, document_number, value, ...others }, index) => {
    const at = `${path}[${index}]`;
    refuseOthers(others, at);
    return {
      foivId: federal_id,
      causeDocumentDate: document_date.split('-').reverse().join('.'),
      causeDocumentNumber: registerText(document_number, {
        path: `${at}.document_number`,
        longest: longest.causeDocumentNumber,
        characters,
      }),
      value: registerText(value, { path: `${at}.value`, longest: longest.industryValue, characters }),
    };
  });
}

/** Returns the details of a whole document in FFD 1.2, of which OrangeData takes one of each kind. */
export function detailsOf(
  {
    receipt_industry_details: industry = [],
    receipt_operating_details: operating,
  }: Pick<MarkedReceipt, 'receipt_industry_details' | 'receipt_operating_details'>,
  settings: DocumentSettings,
): object {
  const path = '$.receipt_industry_details';
  if (industry.length > 1) refuse(`${path}[1]`, 'OrangeData takes one industry detail of a whole receipt.');
  const [industryAttribute] = industryAttributesOf(industry, { path, settings });
  return {
    ...(industryAttribute && { industryAttribute }),
    ...(operating && { operationalAttribute: operatingOf(operating, settings) }),
  };
}

function operatingOf(
  { operation_id, value, created_at, ...others }: NonNullable<MarkedReceipt['receipt_operating_details']>,
  { characters }: DocumentSettings,
): object {
  const path = '$.receipt_operating_details';
  refuseOthers(others, path);
  const date = formatOffsetTime(new Date(created_at), orangedataChoices.utcOffsetHours);
  return {
    // On the register's clock, as OrangeData prints times: without a zone.
    date: date.replace(/[+-]\d\d:\d\d$/, ''),
    id: operation_id,
    value: registerText(value, { path: `${path}.value`, longest: longest.operatingValue, characters }),
  };
}
