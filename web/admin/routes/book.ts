import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { inOffice } from './ground.tsx';

const scheme = createRoute({
  ...inOffice,
  path: '/scheme',
  component: lazyRouteComponent(() => import('../pages/scheme/scheme.tsx'), 'SchemePage'),
});
const appeals = createRoute({
  ...inOffice,
  path: '/appeals',
  component: lazyRouteComponent(() => import('../pages/appeals/appeals.tsx'), 'AppealsPage'),
});
const appeal = createRoute({
  getParentRoute: () => appeals,
  path: '$id',
  component: lazyRouteComponent(() => import('../pages/appeals/appeal.tsx'), 'AppealDrawer'),
});
const drafts = createRoute({
  ...inOffice,
  path: '/scheme-drafts',
  component: lazyRouteComponent(() => import('../pages/scheme/drafts.tsx'), 'DraftsPage'),
});
const draft = createRoute({
  ...inOffice,
  path: '/scheme-drafts/$id',
  component: lazyRouteComponent(() => import('../pages/scheme/draft.tsx'), 'DraftPage'),
});
const whatIf = createRoute({
  ...inOffice,
  path: '/scheme-drafts/$id/what-if',
  component: lazyRouteComponent(() => import('../pages/scheme/what-if.tsx'), 'WhatIfPage'),
});
const month = createRoute({
  ...inOffice,
  path: '/month',
  component: lazyRouteComponent(() => import('../pages/month/month.tsx'), 'MonthPage'),
});
const scores = createRoute({
  ...inOffice,
  path: '/scores',
  component: lazyRouteComponent(() => import('../pages/scores/scores.tsx'), 'ScoresPage'),
});
const receipt = createRoute({
  ...inOffice,
  path: '/scores/$month/$kind/$code',
  component: lazyRouteComponent(() => import('../pages/scores/receipt.tsx'), 'ReceiptPage'),
});
const myFile = createRoute({
  ...inOffice,
  path: '/my-file',
  component: lazyRouteComponent(() => import('../pages/scores/my-file.tsx'), 'MyFilePage'),
});
const year = createRoute({
  ...inOffice,
  path: '/year',
  component: lazyRouteComponent(() => import('../pages/year/year.tsx'), 'YearPage'),
});
const pay = createRoute({
  ...inOffice,
  path: '/pay',
  component: lazyRouteComponent(() => import('../pages/pay/pay.tsx'), 'PayPage'),
});

/** The score book and the month. */
export const bookRoutes = [
  scheme,
  appeals.addChildren([appeal]),
  drafts,
  draft,
  whatIf,
  month,
  scores,
  receipt,
  myFile,
  year,
  pay,
] as const;
