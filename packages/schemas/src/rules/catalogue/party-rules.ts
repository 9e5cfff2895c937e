import { ruleSet } from '../rule-set.js';
import { sources } from '../sources.js';

/** Buyer, seller and supplier. */
export const partyRules = [
  ...ruleSet(
    { severity: 'fault', source: sources.russianReceiptLaw, since: '0.1.0' },
    { 'receipt.customer.contact': 'A Russian receipt needs the e-mail or the phone of the buyer' },
  ),
  ...ruleSet(
    { severity: 'fault', source: sources.atol, since: '0.1.0' },
    {
      'receipt.customer.email': 'The e-mail of the buyer is an address of at most 64 characters',
      'receipt.customer.phone': 'The phone of the buyer is 5 to 19 digits, optionally after a plus sign',
      'receipt.company.email': 'The e-mail of the company is an address of at most 64 characters',
      'receipt.position.supplier.phone':
        'The phone of the supplier is 5 to 19 digits, optionally after a plus sign',
      'receipt.position.supplier.missing': 'A position that names an agent also names the supplier',
      'receipt.position.supplier.contact':
        'For a payment agent of any kind the supplier has a name and a phone',
    },
  ),
  ...ruleSet(
    { severity: 'fault', source: sources.russianTaxId, since: '0.1.0' },
    {
      'receipt.customer.inn': 'The tax id of the buyer has the wrong length or check digits',
      'receipt.company.inn': 'The tax id of the company has the wrong length or check digits',
      'receipt.position.supplier.inn': 'The tax id of the supplier has the wrong length or check digits',
    },
  ),
  ...ruleSet(
    { severity: 'warning', source: sources.freedompay, since: '0.1.0' },
    {
      'receipt.customer.email.placeholder':
        'The e-mail of the buyer is a placeholder left by the protection of a web page',
      'receipt.company.email.placeholder':
        'The e-mail of the company is a placeholder left by the protection of a web page',
    },
  ),
] as const;
