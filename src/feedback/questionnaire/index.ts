/**
 * 现场问卷: questionnaires that people answer at a window, by its QR code, on its tablet or on paper. The
 * office writes sections, questions and skips that only lead forward; what is published is frozen, and old
 * answers keep their questions. A sheet holds the window and the day and nothing of who filled it in; its
 * figures are shown from a smallest number of sheets on. It charges nobody; what was written as a suggestion
 * has to be answered.
 */
export { beginQuestionnaire, publish } from './actions.ts';
export type { Content } from './content-contract.ts';
export { suggestionWritten } from './fact.ts';
export { openAt, takeSheet, type WrittenSuggestion, writtenSuggestion } from './sheet-actions.ts';
