/** The environment with a client's own key, where there is one. */
export const withKey = (
  env: Readonly<NodeJS.ProcessEnv>,
  apiKey: string | undefined,
): Readonly<NodeJS.ProcessEnv> => (apiKey === undefined ? env : { ...env, SENDGRID_API_KEY: apiKey });
