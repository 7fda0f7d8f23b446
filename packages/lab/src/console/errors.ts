/** A mistake of the user or of the surroundings, to be told without a stack trace. */
export class LabError extends Error {
  override name = 'LabError';
}

/** Data that is missing, or not in its published format. */
export class DataError extends LabError {
  override name = 'DataError';
}

/** The user asked to stop. */
export class Interrupted extends LabError {
  override name = 'Interrupted';
  /** `where` is the folder with what there is so far, `resumeWith` the command that goes on. */
  constructor(where = '', resumeWith = '') {
    const found = where && ` What was measured so far is in ${where}.`;
    super(`Interrupted.${found}${resumeWith && `\nTo go on: ${resumeWith}`}`);
  }
}

/** A call of the command line that cannot be understood. */
export class UsageError extends LabError {
  override name = 'UsageError';
}
