/** Failures of the room `publish`. */
export const publishErrors = {};
