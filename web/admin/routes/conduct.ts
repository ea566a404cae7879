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

const attendance = createRoute({
  ...inOffice,
  path: '/attendance',
  component: lazyRouteComponent(() => import('../pages/attendance/attendance.tsx'), 'AttendancePage'),
});
const leave = createRoute({
  ...inOffice,
  path: '/leave',
  component: lazyRouteComponent(() => import('../pages/leave/leaves.tsx'), 'LeavesPage'),
});

/** What is seen of the daily work: patrols, visits, checks, the clock. */
export const conductRoutes = [
  findings.addChildren([finding]),
  visits,
  stationing,
  attendance,
  leave,
] as const;
