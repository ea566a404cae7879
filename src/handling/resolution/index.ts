/**
 * Resolution (办理答复): how what people say besides ratings is answered: a voice opens its order in the same
 * breath, a bad comment without a case is answered like a suggestion, and whoever is dissatisfied on the
 * phone like a complaint.
 */
export { answerBadComment } from './actions.ts';
export { answerCall } from './call-actions.ts';
