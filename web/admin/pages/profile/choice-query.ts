/** Under which the reader's choice of channels is kept. */
export const CHOICE = ['message-choice'];
