import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { inOffice } from './ground.tsx';

const exclusions = createRoute({
  ...inOffice,
  path: '/exclusions',
  component: lazyRouteComponent(() => import('../pages/exclusions/exclusions.tsx'), 'ExclusionsPage'),
});
const exclusion = createRoute({
  getParentRoute: () => exclusions,
  path: '$id',
  component: lazyRouteComponent(() => import('../pages/exclusions/exclusion.tsx'), 'ExclusionDrawer'),
});
const integrity = createRoute({
  ...inOffice,
  path: '/integrity',
  component: lazyRouteComponent(() => import('../pages/integrity/findings.tsx'), 'FindingsPage'),
});
const finding = createRoute({
  getParentRoute: () => integrity,
  path: '$id',
  component: lazyRouteComponent(() => import('../pages/integrity/finding.tsx'), 'FindingDrawer'),
});
const voices = createRoute({
  ...inOffice,
  path: '/voices',
  component: lazyRouteComponent(() => import('../pages/voices/voices.tsx'), 'VoicesPage'),
});
const voice = createRoute({
  getParentRoute: () => voices,
  path: '$id',
  component: lazyRouteComponent(() => import('../pages/voices/voice.tsx'), 'VoiceDrawer'),
});
const stuckSummary = createRoute({
  ...inOffice,
  path: '/stuck-summary',
  component: lazyRouteComponent(() => import('../pages/voices/stuck-summary.tsx'), 'StuckSummaryPage'),
});
const refusals = createRoute({
  ...inOffice,
  path: '/refusals',
  component: lazyRouteComponent(() => import('../pages/voices/said-no.tsx'), 'SaidNoPage'),
});
const orders = createRoute({
  ...inOffice,
  path: '/orders',
  component: lazyRouteComponent(() => import('../pages/orders/orders.tsx'), 'OrdersPage'),
});
const order = createRoute({
  getParentRoute: () => orders,
  path: '$id',
  component: lazyRouteComponent(() => import('../pages/orders/order.tsx'), 'OrderDrawer'),
});
const callBacks = createRoute({
  ...inOffice,
  path: '/call-backs',
  component: lazyRouteComponent(() => import('../pages/call-backs/call-backs.tsx'), 'CallBacksPage'),
});
const callBack = createRoute({
  getParentRoute: () => callBacks,
  path: '$id',
  component: lazyRouteComponent(() => import('../pages/call-backs/call-back.tsx'), 'CallBackDrawer'),
});
const callDraws = createRoute({
  ...inOffice,
  path: '/call-draws',
  component: lazyRouteComponent(() => import('../pages/call-backs/draws.tsx'), 'CallDrawsPage'),
});
const merits = createRoute({
  ...inOffice,
  path: '/merits',
  component: lazyRouteComponent(() => import('../pages/merits/merits.tsx'), 'MeritsPage'),
});

/** What is answered, and what is decided about it. */
export const answersRoutes = [
  exclusions.addChildren([exclusion]),
  integrity.addChildren([finding]),
  voices.addChildren([voice]),
  stuckSummary,
  refusals,
  orders.addChildren([order]),
  callBacks.addChildren([callBack]),
  callDraws,
  merits,
] as const;
