import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { inOffice } from './ground.tsx';

const networks = createRoute({
  ...inOffice,
  path: '/office-networks',
  component: lazyRouteComponent(() => import('../pages/networks/networks.tsx'), 'NetworksPage'),
});
const messages = createRoute({
  ...inOffice,
  path: '/messages',
  component: lazyRouteComponent(() => import('../pages/messages/messages.tsx'), 'MessagesPage'),
});
const robots = createRoute({
  ...inOffice,
  path: '/robots',
  component: lazyRouteComponent(() => import('../pages/robots/robots.tsx'), 'RobotsPage'),
});
const deliveries = createRoute({
  ...inOffice,
  path: '/deliveries',
  component: lazyRouteComponent(() => import('../pages/robots/deliveries.tsx'), 'DeliveriesPage'),
});
const users = createRoute({
  ...inOffice,
  path: '/users',
  component: lazyRouteComponent(() => import('../pages/users/users.tsx'), 'UsersPage'),
});
const user = createRoute({
  getParentRoute: () => users,
  path: '$id',
  component: lazyRouteComponent(() => import('../pages/users/user.tsx'), 'UserDrawer'),
});
const keys = createRoute({
  ...inOffice,
  path: '/keys',
  component: lazyRouteComponent(() => import('../pages/users/keys.tsx'), 'KeysPage'),
});
const audit = createRoute({
  ...inOffice,
  path: '/audit',
  component: lazyRouteComponent(() => import('../pages/audit.tsx'), 'AuditPage'),
});
const seals = createRoute({
  ...inOffice,
  path: '/seals',
  component: lazyRouteComponent(() => import('../pages/seals/seals.tsx'), 'SealsPage'),
});
const profile = createRoute({
  ...inOffice,
  path: '/profile',
  component: lazyRouteComponent(() => import('../pages/profile/profile.tsx'), 'ProfilePage'),
});

/** Accounts, keys and the audit. */
export const oversightRoutes = [
  messages,
  robots,
  deliveries,
  networks,
  users.addChildren([user]),
  keys,
  audit,
  seals,
  profile,
] as const;
