/** Failures of the room `audience`. */
export const audienceErrors = {};
