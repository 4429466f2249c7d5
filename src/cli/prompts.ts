/** Questions to a person. Only the terminal has one; elsewhere `context.prompts` is absent and a missing word is an error. */
export interface Prompts {
  select(question: string, choices: readonly Choice[]): Promise<string>;
  text(
    question: string,
    /** `editable` puts the initial text where it can be changed, in place of being taken by an empty answer. */
    options?: { initial?: string; editable?: boolean; check?: (answer: string) => true | string },
  ): Promise<string>;
  /** An answer that is not shown while it is typed. */
  secret(question: string, options?: { check?: (answer: string) => true | string }): Promise<string>;
  confirm(question: string, initial?: boolean): Promise<boolean>;
}

export interface Choice {
  readonly value: string;
  readonly name?: string;
  readonly description?: string;
}

/** Prompts on stderr, so that a piped stdout stays clean. Ctrl-C throws; the report says that nothing was changed. */
export function terminalPrompts(): Prompts {
  const io = { output: process.stderr };
  return {
    async select(question, choices) {
      const { search } = await import('@inquirer/prompts');
      const wanted = (term: string | undefined, { value, name }: Choice) =>
        !term || `${value} ${name ?? ''}`.toLowerCase().includes(term.toLowerCase());
      const source = (term: string | undefined) =>
        choices.filter((choice) => wanted(term, choice)).map((c) => ({ ...c }));
      return search({ message: question, source }, io);
    },
    async text(question, { initial, editable = false, check } = {}) {
      const { input } = await import('@inquirer/prompts');
      return input(
        {
          message: question,
          ...(initial ? { default: initial } : {}),
          ...(editable ? { prefill: 'editable' as const } : {}),
          ...(check ? { validate: check } : {}),
        },
        io,
      );
    },
    async secret(question, { check } = {}) {
      const { password } = await import('@inquirer/prompts');
      return password({ message: question, mask: true, ...(check ? { validate: check } : {}) }, io);
    },
    async confirm(question, initial = false) {
      const { confirm } = await import('@inquirer/prompts');
      return confirm({ message: question, default: initial }, io);
    },
  };
}

/** The same, which asks each secret once. */
export function rememberSecrets(prompts: Prompts): Prompts {
  const known = new Map<string, string>();
  return {
    ...prompts,
    async secret(question, options) {
      const answer = known.get(question) ?? (await prompts.secret(question, options));
      known.set(question, answer);
      return answer;
    },
  };
}
