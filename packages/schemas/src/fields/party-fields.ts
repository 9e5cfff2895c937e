import type { Country } from '../enumerations/countries.js';
import type { RuleCode } from '../rules/rules.js';
import { isInn, isPinfl, isTin } from '../tax-ids.js';
import { patternField } from './text-fields.js';
import { blanks, characters, coreOf, formCheck, trimmedPattern, trimmedText } from './trimmed-text.js';

/** Tax id of a supplier or buyer without a Russian one. */
const foreigner = '000000000000';

const isTaxId: Readonly<Record<Country, (text: string) => boolean>> = {
  ru: isInn,
  uz: (text) => isTin(text) || isPinfl(text),
};

const forms: Readonly<Record<Country, RegExp>> = {
  ru: /^(?:\d{10}|\d{12})$/,
  uz: /^(?:\d{9}|\d{14})$/,
};

/**
 * Builds a field for the tax id of a seller: INN with right check digits in Russia, TIN or PINFL in
 * Uzbekistan.
 */
export function taxIdField(country: Country, code: RuleCode) {
  return checkedTaxIdField(country, code, isTaxId[country]);
}

/** Builds a field for the tax id of a buyer or supplier; twelve zeros stand for none in Russia. */
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

const phone = /^(\+\d{5,18}|\d{5,19})$/;

/**
 * Builds a field for a phone of at most 19 characters (tags 1008 and 1171): digits, optionally after a plus
 * sign.
 */
export function phoneField(code: RuleCode) {
  return patternField(phone, code);
}

const maximumEmailLength = 64;

const emailAddress = /^[^\s@"(),:;<>[\\\]]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u;

/**
 * Engines of regular expressions differ in what a letter is: of a national domain the form says only that its
 * letters are not ASCII.
 */
const domainLabel = '[^\\x00-,./:-@\\[-`{-\\x7f]+';
const emailForm = `[^${blanks}@"(),:;<>\\[\\\\\\]]+@${domainLabel}(?:\\.${domainLabel})+|\\[email[ \u00a0]protected\\]`;
const wholeEmail = new RegExp(`^(?:${emailForm})$`, 'u');

/**
 * Builds a field for an e-mail address of at most 64 characters (tags 1008 and 1117), national domains
 * included.
 */
export function emailField(code: RuleCode) {
  return trimmedText.check(formCheck({ code, isSound: isEmail, hasForm: hasEmailForm })).meta({
    allOf: [
      { pattern: trimmedPattern(emailForm) },
      { pattern: trimmedPattern(characters(1, maximumEmailLength)) },
    ],
  });
}

function isEmail(text: string): boolean {
  return text.length <= maximumEmailLength && (emailAddress.test(text) || isEmailPlaceholder(text));
}

function hasEmailForm(text: string): boolean {
  return (
    text.length <= 2 * maximumEmailLength && [...text].length <= maximumEmailLength && wholeEmail.test(text)
  );
}

/**
 * Checks whether a web page that protects e-mail addresses left this text in place of one. The provider's own
 * sample request carries it, so it passes with a warning; nobody gets a receipt there.
 */
export function isEmailPlaceholder(text: string): boolean {
  return text === '[email\u00a0protected]' || text === '[email protected]';
}
