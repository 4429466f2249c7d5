/** Why another machine could not be reached, in words for a secretary, by the system's code. */
export const networkWords: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody answers at this address and port',
  ECONNRESET: 'the connection broke',
  ECONNECTION: 'the connection broke',
  ECONNABORTED: 'it did not answer in time',
  EPIPE: 'the connection broke',
  ENOTFOUND: 'there is no host of this name',
  EDNS: 'there is no host of this name',
  EAI_AGAIN: 'the name of the host could not be looked up',
  ETIMEDOUT: 'it did not answer in time',
  EHOSTUNREACH: 'there is no way to it from this network',
  ENETUNREACH: 'there is no way to it from this network',
};
