import {
  agentTypes,
  correctionOperationTypes,
  correctionTypes,
  measures,
  operationTypes,
  paymentMethods,
  paymentObjects,
  receiptFormats,
  receiptMethods,
  receiptStatuses,
  settlementTypes,
  takenPaymentObjects,
  taxSystems,
  type VatCode,
  vatCodes,
  vatRates,
  wallets,
} from '@fiscalkit/schemas';
import { type Meaning, meaning } from './meaning.js';
import { paymentObjectMeanings } from './object-meanings.js';
import {
  agentTypeMeanings,
  markCodeTypeMeanings,
  measureMeanings,
  ownerTypeMeanings,
  paymentMethodMeanings,
  vatCodeMeanings,
} from './position-meanings.js';
import {
  correctionOperationTypeMeanings,
  correctionTypeMeanings,
  operationTypeMeanings,
  receiptFormatMeanings,
  receiptMethodMeanings,
  receiptStatusMeanings,
  settlementTypeMeanings,
  taxSystemMeanings,
} from './receipt-meanings.js';

/** Describes an enumeration with the values of an FFD tag. */
function tagged<Name extends string>(
  tag: number,
  values: Readonly<Record<Name, number>>,
  meanings: Readonly<Record<Name, Meaning>>,
) {
  const names = Object.keys(values) as Name[];
  return {
    tag,
    values: names.map((value) => ({ value, tag_value: values[value], meaning: meanings[value] })),
  };
}

/** Adds the names that are also read for some values, and never printed. */
function withOtherNames<Value extends { readonly value: string }>(
  { tag, values }: { readonly tag: number; readonly values: readonly Value[] },
  valueByName: Readonly<Record<string, string>>,
) {
  const namesOf = (value: string) => Object.keys(valueByName).filter((name) => valueByName[name] === value);
  return {
    tag,
    values: values.map((each) => {
      const also_read = namesOf(each.value);
      return also_read.length > 0 ? { ...each, also_read } : each;
    }),
  };
}

function plain<Name extends string>(names: readonly Name[], meanings: Readonly<Record<Name, Meaning>>) {
  return { tag: null, values: names.map((value) => ({ value, meaning: meanings[value] })) };
}

/** Describes a VAT code: the share of tax in a VAT-inclusive amount, by country and day of sale. */
function publishedVatCode(value: VatCode) {
  const rates = vatRates.filter(({ code }) => code === value);
  return {
    value,
    tag_value: vatCodes[value],
    meaning: vatCodeMeanings[value],
    rates: rates.map(({ country, numerator, denominator, from, until }) => ({
      country,
      numerator,
      denominator,
      from,
      until,
    })),
  };
}

/** Returns every enumeration of the contract: its values, their value of an FFD tag, and their meaning. */
export function publishedEnumerations() {
  return {
    agent_type: tagged(1222, agentTypes, agentTypeMeanings),
    correction_operation_type: tagged(1054, correctionOperationTypes, correctionOperationTypeMeanings),
    correction_type: tagged(1173, correctionTypes, correctionTypeMeanings),
    mark_code_type: {
      tag: 1163,
      values: Object.entries(markCodeTypeMeanings).map(([value, { tag, ...meaning }]) => ({
        value,
        tag,
        meaning,
      })),
    },
    measure: tagged(2108, measures, measureMeanings),
    operation_type: tagged(1054, operationTypes, operationTypeMeanings),
    owner_type: {
      tag: null,
      values: Object.entries(ownerTypeMeanings).map(([value, meaning]) => ({
        value: Number(value),
        meaning,
      })),
    },
    payment_method: tagged(1214, paymentMethods, paymentMethodMeanings),
    payment_object: withOtherNames(tagged(1212, paymentObjects, paymentObjectMeanings), takenPaymentObjects),
    receipt_format: plain(receiptFormats, receiptFormatMeanings),
    receipt_method: plain(receiptMethods, receiptMethodMeanings),
    settlement_type: {
      tag: null,
      values: tagged(0, settlementTypes, settlementTypeMeanings).values.map(
        ({ value, tag_value, meaning }) => ({
          value,
          tag: tag_value,
          meaning,
        }),
      ),
    },
    status: plain(receiptStatuses, receiptStatusMeanings),
    tax_system: tagged(1055, taxSystems, taxSystemMeanings),
    vat_code: { tag: 1199, values: (Object.keys(vatCodes) as VatCode[]).map(publishedVatCode) },
    wallet: {
      tag: null,
      values: Object.entries(wallets).map(([value, { fullName }]) => ({
        value,
        meaning: meaning(fullName, fullName, fullName),
      })),
    },
  };
}
