import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { fail, isSecError } from '../../core/errors/index.ts';
import type { HostIdentity, HostLogin, LoginQuestion, Secrets } from '../../publish/index.ts';
import type { Client } from '../../workspace/index.ts';
import type { Prompts } from '../prompts.ts';
import type { Context } from './context.ts';
import { hostUrl, loginName } from './host.ts';
import { SENDER, senderLogin } from './sender-login.ts';
import { openVault } from './vault.ts';

/** What `sec login --json` prints: names of what was stored, never a value. */
export interface LoginReceipt {
  readonly client: string;
  readonly what: string;
  readonly host: string;
  /** By what the host is known again; null where a public authority vouches for it. */
  readonly identity: { readonly what: string; readonly fingerprint: string } | null;
  readonly stored: readonly string[];
  /** False for a dry run, which tests and stores nothing. */
  readonly applied: boolean;
  /** How and where it is kept. */
  readonly kept: string;
}

export interface LoginRequest {
  /** The host, what carries the mail (`sender`), or one of the client's further hosts by name. */
  readonly what: string | undefined;
  readonly isDryRun: boolean;
  /** All of the input, where nobody can be asked. */
  readInput(): Promise<string>;
  /** Shows who answers, and asks whether that is right. @throws CANCELLED */
  confirmIdentity(identity: HostIdentity, target: string): Promise<void>;
}

/**
 * Asks for what a client's host or mail server needs, makes sure whose host it is, tries the login and stores it.
 *
 * @throws HOST_MISSING, LOGIN_NOT_NEEDED, LOGIN_INPUT_INVALID, LOGIN_IDENTITY_UNKNOWN, HOST_IDENTITY_CHANGED,
 *   LOGIN_WRONG, HOST_UNREACHABLE, HOST_NOT_WRITABLE, TRANSPORT_…
 */
export async function logIn(context: Context, client: Client, request: LoginRequest): Promise<LoginReceipt> {
  const name = request.what === undefined || request.what === 'host' ? undefined : request.what;
  const login = await (name === SENDER ? senderLogin(context, client) : loginTo(context, client, name));
  const vault = await openVault(context, client);
  const place = placeOf(name);
  const known = (await vault.read(place)) ?? {};
  const given = context.prompts ? {} : parseInput(await request.readInput(), login);
  const identity = await login.identify();
  if (identity) await vouch(identity, login, { ...known, ...given }, context.prompts, request);
  const answers = context.prompts ? await ask(context.prompts, context, login.questions) : given;
  const secrets = { ...withoutPin(answers), ...identity?.pin, ...login.about };
  await tryOut(login, secrets, client, request.what ?? 'host');
  if (!request.isDryRun) await vault.store(place, secrets);
  return {
    client: client.name,
    what: name ?? 'host',
    host: login.target,
    identity: identity ? { what: identity.what, fingerprint: identity.fingerprint } : null,
    stored: Object.keys(secrets).sort(),
    applied: !request.isDryRun,
    kept: vault.kept,
  };
}

async function tryOut(login: HostLogin, secrets: Secrets, { name }: Client, what: string): Promise<void> {
  try {
    await login.test(secrets);
  } catch (error) {
    if (!isSecError(error) || !['LOGIN_REFUSED', 'TRANSPORT_REFUSED'].includes(error.code)) throw error;
    const problem = String(error.details.problem);
    throw fail('LOGIN_WRONG', { client: name, what, target: login.target, problem }, error);
  }
}

/** Lets go of a stored login. @returns false where there was none */
export async function forgetLogin(
  context: Context,
  client: Client,
  what: string | undefined,
): Promise<boolean> {
  const vault = await openVault(context, client);
  return vault.forget(placeOf(what === 'host' ? undefined : what));
}

const placeOf = (name: string | undefined) => (name === SENDER ? SENDER : loginName(name));

async function loginTo(context: Context, client: Client, name: string | undefined): Promise<HostLogin> {
  const url = hostUrl(client, name);
  const { hostLogin } = await import('../../adapters/hosts/registry.ts');
  const { clock, env } = context;
  const { plainFtp } = client.config;
  const workspace = context.workspace().root;
  const login = await hostLogin(url, { workspace, clock, env, client, plainFtp });
  if (!login) throw fail('LOGIN_NOT_NEEDED', { client: client.name, target: url });
  return login;
}

const PINS = ['hostKey', 'certificate'];

/** A host is right where its pin is known already, or a person or the input says so. */
async function vouch(
  identity: HostIdentity,
  { target }: HostLogin,
  said: Secrets,
  prompts: Prompts | undefined,
  request: LoginRequest,
): Promise<void> {
  const [[key, pin] = ['', '']] = Object.entries(identity.pin);
  const expected = said[key];
  if (expected === pin || expected === identity.fingerprint) return;
  if (prompts) return request.confirmIdentity(identity, target);
  const { what, fingerprint } = identity;
  if (expected === undefined) throw fail('LOGIN_IDENTITY_UNKNOWN', { target, what, fingerprint, key });
  const short = expected.startsWith('SHA256:') ? expected : 'the one that was given';
  throw fail('HOST_IDENTITY_CHANGED', { target, what, shown: fingerprint, expected: short });
}

async function ask(
  prompts: Prompts,
  context: Context,
  questions: readonly LoginQuestion[],
): Promise<Secrets> {
  const answers: Record<string, string> = {};
  for (const question of questions) {
    if (question.isOnlyFromInput || question.unless?.some((key) => answers[key])) continue;
    const answer = await askOne(prompts, question);
    if (answer !== '') answers[question.key] = question.isPath ? absolute(context.cwd, answer) : answer;
  }
  return answers;
}

function askOne(
  prompts: Prompts,
  { question, isSecret, isOptional, initial }: LoginQuestion,
): Promise<string> {
  if (isSecret) return prompts.secret(question);
  const check = (text: string) => isOptional || text.trim() !== '' || 'Please write something here.';
  return prompts.text(question, { check, ...(initial === undefined ? {} : { initial }) });
}

/** One JSON object of texts; names that the host does not ask for are refused, so that a misspelt one is found. */
function parseInput(text: string, { questions }: HostLogin): Secrets {
  const keys = [...questions.map(({ key }) => key), ...PINS];
  const wrong = (problem: string) => fail('LOGIN_INPUT_INVALID', { problem, keys });
  if (text.trim() === '') throw wrong('there is nothing on it');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw wrong('it is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw wrong('it is no JSON object');
  const entries = Object.entries(value);
  const unknown = entries.find(([key]) => !keys.includes(key));
  if (unknown) throw wrong(`it holds a name that this host does not ask for (${unknown[0].slice(0, 40)})`);
  if (entries.some(([, one]) => typeof one !== 'string')) throw wrong('not every value is a text');
  const missing = questions.find(
    ({ key, isOptional }) => !isOptional && !entries.some(([name]) => name === key),
  );
  const initial = missing?.initial === undefined ? {} : { [missing.key]: missing.initial };
  if (missing && missing.initial === undefined) throw wrong(`"${missing.key}" is missing`);
  return { ...initial, ...(value as Secrets) };
}

const withoutPin = (secrets: Secrets): Secrets =>
  Object.fromEntries(Object.entries(secrets).filter(([key]) => !PINS.includes(key)));

const absolute = (cwd: string, path: string) => resolve(cwd, path.replace(/^~(?=\/|$)/, homedir()));
