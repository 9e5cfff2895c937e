import { type MarkedCorrection, type PlainCorrection, parseAmount } from '@fiscalkit/schemas';
import { atolChoices } from './choices.js';
import { correctionInfoTypes, vatTypes } from './enumerations.js';
import { clientOf, companyOf, paymentsOf, userPropsOf } from './receipt-parts.js';
import { detailsOfV5, itemsOfV5 } from './receipt-v5.js';
import { fromTable, refuse, refuseOthers } from './refuse.js';

/** Returns the `correction` of v4 (FFD 1.05): sums without items. The merchant and the payment are ours. */
export function correctionOfV4(correction: PlainCorrection, internet?: boolean): object {
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
  if (!['sell_correction', 'buy_correction'].includes(operation_type))
    refuse('$.operation_type', "ATOL's v4 has no corrections of refunds.");
  if (internet === true && customer === undefined)
    refuse('$.customer', "ATOL's v4 needs the buyer of a correction that is made on the internet.");
  const paid = settlements.reduce((minor, { sum }) => minor + parseAmount(sum), 0);
  if (paid !== parseAmount(total))
    refuse('$.total', 'ATOL takes the settlements of a correction for its total.');
  return {
    company: companyOf(company, 'v4'),
    ...(customer && { client: clientOf(customer, 'v4') }),
    correction_info: {
      ...infoOf(correction_info),
      base_number: correction_info.base_number ?? atolChoices.baseNumberOfOwn,
    },
    payments: paymentsOf(settlements),
    vats: vatsOf(vat_totals),
    ...(internet !== undefined && { internet }),
  };
}

/** Returns the `correction` of v5 (FFD 1.2): all of a receipt, and its ground. */
export function correctionOfV5(correction: MarkedCorrection, internet?: boolean): object {
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
  return {
    ...(customer && { client: clientOf(customer, 'v5') }),
    company: companyOf(company, 'v5'),
    correction_info: infoOf(correction_info),
    items: itemsOfV5(positions, operation_type),
    payments: paymentsOf(settlements),
    total,
    ...(additional_user_props && { additional_user_props: userPropsOf(additional_user_props) }),
    ...detailsOfV5({ receipt_industry_details, receipt_operating_details }),
    ...(internet !== undefined && { internet }),
  };
}

function infoOf({ type, base_date, base_number, ...others }: PlainCorrection['correction_info']) {
  refuseOthers(others, '$.correction_info');
  return {
    type: fromTable(correctionInfoTypes, type, '$.correction_info.type'),
    base_date: base_date.split('-').reverse().join('.'),
    ...(base_number !== undefined && { base_number }),
  };
}

/**
 * Returns the sums by VAT rate: the tax, and where a rate has none, the turnover itself (tags 1104 and 1105).
 * The turnovers of the others are the ledger's own: they add up to what was paid.
 */
function vatsOf(vatTotals: PlainCorrection['vat_totals']) {
  if (vatTotals.length > atolChoices.mostVats)
    refuse('$.vat_totals', `ATOL's v4 takes at most ${atolChoices.mostVats} VAT rates.`);
  return vatTotals.map(({ vat_code, turnover, vat, ...others }, index) => {
    const path = `$.vat_totals[${index}]`;
    refuseOthers(others, path);
    const hasNoTax = vat_code === 'none' || vat_code === 'vat_0';
    return { type: fromTable(vatTypes, vat_code, `${path}.vat_code`), sum: hasNoTax ? turnover : vat };
  });
}
