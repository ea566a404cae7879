/** What each slice brings into the whole: its routes, its jobs, its kinds of import. */

import { monthRoutes } from '../close/month/http.ts';
import { liveRoutes } from '../close/month/live-http.ts';
import { whatIfRoutes } from '../close/month/what-if-http.ts';
import { statementRoutes } from '../close/statement/http.ts';
import { noticeRoutes } from '../close/statement/notice-http.ts';
import { spreadRoutes } from '../close/statement/spread-http.ts';
import { yearRoutes } from '../close/year/http.ts';
import { clockRoutes } from '../conduct/attendance/clock-http.ts';
import { attendanceRoutes } from '../conduct/attendance/http.ts';
import { attendanceJob } from '../conduct/attendance/jobs.ts';
import { leaveRoutes } from '../conduct/attendance/leave-http.ts';
import { inspectionRoutes } from '../conduct/inspection/http.ts';
import { findingImport } from '../conduct/inspection/index.ts';
import { meritRoutes } from '../conduct/merit/http.ts';
import { meritImport } from '../conduct/merit/index.ts';
import { stationingRoutes } from '../conduct/stationing/http.ts';
import { stationingImport } from '../conduct/stationing/index.ts';
import { commentRoutes } from '../feedback/comment/http.ts';
import { commentRetentionJob } from '../feedback/comment/jobs.ts';
import { commentPages } from '../feedback/comment/pages.ts';
import { signPages } from '../feedback/comment/sign-pages.ts';
import { complaintImport } from '../feedback/complaint/index.ts';
import { complaintRetentionJob } from '../feedback/complaint/jobs.ts';
import { followUpRoutes } from '../feedback/follow-up/http.ts';
import { drawJob, remarkRetentionJob } from '../feedback/follow-up/jobs.ts';
import { sheetBatchRoutes } from '../feedback/questionnaire/batch-http.ts';
import { questionnaireRoutes } from '../feedback/questionnaire/http.ts';
import { openAt } from '../feedback/questionnaire/index.ts';
import { questionnaireRetentionJob } from '../feedback/questionnaire/jobs.ts';
import { questionnairePages } from '../feedback/questionnaire/pages.ts';
import { assistedRoutes } from '../feedback/rating/assisted-http.ts';
import { figureJob } from '../feedback/rating/figure-jobs.ts';
import { ratingRoutes } from '../feedback/rating/http.ts';
import { ratedAmong, ratedAnonymously, ratingImport } from '../feedback/rating/index.ts';
import { raterRetentionJob } from '../feedback/rating/jobs.ts';
import { sealRoutes } from '../feedback/seal/http.ts';
import { sealJobs } from '../feedback/seal/jobs.ts';
import { saidNoRoutes } from '../feedback/stuck-matter/http.ts';
import { voiceRetentionJob } from '../feedback/voice/jobs.ts';
import { noticeJob } from '../handling/citizen-notice/jobs.ts';
import { dutyRoutes } from '../handling/duty/http.ts';
import { dutyJob } from '../handling/duty/jobs.ts';
import { exclusionRoutes } from '../handling/exclusion/http.ts';
import { integrityRoutes } from '../handling/integrity/http.ts';
import { callImport } from '../handling/integrity/index.ts';
import { integrityJob } from '../handling/integrity/jobs.ts';
import { rectificationRoutes } from '../handling/rectification/http.ts';
import { deskRoutes } from '../handling/resolution/desk-http.ts';
import { resolutionRoutes } from '../handling/resolution/http.ts';
import { contactDesk } from '../handling/resolution/index.ts';
import { resolutionPages } from '../handling/resolution/pages.ts';
import { summaryRoutes } from '../handling/resolution/summary-http.ts';
import { workOrderRoutes } from '../handling/work-order/http.ts';
import { acceptanceRoutes } from '../intake/acceptance/http.ts';
import { approvalRoutes } from '../intake/approval/http.ts';
import { routeCase } from '../intake/approval/index.ts';
import { caseRoutes } from '../intake/case/http.ts';
import { serviceRecordImport } from '../intake/case/index.ts';
import { retentionJob } from '../intake/case/jobs.ts';
import { correctionRoutes } from '../intake/correction/http.ts';
import { phoneRetentionJob } from '../intake/correction/jobs.ts';
import { invitationRoutes } from '../intake/invitation/http.ts';
import { smsJob } from '../intake/invitation/jobs.ts';
import { originRoutes } from '../intake/invitation/origin-http.ts';
import { invitationPages } from '../intake/invitation/pages.ts';
import { signRoutes } from '../intake/invitation/sign-http.ts';
import { ticketRoutes } from '../intake/ticket/http.ts';
import { ticketGroupImport } from '../intake/ticket/index.ts';
import { callPages } from '../intake/ticket/pages.ts';
import { appealRoutes } from '../ledger/appeal/http.ts';
import { postingJob } from '../ledger/entry/jobs.ts';
import { draftRoutes } from '../ledger/scheme/draft-http.ts';
import { schemeRoutes } from '../ledger/scheme/http.ts';
import { accessRoutes } from '../oversight/access/http.ts';
import { accessJobs } from '../oversight/access/jobs.ts';
import { auditRoutes } from '../oversight/audit/http.ts';
import { messageRoutes } from '../oversight/message/http.ts';
import { messageJobs } from '../oversight/message/jobs.ts';
import type { Deps } from '../platform/deps.ts';
import type { Http } from '../platform/http.ts';
import type { ImportKind } from '../platform/imports.ts';
import type { AnyJob } from '../platform/jobs.ts';
import { calendarRoutes } from '../registry/calendar/http.ts';
import { calendarImport } from '../registry/calendar/index.ts';
import { departmentRoutes } from '../registry/department/http.ts';
import { departmentImport } from '../registry/department/index.ts';
import { deviceRoutes } from '../registry/device/http.ts';
import { regionRoutes } from '../registry/region/http.ts';
import { regionImport, tenantCities } from '../registry/region/index.ts';
import { itemRoutes } from '../registry/service-item/http.ts';
import { itemImport, itemStepImport, materialImport } from '../registry/service-item/index.ts';
import { staffRoutes } from '../registry/staff/http.ts';
import { postingImport, staffByNo, staffImport } from '../registry/staff/index.ts';
import { windowRoutes } from '../registry/window/http.ts';
import { windowImport } from '../registry/window/index.ts';
import { dashboardRoutes } from '../uses/dashboard/http.ts';
import { payRoutes } from '../uses/pay/http.ts';
import { publicationRoutes } from '../uses/publication/http.ts';
import { archiveJob } from '../uses/publication/jobs.ts';
import { importRoutes } from './import-routes.ts';
import { orderLimits } from './limits.ts';
import { bonusItems, findingRules } from './scheme-rules.ts';

