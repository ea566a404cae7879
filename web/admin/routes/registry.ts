import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { inOffice } from './ground.tsx';

const regions = createRoute({
  ...inOffice,
  path: '/regions',
  component: lazyRouteComponent(() => import('../pages/registry/regions.tsx'), 'RegionsPage'),
});
const departments = createRoute({
  ...inOffice,
  path: '/departments',
  component: lazyRouteComponent(() => import('../pages/registry/departments.tsx'), 'DepartmentsPage'),
});
const windows = createRoute({
  ...inOffice,
  path: '/windows',
  component: lazyRouteComponent(() => import('../pages/registry/windows.tsx'), 'WindowsPage'),
});
const signs = createRoute({
  ...inOffice,
  path: '/signs',
  component: lazyRouteComponent(() => import('../pages/signs/signs.tsx'), 'SignsPage'),
});
const staff = createRoute({
  ...inOffice,
  path: '/staff',
  component: lazyRouteComponent(() => import('../pages/registry/staff.tsx'), 'StaffPage'),
});
const person = createRoute({
  getParentRoute: () => staff,
  path: '$staffNo',
  component: lazyRouteComponent(() => import('../pages/registry/person.tsx'), 'PersonDrawer'),
});
const items = createRoute({
  ...inOffice,
  path: '/items',
  component: lazyRouteComponent(() => import('../pages/registry/items.tsx'), 'ItemsPage'),
});
const sms = createRoute({
  ...inOffice,
  path: '/sms',
  component: lazyRouteComponent(() => import('../pages/sms/sms.tsx'), 'SmsPage'),
});
const origins = createRoute({
  ...inOffice,
  path: '/origins',
  component: lazyRouteComponent(() => import('../pages/origins/origins.tsx'), 'OriginsPage'),
});
const calendar = createRoute({
  ...inOffice,
  path: '/calendar',
  component: lazyRouteComponent(() => import('../pages/registry/calendar.tsx'), 'CalendarPage'),
});
const devices = createRoute({
  ...inOffice,
  path: '/devices',
  component: lazyRouteComponent(() => import('../pages/devices/devices.tsx'), 'DevicesPage'),
});
const imports = createRoute({
  ...inOffice,
  path: '/imports',
  component: lazyRouteComponent(() => import('../pages/imports/imports.tsx'), 'ImportsPage'),
});

/** Who and where: the registers and what the operators keep. */
export const registryRoutes = [
  regions,
  departments,
  windows,
  signs,
  staff.addChildren([person]),
  items,
  sms,
  origins,
  calendar,
  devices,
  imports,
] as const;
