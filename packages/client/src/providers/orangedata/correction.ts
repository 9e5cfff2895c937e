import { amountToNumber, type MarkedCorrection, type PlainCorrection, parseAmount } from '@fiscalkit/schemas';
import { orangedataChoices } from './choices.js';
import { detailsOf } from './details.js';
import { assertPaid, buyerOf, contactOf, paymentsOf, sellerOf, userPropsOf } from './document-parts.js';
import { correctedTypes, grounds, paymentSums, taxSums } from './enumerations.js';
import { markedPositionsOf } from './positions.js';
import { ffdVersions } from './receipt.js';
import { fromTable, refuse, refuseOthers } from './refuse.js';
import { registerText } from './register-text.js';
import type { DocumentSettings } from './settings.js';

/** Returns the content of a correction in FFD 1.05: sums without positions. */
export function plainCorrectionOf(correction: PlainCorrection, settings: DocumentSettings): object {
  const {
    receipt_format: _format,
    merchant_id: _merchant,
    payment_id: _payment,
    operation_type,
    correction_info,
    customer,
    company,
    settlements,
    vat_totals,
    total,
    ...others
  } = correction;
  refuseOthers(others, '$');
  // The types have no others; a document of a caller may.
  if (!['sell_correction', 'buy_correction'].includes(operation_type)) {
    refuse('$.operation_type', 'OrangeData has no corrections of refunds in FFD 1.05.');
  }
  assertPaid(settlements, total);
  const { email: _email, phone: _phone, ...strange } = customer ?? {};
  refuseOthers(strange, '$.customer');
  return {
    ffdVersion: ffdVersions.ru_1_05,
    ...groundOf(correction_info, settings),
    type: fromTable(correctedTypes, operation_type, '$.operation_type'),
    totalSum: total,
    ...paidSumsOf(settlements),
    ...taxSumsOf(vat_totals),
    taxationSystem: sellerOf(company, settings).taxationSystem,
    customerContact: contactOf(customer) ?? orangedataChoices.noContact,
  };
}

/** Returns the content of a correction in FFD 1.2: all of a receipt, and its ground. */
export function markedCorrectionOf(correction: MarkedCorrection, settings: DocumentSettings): object {
  const {
    receipt_format: _format,
    merchant_id: _merchant,
    payment_id: _payment,
    operation_type,
    correction_info,
    customer,
    company,
    positions,
    settlements,
    total,
    additional_user_props,
    receipt_industry_details,
    receipt_operating_details,
    ...others
  } = correction;
  refuseOthers(others, '$');
  assertPaid(settlements, total);
  const { taxationSystem, senderEmail } = sellerOf(company, settings);
  return {
    ffdVersion: ffdVersions.ru_1_2,
    ...groundOf(correction_info, settings),
    type: fromTable(correctedTypes, operation_type, '$.operation_type'),
    ...markedPositionsOf(positions, operation_type, settings),
    checkClose: { payments: paymentsOf(settlements), taxationSystem },
    customerContact: contactOf(customer) ?? orangedataChoices.noContact,
    ...buyerOf(customer, settings),
    ...(senderEmail !== undefined && { senderEmail }),
    totalSum: total,
    ...(additional_user_props && { additionalUserAttribute: userPropsOf(additional_user_props, settings) }),
    ...detailsOf({ receipt_industry_details, receipt_operating_details }, settings),
    isInternetStore: settings.internet ?? true,
  };
}

const longestNumber = 32;

function groundOf(
  { type, base_date, base_number, ...others }: PlainCorrection['correction_info'],
  { characters }: DocumentSettings,
): object {
  const path = '$.correction_info';
  refuseOthers(others, path);
  const place = { path: `${path}.base_number`, longest: longestNumber, characters };
  return {
    correctionType: fromTable(grounds, type, `${path}.type`),
    causeDocumentDate: `${base_date}T00:00:00`,
    ...(base_number !== undefined && { causeDocumentNumber: registerText(base_number, place) }),
  };
}

/** Returns what was paid in each way; ways that come twice are added up. */
function paidSumsOf(settlements: PlainCorrection['settlements']): Record<string, number> {
  const sums = new Map<string, number>();
  for (const [index, { type, sum, ...others }] of settlements.entries()) {
    const path = `$.settlements[${index}]`;
    refuseOthers(others, path);
    const name = fromTable(paymentSums, type, `${path}.type`);
    sums.set(name, (sums.get(name) ?? 0) + parseAmount(sum));
  }
  return Object.fromEntries(Array.from(sums, ([name, minor]) => [name, amountToNumber(minor)]));
}

/**
 * Returns the sums by VAT rate: the tax, and where a rate has none, the turnover itself (tags 1104 and 1105). The
 * turnovers of the others are the ledger's own: they add up to what was paid.
 */
function taxSumsOf(vatTotals: PlainCorrection['vat_totals']): Record<string, number> {
  const sums = vatTotals.map(({ vat_code, turnover, vat, ...others }, index) => {
    const path = `$.vat_totals[${index}]`;
    refuseOthers(others, path);
    const hasNoTax = vat_code === 'none' || vat_code === 'vat_0';
    return [fromTable(taxSums, vat_code, `${path}.vat_code`), hasNoTax ? turnover : vat] as const;
  });
  return Object.fromEntries(sums);
}
