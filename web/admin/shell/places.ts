import type { Permission } from '../../../src/oversight/access/contract.ts';

/**
 * A place in the office, in the order of the river: who and where, matters, voices, points, months,
 * what results are used for; then the house.
 */
export interface Place {
  to: string;
  /** Key of its name under `nav`. */
  name:
    | 'home'
    | 'board'
    | 'messages'
    | 'regions'
    | 'departments'
    | 'windows'
    | 'signs'
    | 'comments'
    | 'questionnaires'
    | 'paperSheets'
    | 'assisted'
    | 'staff'
    | 'items'
    | 'calendar'
    | 'devices'
    | 'desk'
    | 'counter'
    | 'backOffice'
    | 'results'
    | 'lateRatings'
    | 'imports'
    | 'records'
    | 'corrections'
    | 'sms'
    | 'origins'
    | 'ratings'
    | 'exclusions'
    | 'integrity'
    | 'orders'
    | 'voices'
    | 'stuckSummary'
    | 'refusals'
    | 'callBacks'
    | 'callDraws'
    | 'attendance'
    | 'leaves'
    | 'merits'
    | 'findings'
    | 'visits'
    | 'stationing'
    | 'scheme'
    | 'drafts'
    | 'appeals'
    | 'month'
    | 'scores'
    | 'myFile'
    | 'year'
    | 'pay'
    | 'users'
    | 'keys'
    | 'networks'
    | 'robots'
    | 'deliveries'
    | 'audit'
    | 'seals';
  /** One of these is needed; none: everybody who is signed in. */
  needs: readonly Permission[];
}

export interface Stage {
  name:
    | 'start'
    | 'registry'
    | 'intake'
    | 'feedback'
    | 'conduct'
    | 'handling'
    | 'ledger'
    | 'close'
    | 'uses'
    | 'oversight';
  places: readonly Place[];
}

export const stages: readonly Stage[] = [
  {
    name: 'start',
    places: [
      { to: '/', name: 'home', needs: [] },
      { to: '/board', name: 'board', needs: ['dashboard.read'] },
      { to: '/messages', name: 'messages', needs: [] },
      { to: '/counter', name: 'counter', needs: ['case.accept'] },
      { to: '/back-office', name: 'backOffice', needs: ['case.approve'] },
      { to: '/results', name: 'results', needs: ['case.accept'] },
      { to: '/desk', name: 'desk', needs: ['rating.invite'] },
    ],
  },
  {
    name: 'registry',
    places: [
      { to: '/regions', name: 'regions', needs: ['registry.read'] },
      { to: '/departments', name: 'departments', needs: ['registry.read'] },
      { to: '/windows', name: 'windows', needs: ['registry.read'] },
      { to: '/signs', name: 'signs', needs: ['sign.manage'] },
      { to: '/staff', name: 'staff', needs: ['registry.read'] },
      { to: '/items', name: 'items', needs: ['registry.read'] },
      { to: '/calendar', name: 'calendar', needs: ['registry.read'] },
      { to: '/devices', name: 'devices', needs: ['registry.read'] },
      { to: '/imports', name: 'imports', needs: ['import.run'] },
    ],
  },
  {
    name: 'intake',
    places: [
      { to: '/records', name: 'records', needs: ['record.read'] },
      { to: '/corrections', name: 'corrections', needs: ['record.correct', 'record.approve'] },
      { to: '/sms', name: 'sms', needs: ['system.read', 'record.identity'] },
      { to: '/origins', name: 'origins', needs: ['origin.manage'] },
    ],
  },
  {
    name: 'feedback',
    places: [
      { to: '/ratings', name: 'ratings', needs: ['rating.read'] },
      { to: '/late-ratings', name: 'lateRatings', needs: ['rating.read'] },
      { to: '/call-backs', name: 'callBacks', needs: ['call.read'] },
      { to: '/call-draws', name: 'callDraws', needs: ['call.read'] },
      { to: '/comments', name: 'comments', needs: ['comment.read'] },
      { to: '/questionnaires', name: 'questionnaires', needs: ['questionnaire.read'] },
      { to: '/questionnaire-batches', name: 'paperSheets', needs: ['questionnaire.enter'] },
      { to: '/assisted', name: 'assisted', needs: ['rating.enter'] },
      { to: '/voices', name: 'voices', needs: ['voice.read'] },
      { to: '/stuck-summary', name: 'stuckSummary', needs: ['voice.read'] },
      { to: '/refusals', name: 'refusals', needs: ['refusal.read', 'refusal.write'] },
    ],
  },
  {
    name: 'conduct',
    places: [
      { to: '/findings', name: 'findings', needs: ['finding.read'] },
      { to: '/visits', name: 'visits', needs: ['finding.read'] },
      { to: '/stationing', name: 'stationing', needs: ['stationing.read'] },
      { to: '/attendance', name: 'attendance', needs: ['attendance.read', 'attendance.own'] },
      { to: '/leave', name: 'leaves', needs: ['leave.read', 'leave.ask'] },
      { to: '/merits', name: 'merits', needs: ['merit.read'] },
    ],
  },
  {
    name: 'handling',
    places: [
      { to: '/orders', name: 'orders', needs: ['order.read'] },
      { to: '/exclusions', name: 'exclusions', needs: ['exclusion.read'] },
      { to: '/integrity', name: 'integrity', needs: ['integrity.read'] },
    ],
  },
  {
    name: 'ledger',
    places: [
      { to: '/scheme', name: 'scheme', needs: ['scheme.read'] },
      { to: '/scheme-drafts', name: 'drafts', needs: ['scheme.write', 'scheme.approve'] },
      {
        to: '/appeals',
        name: 'appeals',
        needs: ['appeal.file', 'appeal.opinion', 'appeal.appoint', 'appeal.review'],
      },
    ],
  },
  {
    name: 'close',
    places: [
      { to: '/month', name: 'month', needs: ['month.close'] },
      { to: '/scores', name: 'scores', needs: ['score.read'] },
      { to: '/year', name: 'year', needs: ['score.read'] },
      { to: '/my-file', name: 'myFile', needs: ['score.own'] },
    ],
  },
  { name: 'uses', places: [{ to: '/pay', name: 'pay', needs: ['score.read'] }] },
  {
    name: 'oversight',
    places: [
      { to: '/users', name: 'users', needs: ['user.manage'] },
      { to: '/keys', name: 'keys', needs: ['key.manage'] },
      { to: '/office-networks', name: 'networks', needs: ['network.manage'] },
      { to: '/robots', name: 'robots', needs: ['robot.manage'] },
      { to: '/deliveries', name: 'deliveries', needs: ['robot.manage'] },
      { to: '/audit', name: 'audit', needs: ['audit.read'] },
      { to: '/seals', name: 'seals', needs: ['audit.read'] },
    ],
  },
];

/** The stages and places that these permissions open; a stage without any is left out. */
export function openPlaces(can: (permission: Permission) => boolean): Stage[] {
  return stages
    .map((stage) => ({
      ...stage,
      places: stage.places.filter((place) => place.needs.length === 0 || place.needs.some(can)),
    }))
    .filter((stage) => stage.places.length > 0);
}
