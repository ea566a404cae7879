/**
 * Voice (群众来件): what people have to say besides ratings: a matter that can't get done (办不成事), a
 * complaint, a suggestion, praise. It is registered under a number by which they follow it; who spoke is
 * sealed apart and opened only by whoever has to answer. What has to be answered becomes an order downstream.
 */
export {
  receiveVoice,
  speakerOf,
  type Voice,
  voiceOfForm,
  voicesById,
} from './actions.ts';
export {
  deskVoiceForm,
  SPOKEN_KINDS,
  VOICE_CHANNELS,
  VOICE_KINDS,
  type VoiceFilter,
  type VoiceForm,
  type VoiceKind,
  voiceFilter,
  voiceForm,
} from './contract.ts';
export { voiceHandedOver, voiceReceived } from './fact.ts';
export { followCode, voiceToFollow } from './follow-actions.ts';
export {
  handToDiscipline,
  isAbout,
  type ListedVoice,
  mayRead,
  takeFromDiscipline,
  voiceFor,
  voicesFor,
} from './list-actions.ts';
export { VOICE_FILES } from './voice.ts';
