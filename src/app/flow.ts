/**
 * The business on one screen: what each fact sets off. Imports point upstream; facts go downstream, only
 * through here. Every consumer is safe to repeat.
 */
import { monthPublished, monthSealed } from '../close/month/index.ts';
import { findingAgainst, findingConfirmed } from '../conduct/inspection/index.ts';
import { meritConfirmed, meritsProposed } from '../conduct/merit/index.ts';
import { badCommentReceived } from '../feedback/comment/index.ts';
import { complaintUpheld } from '../feedback/complaint/index.ts';
import { callFinished } from '../feedback/follow-up/index.ts';
import { suggestionWritten } from '../feedback/questionnaire/index.ts';
import {
  badRatingRecorded,
  contactAsked,
  markBatch,
  markDays,
  markSteps,
  ratingRecorded,
  ratingVerified,
} from '../feedback/rating/index.ts';
import { checkSeals, sealCheckAsked } from '../feedback/seal/index.ts';
import { noteRefusedCase } from '../feedback/stuck-matter/index.ts';
import { voiceHandedOver, voiceReceived } from '../feedback/voice/index.ts';
import {
  noticeAnswered,
  noticeClock,
  noticeMoved,
  noticeReceived,
} from '../handling/citizen-notice/index.ts';
import { dutyOverdue, dutyReminded } from '../handling/duty/index.ts';
import { exclusionDecided, exclusionProposed } from '../handling/exclusion/index.ts';
import { findingReviewed, findingsFound, noteCall, reviewProposed } from '../handling/integrity/index.ts';
import {
  accountRating,
  chargeDissatisfied,
  chargeLate,
  chargeOverdue,
  followExclusion,
  followVerdicts,
  inviteAgain,
  openRectifications,
  orderCharged,
} from '../handling/rectification/index.ts';
import {
  accountVoice,
  answerBadComment,
  answerCall,
  answerWritten,
  faultProposed,
  registerContact,
} from '../handling/resolution/index.ts';
import {
  askForCall,
  dropCall,
  escalateOrder,
  orderAnswered,
  orderCalledBack,
  orderClosed,
  orderLate,
  orderMoved,
  orderOpened,
  takeCall,
} from '../handling/work-order/index.ts';
import { applicationRefused, noticeGiven } from '../intake/acceptance/index.ts';
import { recordsKept } from '../intake/case/index.ts';
import { stepCorrected } from '../intake/correction/index.ts';
import { appealFiled, appealMoved, appealRejected, appealUpheld } from '../ledger/appeal/index.ts';
import { postSoon, postStepsSoon } from '../ledger/entry/jobs.ts';
import { draftProposed, schemePutInForce } from '../ledger/scheme/index.ts';
import { deliveriesPlanned } from '../oversight/message/index.ts';
import { deliverSoon } from '../oversight/message/jobs.ts';
import { type Course, on } from '../platform/facts.ts';
import { proposeCallMerits } from './call-merits.ts';
import {
  tellAppealFiled,
  tellAppealMoved,
  tellAppealRejected,
  tellAppealUpheld,
  tellDraftProposed,
  tellExclusionProposed,
  tellFaultProposed,
  tellFindingAgainst,
  tellFindingsFound,
  tellHandedOver,
  tellMeritsProposed,
  tellMonthPublished,
  tellMonthSealed,
  tellReviewProposed,
} from './decision-messages.ts';
import { orderLimits } from './limits.ts';
import {
  tellDutyOverdue,
  tellDutyReminded,
  tellOrderClosed,
  tellOrderMoved,
  tellOrderOpened,
} from './messages.ts';

