import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { inOffice } from './ground.tsx';

const records = createRoute({
  ...inOffice,
  path: '/records',
  component: lazyRouteComponent(() => import('../pages/records/records.tsx'), 'RecordsPage'),
});
const record = createRoute({
  getParentRoute: () => records,
  path: '$stepId',
  component: lazyRouteComponent(() => import('../pages/records/record.tsx'), 'RecordDrawer'),
});
const corrections = createRoute({
  ...inOffice,
  path: '/corrections',
  component: lazyRouteComponent(() => import('../pages/records/corrections.tsx'), 'CorrectionsPage'),
});
const ratings = createRoute({
  ...inOffice,
  path: '/ratings',
  component: lazyRouteComponent(() => import('../pages/ratings/ratings.tsx'), 'RatingsPage'),
});
const rating = createRoute({
  getParentRoute: () => ratings,
  path: '$stepId/$assessNumber',
  component: lazyRouteComponent(() => import('../pages/ratings/rating.tsx'), 'RatingDrawer'),
});
const lateRatings = createRoute({
  ...inOffice,
  path: '/late-ratings',
  component: lazyRouteComponent(() => import('../pages/ratings/late-ratings.tsx'), 'LateRatingsPage'),
});
const comments = createRoute({
  ...inOffice,
  path: '/comments',
  component: lazyRouteComponent(() => import('../pages/comments/comments.tsx'), 'CommentsPage'),
});
const comment = createRoute({
  getParentRoute: () => comments,
  path: '$id',
  component: lazyRouteComponent(() => import('../pages/comments/comment.tsx'), 'CommentDrawer'),
});
const questionnaires = createRoute({
  ...inOffice,
  path: '/questionnaires',
  component: lazyRouteComponent(
    () => import('../pages/questionnaires/questionnaires.tsx'),
    'QuestionnairesPage',
  ),
});
const questionnaire = createRoute({
  ...inOffice,
  path: '/questionnaires/$id',
  component: lazyRouteComponent(
    () => import('../pages/questionnaires/questionnaire.tsx'),
    'QuestionnairePage',
  ),
});
const paperSheets = createRoute({
  ...inOffice,
  path: '/questionnaire-batches',
  component: lazyRouteComponent(() => import('../pages/questionnaires/paper.tsx'), 'PaperPage'),
});
const paperBatch = createRoute({
  ...inOffice,
  path: '/questionnaire-batches/$id',
  component: lazyRouteComponent(() => import('../pages/questionnaires/paper-batch.tsx'), 'PaperBatchPage'),
});
const assisted = createRoute({
  ...inOffice,
  path: '/assisted',
  component: lazyRouteComponent(() => import('../pages/assisted/assisted.tsx'), 'AssistedPage'),
});
const entryBatch = createRoute({
  ...inOffice,
  path: '/assisted/$id',
  component: lazyRouteComponent(() => import('../pages/assisted/batch.tsx'), 'BatchPage'),
});

const counter = createRoute({
  ...inOffice,
  path: '/counter',
  component: lazyRouteComponent(() => import('../pages/hall/counter.tsx'), 'CounterPage'),
});
const counterCase = createRoute({
  getParentRoute: () => counter,
  path: '$projectNo',
  component: lazyRouteComponent(() => import('../pages/hall/case.tsx'), 'CaseDrawer'),
});
const backOffice = createRoute({
  ...inOffice,
  path: '/back-office',
  component: lazyRouteComponent(() => import('../pages/hall/back-office.tsx'), 'BackOfficePage'),
});
const approval = createRoute({
  getParentRoute: () => backOffice,
  path: '$projectNo',
  component: lazyRouteComponent(() => import('../pages/hall/approval.tsx'), 'ApprovalDrawer'),
});
const results = createRoute({
  ...inOffice,
  path: '/results',
  component: lazyRouteComponent(() => import('../pages/hall/results.tsx'), 'ResultsPage'),
});

/** Cases, ratings and what is said about them. */
export const casesRoutes = [
  counter.addChildren([counterCase]),
  backOffice.addChildren([approval]),
  results,
  records.addChildren([record]),
  corrections,
  ratings.addChildren([rating]),
  lateRatings,
  comments.addChildren([comment]),
  questionnaires,
  questionnaire,
  paperSheets,
  paperBatch,
  assisted,
  entryBatch,
] as const;
