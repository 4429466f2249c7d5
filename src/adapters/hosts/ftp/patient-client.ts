import {
  Client,
  enterPassiveModeIPv4,
  enterPassiveModeIPv6,
  type FTPContext,
  FTPError,
  type TransferStrategy,
} from 'basic-ftp';

/** For so long a broken data connection waits for what the server says about it. */
const GRACE_MS = 1000;

/**
 * A client that hears a server out. One that refuses a transfer closes its data connection at once, in the middle of
 * the handshake of TLS, and says why on the control connection: whichever arrives first must not decide.
 *
 * @param silence milliseconds
 */
export function patientClient(silence: number): Client {
  const client = new Client(silence);
  let enter: TransferStrategy | undefined;
  client.prepareTransfer = async (ftp) => {
    const response = await (enter ?? findMode)(ftp);
    hearOut(ftp);
    return response;
  };
  /** EPSV (RFC 2428) is tried first: it names no address that could be another machine's. */
  const findMode: TransferStrategy = async (ftp) => {
    try {
      const response = await enterPassiveModeIPv6(ftp);
      enter = enterPassiveModeIPv6;
      return response;
    } catch (error) {
      if (!(error instanceof FTPError)) throw error;
      enter = enterPassiveModeIPv4;
      return enterPassiveModeIPv4(ftp);
    }
  };
  return client;
}

function hearOut(ftp: FTPContext): void {
  const socket = ftp.dataSocket;
  if (!socket) return;
  socket.removeAllListeners('error');
  socket.on('error', (error) => {
    setTimeout(() => {
      if (ftp.dataSocket === socket) ftp.closeWithError(error);
    }, GRACE_MS).unref();
  });
}
