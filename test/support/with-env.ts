import { type Said, secHere } from './in-process.ts';

/** Variables of the environment for one command; those that are undefined are taken out. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Runs a command line in this process, under an environment that is put back afterwards. */
export async function secWith(env: Env, words: readonly string[]): Promise<Said> {
  const before = Object.keys(env).map((name) => [name, process.env[name]] as const);
  put(Object.entries(env));
  try {
    return await secHere(words);
  } finally {
    put(before);
  }
}

function put(variables: readonly (readonly [string, string | undefined])[]): void {
  for (const [name, value] of variables) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}
