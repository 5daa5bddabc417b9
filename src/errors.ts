/**
 * The one error that is the user's to mend: bad input, bad rule file, bad usage. Commands print it as one line
 * `file:line:column: message` and exit with status 2. Any other error is a bug of ours and keeps its stack.
 */
export interface Place {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

export class InputError extends Error {
  override readonly name = 'InputError';
  constructor(
    message: string,
    readonly place: Place = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** `file:line:column: message`, with what is known of the place. */
  toLine(): string {
    const { file, line, column } = this.place;
    const where = [file, line, column].filter((part) => part !== undefined).join(':');
    return where === '' ? this.message : `${where}: ${this.message}`;
  }
}
