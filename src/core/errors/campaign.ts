/** Failures of the room `campaign`. */
export const campaignErrors = {};
