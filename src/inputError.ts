/**
 * Something that the user gave is wrong. The message is one sentence: what is wrong, where, and what is allowed.
 * The command line prints it without a stack trace and exits with code 2.
 */
export class InputError extends Error {
  override readonly name = "InputError";
}
