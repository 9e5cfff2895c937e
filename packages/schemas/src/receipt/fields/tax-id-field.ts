import type { Country } from '../../enumerations/countries.js';
import { coreOf } from '../../patterns/core-of.js';
import { trimmedPattern } from '../../patterns/trimmed-pattern.js';
import type { RuleCode } from '../../rules/rules.js';
import { trimmedText } from '../../structure/trimmed-text.js';
import { isInn, isPinfl, isTin } from '../../tax-ids.js';
import { formCheck } from './form-check.js';

/** Stands for a supplier or buyer without a Russian tax id. */
const foreigner = '000000000000';

const isTaxId: Readonly<Record<Country, (text: string) => boolean>> = {
  ru: isInn,
  uz: (text) => isTin(text) || isPinfl(text),
};

const forms: Readonly<Record<Country, RegExp>> = {
  ru: /^(?:\d{10}|\d{12})$/,
  uz: /^(?:\d{9}|\d{14})$/,
};

/** The tax id of a seller: INN with right check digits in Russia, TIN or PINFL in Uzbekistan. */
export function taxIdField(country: Country, code: RuleCode) {
  return checkedTaxIdField(country, code, isTaxId[country]);
}

/** The tax id of a buyer or supplier, who may have none in Russia: then it is twelve zeros. */
export function partnerTaxIdField(country: Country, code: RuleCode) {
  const isAllowed = (text: string) => isTaxId[country](text) || (country === 'ru' && text === foreigner);
  return checkedTaxIdField(country, code, isAllowed);
}

function checkedTaxIdField(country: Country, code: RuleCode, isSound: (text: string) => boolean) {
  const form = forms[country];
  return trimmedText
    .check(formCheck({ code, isSound, hasForm: (text) => form.test(text) }))
    .meta({ pattern: trimmedPattern(coreOf(form)) });
}
