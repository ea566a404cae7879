import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { inOffice } from './ground.tsx';

const findings = createRoute({
  ...inOffice,
  path: '/findings',
  component: lazyRouteComponent(() => import('../pages/findings/findings.tsx'), 'FindingsPage'),
});
const finding = createRoute({
  getParentRoute: () => findings,
  path: '$id',
  component: lazyRouteComponent(() => import('../pages/findings/finding.tsx'), 'FindingDrawer'),
});
const visits = createRoute({
  ...inOffice,
  path: '/visits',
  component: lazyRouteComponent(() => import('../pages/findings/visits.tsx'), 'VisitsPage'),
});
const stationing = createRoute({
  ...inOffice,
  path: '/stationing',
  component: lazyRouteComponent(() => import('../pages/stationing/stationing.tsx'), 'StationingPage'),
});

/** What is seen of the daily work: patrols, visits, checks. */
export const conductRoutes = [findings.addChildren([finding]), visits, stationing] as const;