export const sliceJobs: readonly AnyJob[] = [
  ...accessJobs,
  ...messageJobs(async ({ db }) => [...(await tenantCities(db.app))]),
  retentionJob,
  smsJob(ratedAmong),
  raterRetentionJob,
  figureJob,
  phoneRetentionJob,
  complaintRetentionJob,
  voiceRetentionJob,
  commentRetentionJob,
  questionnaireRetentionJob,
  ...sealJobs,
  drawJob(async (reader, cityCode, now) => (await orderLimits(reader, cityCode, now)).officeEnd),
  remarkRetentionJob,
  postingJob,
  dutyJob,
  noticeJob,
  integrityJob,
  attendanceJob,
  archiveJob,
];

/** The kinds of contract §3, in the order in which a new hall loads them. */
export const importKinds: readonly ImportKind<unknown>[] = [
  regionImport,
  departmentImport,
  windowImport,
  staffImport,
  postingImport,
  itemImport,
  materialImport,
  itemStepImport,
  ticketGroupImport,
  calendarImport,
  serviceRecordImport,
  ratingImport,
  stationingImport,
  findingImport,
  meritImport,
  complaintImport,
  callImport,
];

/** Whether the register has the member of staff: what an account for a clerk needs. */
export async function staffExists(deps: Deps, cityCode: string, staffNo: string): Promise<boolean> {
  return (await staffByNo(deps.db.app, cityCode, [staffNo])).has(staffNo);
}

export function registerSlices(http: Http, deps: Deps): void {
  const asksAt = async (spot: { cityCode: string; windowCode: string }): Promise<boolean> =>
    (await openAt(deps.db.app, spot, deps.clock.now())).length > 0;
  accessRoutes(http, deps, (cityCode, staffNo) => staffExists(deps, cityCode, staffNo));
  auditRoutes(http, deps);
  messageRoutes(http, deps);
  regionRoutes(http, deps);
  departmentRoutes(http, deps);
  windowRoutes(http, deps);
  deviceRoutes(http, deps);
  staffRoutes(http, deps);
  itemRoutes(http, deps);
  calendarRoutes(http, deps);
  importRoutes(http, deps, importKinds);
  caseRoutes(http, deps, (cityCode, stepId) => ratedAnonymously(deps.db.app, cityCode, stepId));
  acceptanceRoutes(http, deps, routeCase);
  approvalRoutes(http, deps);
  ticketRoutes(http, deps);
  callPages(http, deps);
  correctionRoutes(http, deps);
  invitationRoutes(http, deps);
  invitationPages(http, deps);
  originRoutes(http, deps);
  signRoutes(http, deps);
  ratingRoutes(http, deps, { asksAt, contact: contactDesk(deps, orderLimits) });
  assistedRoutes(http, deps);
  commentRoutes(http, deps);
  sealRoutes(http, deps);
  followUpRoutes(http, deps);
  stationingRoutes(http, deps);
  inspectionRoutes(http, deps, findingRules);
  clockRoutes(http, deps);
  attendanceRoutes(http, deps);
  leaveRoutes(http, deps);
  meritRoutes(http, deps, bonusItems);
  signPages(http, deps, asksAt);
  commentPages(http, deps);
  questionnaireRoutes(http, deps);
  sheetBatchRoutes(http, deps);
  questionnairePages(http, deps);
  schemeRoutes(http, deps);
  draftRoutes(http, deps);
  dutyRoutes(http, deps);
  exclusionRoutes(http, deps);
  integrityRoutes(http, deps);
  workOrderRoutes(http, deps, orderLimits);
  rectificationRoutes(http, deps);
  resolutionRoutes(http, deps, orderLimits);
  saidNoRoutes(http, deps);
  deskRoutes(http, deps, orderLimits);
  summaryRoutes(http, deps);
  resolutionPages(http, deps, orderLimits);
  appealRoutes(http, deps);
  monthRoutes(http, deps);
  whatIfRoutes(http, deps);
  liveRoutes(http, deps);
  statementRoutes(http, deps);
  noticeRoutes(http, deps);
  spreadRoutes(http, deps);
  yearRoutes(http, deps);
  payRoutes(http, deps);
  publicationRoutes(http, deps);
  dashboardRoutes(http, deps);
}
