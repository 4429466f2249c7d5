/** Failures of the room `approval`. */
export const approvalErrors = {};
