export { catalogue, type ErrorCode, type ErrorParams } from './catalogue.ts';
export { type ErrorEntry, entry, exitCodes, oneOf, type Place, where } from './entry.ts';
export { fail, isSecError, SecError } from './sec-error.ts';
