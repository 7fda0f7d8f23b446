/** Variables of the environment that hold a password: no process that is started here needs them. */
export const SECRETS: readonly string[] = ['GELU_QUEUE'];
