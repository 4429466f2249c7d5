export { catalogue } from './catalogue.ts';
export { type ErrorEntry, exitCodes, oneOf, type Place, where } from './entry.ts';
export { fail, isSecError, SecError } from './sec-error.ts';
