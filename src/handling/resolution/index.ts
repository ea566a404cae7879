/**
 * Resolution (办理答复): how what people say besides ratings is answered: a voice opens its order in the same
 * breath, a bad comment without a case or a word in a questionnaire like a suggestion, and whoever is
 * dissatisfied on the phone like a complaint.
 */
export { accountVoice } from './account-actions.ts';
export { answerBadComment, answerWritten } from './actions.ts';
export { answerCall } from './call-actions.ts';
export { contactDesk, registerContact } from './contact-actions.ts';
export { faultProposed } from './fact.ts';