export const courses: readonly Course[] = [
  // New services can be rated: the figures of their days are counted anew.
  on(recordsKept, markDays),
  // A case is refused at the counter: the register of every no has it by itself.
  on(applicationRefused, noteRefusedCase),
  // An applicant was told what is missing. Messages will hear it here.
  on(noticeGiven),
  // Every batch of ratings, once: the figures of its days are counted anew.
  on(ratingRecorded, markBatch),
  // A bad rating deducts only once it is verified; until then a pending entry shows it to its subject.
  // Its department has to answer it: an order opens by itself.
  on(badRatingRecorded, postSoon, (deps, told) => openRectifications(deps, told, orderLimits)),
  // Whoever rated wants to be contacted: an order opens, unless the page that took the rating has opened it.
  on(contactAsked, async (deps, told) => {
    await registerContact(deps, told, orderLimits);
  }),
  // A bad word of the public without a case: somebody has to answer it, and nobody is charged.
  on(badCommentReceived, (deps, told) => answerBadComment(deps, told, orderLimits)),
  // Something written into a questionnaire as a suggestion: it is answered, and charges nobody.
  on(suggestionWritten, (deps, told) => answerWritten(deps, told, orderLimits)),
  // A verdict posts or voids what was pending.
  on(ratingVerified, postStepsSoon, markSteps, followVerdicts),
  // A rating is taken out, or isn't: its verdict is told above. What else waits for it will hear it here.
  on(exclusionDecided, followExclusion),
  // All ratings are compared with what was sealed of them.
  on(sealCheckAsked, checkSeals),
  // Two people have judged what a detector found. Proven inducement is then entered as a finding of conduct.
  on(findingReviewed),
  // Another clerk or window than was recorded: what was charged is reversed and charged anew.
  on(
    stepCorrected,
    (deps, { cityCode, stepId }) => postStepsSoon(deps, { cityCode, stepIds: [stepId] }),
    (deps, { cityCode, stepId }) => markSteps(deps, { cityCode, stepIds: [stepId] }),
  ),
  // What two people stand for enters the book.
  on(findingConfirmed, postSoon),
  on(findingAgainst, tellFindingAgainst),
  on(meritConfirmed, postSoon),
  on(complaintUpheld, postSoon),
  // Another scheme holds from a day on: what it gives another value is charged anew.
  on(schemePutInForce, postSoon),
  // Somebody objects: the month waits, and so does the pay. What an appeal wins stands in the book at once.
  on(appealFiled, tellAppealFiled),
  on(appealMoved, tellAppealMoved),
  on(appealUpheld, tellAppealUpheld),
  on(appealRejected, tellAppealRejected),
  // Something waits for a second person, or for the one officer who may read it: they are told.
  on(exclusionProposed, tellExclusionProposed),
  on(findingsFound, tellFindingsFound),
  on(reviewProposed, tellReviewProposed),
  on(meritsProposed, tellMeritsProposed),
  on(draftProposed, tellDraftProposed),
  on(voiceHandedOver, tellHandedOver),
  on(faultProposed, tellFaultProposed),
  // Somebody has something to say; its order opened with it, and they get the number by short message.
  on(voiceReceived, noticeReceived),
  on(orderOpened, tellOrderOpened),
  // Something of its story that others wait for: an assignment, a decision, a supervision.
  on(orderMoved, tellOrderMoved, noticeMoved),
  // Its answer is approved: whoever was answered is told so, and called back.
  on(orderAnswered, askForCall, noticeAnswered),
  // It has ended, or somebody was asked otherwise: nobody is called about that answer any more. Whoever rated
  // badly and was answered may rate a second time. Its story says what it charges, or why nothing.
  on(orderClosed, dropCall, inviteAgain, accountRating, accountVoice, tellOrderClosed),
  // A bad rating answered late, or badly, charges the window of the department that answers; never the clerk.
  on(orderLate, chargeLate),
  on(orderCalledBack, chargeDissatisfied, dropCall),
  on(orderCharged, postSoon),
  // A call-back has ended: its order is accepted or reopened, a dissatisfied person of the sample gets one,
  // praise is proposed as a merit, and a rating that nobody gave is laid before the detectors.
  on(
    callFinished,
    (deps, told) => takeCall(deps, told, orderLimits),
    (deps, told) => answerCall(deps, told, orderLimits),
    proposeCallMerits,
    noteCall,
  ),
  // A step of a matter is due, or overdue: an order comes under supervision.
  on(dutyReminded, tellDutyReminded, (deps, told) => noticeClock(deps, told, 'reminder')),
  on(dutyOverdue, escalateOrder, chargeOverdue, tellDutyOverdue, (deps, told) =>
    noticeClock(deps, told, 'overdue'),
  ),
  // Something is to go out by e-mail or robot: the outbox is looked through.
  on(deliveriesPlanned, deliverSoon),
  // The results are final. Pay, dispatch and publication will hear it here.
  on(monthSealed, tellMonthSealed),
  // They are on notice: whoever has a statement may object.
  on(monthPublished, tellMonthPublished),
];
