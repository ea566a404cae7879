/**
 * Resolution (办理答复): how what people say besides ratings is answered: a voice opens its order in the same
 * breath, and a bad comment without a case is answered like a suggestion.
 */
export { answerBadComment } from './actions.ts';
