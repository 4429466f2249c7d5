import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives the tests a place for keys that is not the user's own, and removes it afterwards. */
export default function vaultHome(): () => void {
  const home = mkdtempSync(join(tmpdir(), 'sec-test-vaults-'));
  process.env.SEC_VAULT_DIR = home;
  return () => rmSync(home, { recursive: true, force: true });
}
