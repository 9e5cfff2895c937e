import { z } from 'zod';
import { coded } from '../../rules/coded.js';
import type { RuleCode } from '../../rules/rules.js';
import { structural } from '../../rules/structural.js';
import { isInn } from '../../tax-ids/is-inn.js';
import { isPinfl } from '../../tax-ids/is-pinfl.js';
import { isTin } from '../../tax-ids/is-tin.js';
import type { Country } from '../enumerations/country-of.js';

/** Stands for a supplier or buyer without a Russian tax id. */
const foreigner = '000000000000';

const isTaxId: Readonly<Record<Country, (text: string) => boolean>> = {
  ru: isInn,
  uz: (text) => isTin(text) || isPinfl(text),
};

/** The tax id of a seller: INN with right check digits in Russia, TIN or PINFL in Uzbekistan. */
export function taxIdField(country: Country, code: RuleCode) {
  return z.string(structural).trim().refine(isTaxId[country], coded(code));
}

/** The tax id of a buyer or supplier, who may have none in Russia: then it is twelve zeros. */
export function partnerTaxIdField(country: Country, code: RuleCode) {
  const isAllowed = (text: string) => isTaxId[country](text) || (country === 'ru' && text === foreigner);
  return z.string(structural).trim().refine(isAllowed, coded(code));
}
