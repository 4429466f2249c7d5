/** Who may import whom: the table of docs/architecture.md, as data. */
const domains = [
  'site',
  'publish',
  'audience',
  'campaign',
  'delivery',
  'approval',
  'audit',
  'vault',
  'privacy',
  'workspace',
];

/** Node modules that do real I/O or are not deterministic: for adapters, workspace, cli, web and commands only. */
export const impureModules =
  /^node:(fs|net|http|https|tls|dns|child_process|os|process|cluster|worker_threads|sqlite|readline|stream\/promises)/;

/** Globals that stand for the machine, the time or chance. */
export const impureGlobals = [
  /\bprocess\.(?!versions\.)/,
  /\bconsole\./,
  /\bDate\.now\(/,
  /\bnew Date\(\)/,
  /\bTemporal\.Now\b/,
  /\bMath\.random\(/,
  /\bcrypto\.random/,
  /\brandom(Bytes|UUID|Int)\(/,
];

const pureRooms = ['core', 'desk', ...domains.filter((name) => name !== 'workspace')];
export const isPure = (room: string) => pureRooms.includes(room);

/** Whether a file of one room may import a file of another. Rooms are the first folder below src/. */
export function mayImport(from: string, to: string, typeOnly: boolean): boolean {
  if (from === to) return true;
  if (from === 'core') return false;
  if (to === 'core') return true;
  if (domains.includes(from)) return domains.includes(to) && typeOnly;
  if (from === 'desk') return domains.includes(to);
  if (from === 'adapters') return domains.includes(to);
  if (from === 'web') return to === 'approval' || to === 'site' || (domains.includes(to) && typeOnly);
  if (from === 'cli') return to !== 'commands';
  if (from === 'commands') return to === 'cli' || domains.includes(to) || to === 'desk';
  return false;
}
