import { fail } from '../../core/errors/index.ts';
import type { Client } from '../../workspace/index.ts';

/** How the transport is called before it is opened: without user and password. @throws TRANSPORT_MISSING */
export function transportName(client: Client, transport: string | undefined): string {
  const address = transportAddress(client, transport);
  const kind = /^([a-z][a-z0-9+.-]*):/i.exec(address)?.[1]?.toLowerCase() ?? '';
  if (kind === 'outbox') return address;
  if (kind !== 'smtp' && kind !== 'smtps') return `${kind}:`;
  const server = address.slice(kind.length + 1).replace(/^.*@|^\/+/s, '');
  return `${kind}://${server.replace(/\?.*$/s, '')}`;
}

/** What carries the client's mail, as site.yaml or `--transport` has it. @throws TRANSPORT_MISSING */
export function transportAddress(client: Client, transport: string | undefined): string {
  const address = transport ?? client.config.sender?.transport;
  if (address === undefined) throw fail('TRANSPORT_MISSING', { client: client.name });
  return address;
}
