/** Failures of the room `site`. */
export const siteErrors = {};
