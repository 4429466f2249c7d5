/** Failures of the room `delivery`. */
export const deliveryErrors = {};
