import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { queries } from './api/queries.ts';
import { Failure, Loading } from './parts/states.tsx';
import { parseSearch, stringifySearch, textSearch } from './search.ts';
import { meQuery, SignedOut } from './session.ts';
import { Missing } from './shell/missing.tsx';
import { Shell } from './shell/shell.tsx';

const root = createRootRoute({
  component: Outlet,
  validateSearch: textSearch,
  notFoundComponent: Missing,
});

const gate = { getParentRoute: () => root } as const;
const signIn = createRoute({
  ...gate,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('./pages/sign-in.tsx'), 'SignInPage'),
});
const newPassword = createRoute({
  ...gate,
  path: '/new-password',
  component: lazyRouteComponent(() => import('./pages/new-password.tsx'), 'NewPasswordPage'),
});
const secondFactor = createRoute({
  ...gate,
  path: '/second-factor',
  component: lazyRouteComponent(() => import('./pages/second-factor.tsx'), 'SecondFactorPage'),
});

/** Everything behind the sign-in: who isn't signed in goes there and comes back afterwards. */
const office = createRoute({
  getParentRoute: () => root,
  id: 'office',
  component: Shell,
  errorComponent: ({ error, reset }) => <Failure error={error} retry={reset} />,
  beforeLoad: async ({ location }) => {
    const me = await queries.ensureQueryData(meQuery).catch((error: unknown) => {
      if (error instanceof SignedOut) {
        throw redirect({ to: '/sign-in', search: { next: location.href } });
      }
      throw error;
    });
    // The server answers nothing else until the password is the person's own and the second factor is there.
    if (me.pending[0] === 'password') throw redirect({ to: '/new-password' });
    if (me.pending[0] === 'totp') throw redirect({ to: '/second-factor' });
  },
});
const inOffice = { getParentRoute: () => office } as const;

const home = createRoute({
  ...inOffice,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/home.tsx'), 'HomePage'),
});
const desk = createRoute({
  ...inOffice,
  path: '/desk',
  component: lazyRouteComponent(() => import('./pages/desk/desk.tsx'), 'DeskPage'),
});
const regions = createRoute({
  ...inOffice,
  path: '/regions',
  component: lazyRouteComponent(() => import('./pages/registry/regions.tsx'), 'RegionsPage'),
});
const departments = createRoute({
  ...inOffice,
  path: '/departments',
  component: lazyRouteComponent(() => import('./pages/registry/departments.tsx'), 'DepartmentsPage'),
});
const windows = createRoute({
  ...inOffice,
  path: '/windows',
  component: lazyRouteComponent(() => import('./pages/registry/windows.tsx'), 'WindowsPage'),
});
const signs = createRoute({
  ...inOffice,
  path: '/signs',
  component: lazyRouteComponent(() => import('./pages/signs/signs.tsx'), 'SignsPage'),
});
const comments = createRoute({
  ...inOffice,
  path: '/comments',
  component: lazyRouteComponent(() => import('./pages/comments/comments.tsx'), 'CommentsPage'),
});
const comment = createRoute({
  getParentRoute: () => comments,
  path: '$id',
  component: lazyRouteComponent(() => import('./pages/comments/comment.tsx'), 'CommentDrawer'),
});
const assisted = createRoute({
  ...inOffice,
  path: '/assisted',
  component: lazyRouteComponent(() => import('./pages/assisted/assisted.tsx'), 'AssistedPage'),
});
const entryBatch = createRoute({
  ...inOffice,
  path: '/assisted/$id',
  component: lazyRouteComponent(() => import('./pages/assisted/batch.tsx'), 'BatchPage'),
});
const staff = createRoute({
  ...inOffice,
  path: '/staff',
  component: lazyRouteComponent(() => import('./pages/registry/staff.tsx'), 'StaffPage'),
});
const person = createRoute({
  getParentRoute: () => staff,
  path: '$staffNo',
  component: lazyRouteComponent(() => import('./pages/registry/person.tsx'), 'PersonDrawer'),
});
const items = createRoute({
  ...inOffice,
  path: '/items',
  component: lazyRouteComponent(() => import('./pages/registry/items.tsx'), 'ItemsPage'),
});
const sms = createRoute({
  ...inOffice,
  path: '/sms',
  component: lazyRouteComponent(() => import('./pages/sms/sms.tsx'), 'SmsPage'),
});
const origins = createRoute({
  ...inOffice,
  path: '/origins',
  component: lazyRouteComponent(() => import('./pages/origins/origins.tsx'), 'OriginsPage'),
});
const calendar = createRoute({
  ...inOffice,
  path: '/calendar',
  component: lazyRouteComponent(() => import('./pages/registry/calendar.tsx'), 'CalendarPage'),
});
const devices = createRoute({
  ...inOffice,
  path: '/devices',
  component: lazyRouteComponent(() => import('./pages/devices/devices.tsx'), 'DevicesPage'),
});
const imports = createRoute({
  ...inOffice,
  path: '/imports',
  component: lazyRouteComponent(() => import('./pages/imports/imports.tsx'), 'ImportsPage'),
});
const records = createRoute({
  ...inOffice,
  path: '/records',
  component: lazyRouteComponent(() => import('./pages/records/records.tsx'), 'RecordsPage'),
});
const record = createRoute({
  getParentRoute: () => records,
  path: '$stepId',
  component: lazyRouteComponent(() => import('./pages/records/record.tsx'), 'RecordDrawer'),
});
const corrections = createRoute({
  ...inOffice,
  path: '/corrections',
  component: lazyRouteComponent(() => import('./pages/records/corrections.tsx'), 'CorrectionsPage'),
});
const ratings = createRoute({
  ...inOffice,
  path: '/ratings',
  component: lazyRouteComponent(() => import('./pages/ratings/ratings.tsx'), 'RatingsPage'),
});
const rating = createRoute({
  getParentRoute: () => ratings,
  path: '$stepId/$assessNumber',
  component: lazyRouteComponent(() => import('./pages/ratings/rating.tsx'), 'RatingDrawer'),
});
const lateRatings = createRoute({
  ...inOffice,
  path: '/late-ratings',
  component: lazyRouteComponent(() => import('./pages/ratings/late-ratings.tsx'), 'LateRatingsPage'),
});
const exclusions = createRoute({
  ...inOffice,
  path: '/exclusions',
  component: lazyRouteComponent(() => import('./pages/exclusions/exclusions.tsx'), 'ExclusionsPage'),
});
const exclusion = createRoute({
  getParentRoute: () => exclusions,
  path: '$id',
  component: lazyRouteComponent(() => import('./pages/exclusions/exclusion.tsx'), 'ExclusionDrawer'),
});
const integrity = createRoute({
  ...inOffice,
  path: '/integrity',
  component: lazyRouteComponent(() => import('./pages/integrity/findings.tsx'), 'FindingsPage'),
});
const finding = createRoute({
  getParentRoute: () => integrity,
  path: '$id',
  component: lazyRouteComponent(() => import('./pages/integrity/finding.tsx'), 'FindingDrawer'),
});
const networks = createRoute({
  ...inOffice,
  path: '/office-networks',
  component: lazyRouteComponent(() => import('./pages/networks/networks.tsx'), 'NetworksPage'),
});
const voices = createRoute({
  ...inOffice,
  path: '/voices',
  component: lazyRouteComponent(() => import('./pages/voices/voices.tsx'), 'VoicesPage'),
});
const voice = createRoute({
  getParentRoute: () => voices,
  path: '$id',
  component: lazyRouteComponent(() => import('./pages/voices/voice.tsx'), 'VoiceDrawer'),
});
const refusals = createRoute({
  ...inOffice,
  path: '/refusals',
  component: lazyRouteComponent(() => import('./pages/voices/said-no.tsx'), 'SaidNoPage'),
});
const orders = createRoute({
  ...inOffice,
  path: '/orders',
  component: lazyRouteComponent(() => import('./pages/orders/orders.tsx'), 'OrdersPage'),
});
const order = createRoute({
  getParentRoute: () => orders,
  path: '$id',
  component: lazyRouteComponent(() => import('./pages/orders/order.tsx'), 'OrderDrawer'),
});
const callBacks = createRoute({
  ...inOffice,
  path: '/call-backs',
  component: lazyRouteComponent(() => import('./pages/call-backs/call-backs.tsx'), 'CallBacksPage'),
});
const callBack = createRoute({
  getParentRoute: () => callBacks,
  path: '$id',
  component: lazyRouteComponent(() => import('./pages/call-backs/call-back.tsx'), 'CallBackDrawer'),
});
const callDraws = createRoute({
  ...inOffice,
  path: '/call-draws',
  component: lazyRouteComponent(() => import('./pages/call-backs/draws.tsx'), 'CallDrawsPage'),
});
const merits = createRoute({
  ...inOffice,
  path: '/merits',
  component: lazyRouteComponent(() => import('./pages/merits/merits.tsx'), 'MeritsPage'),
});
const scheme = createRoute({
  ...inOffice,
  path: '/scheme',
  component: lazyRouteComponent(() => import('./pages/scheme/scheme.tsx'), 'SchemePage'),
});
const appeals = createRoute({
  ...inOffice,
  path: '/appeals',
  component: lazyRouteComponent(() => import('./pages/appeals/appeals.tsx'), 'AppealsPage'),
});
const appeal = createRoute({
  getParentRoute: () => appeals,
  path: '$id',
  component: lazyRouteComponent(() => import('./pages/appeals/appeal.tsx'), 'AppealDrawer'),
});
const drafts = createRoute({
  ...inOffice,
  path: '/scheme-drafts',
  component: lazyRouteComponent(() => import('./pages/scheme/drafts.tsx'), 'DraftsPage'),
});
const draft = createRoute({
  ...inOffice,
  path: '/scheme-drafts/$id',
  component: lazyRouteComponent(() => import('./pages/scheme/draft.tsx'), 'DraftPage'),
});
const whatIf = createRoute({
  ...inOffice,
  path: '/scheme-drafts/$id/what-if',
  component: lazyRouteComponent(() => import('./pages/scheme/what-if.tsx'), 'WhatIfPage'),
});
const month = createRoute({
  ...inOffice,
  path: '/month',
  component: lazyRouteComponent(() => import('./pages/month/month.tsx'), 'MonthPage'),
});
const scores = createRoute({
  ...inOffice,
  path: '/scores',
  component: lazyRouteComponent(() => import('./pages/scores/scores.tsx'), 'ScoresPage'),
});
const receipt = createRoute({
  ...inOffice,
  path: '/scores/$month/$kind/$code',
  component: lazyRouteComponent(() => import('./pages/scores/receipt.tsx'), 'ReceiptPage'),
});
const myFile = createRoute({
  ...inOffice,
  path: '/my-file',
  component: lazyRouteComponent(() => import('./pages/scores/my-file.tsx'), 'MyFilePage'),
});
const year = createRoute({
  ...inOffice,
  path: '/year',
  component: lazyRouteComponent(() => import('./pages/year/year.tsx'), 'YearPage'),
});
const pay = createRoute({
  ...inOffice,
  path: '/pay',
  component: lazyRouteComponent(() => import('./pages/pay/pay.tsx'), 'PayPage'),
});
const users = createRoute({
  ...inOffice,
  path: '/users',
  component: lazyRouteComponent(() => import('./pages/users/users.tsx'), 'UsersPage'),
});
const user = createRoute({
  getParentRoute: () => users,
  path: '$id',
  component: lazyRouteComponent(() => import('./pages/users/user.tsx'), 'UserDrawer'),
});
const keys = createRoute({
  ...inOffice,
  path: '/keys',
  component: lazyRouteComponent(() => import('./pages/users/keys.tsx'), 'KeysPage'),
});
const audit = createRoute({
  ...inOffice,
  path: '/audit',
  component: lazyRouteComponent(() => import('./pages/audit.tsx'), 'AuditPage'),
});
const seals = createRoute({
  ...inOffice,
  path: '/seals',
  component: lazyRouteComponent(() => import('./pages/seals/seals.tsx'), 'SealsPage'),
});
const profile = createRoute({
  ...inOffice,
  path: '/profile',
  component: lazyRouteComponent(() => import('./pages/profile/profile.tsx'), 'ProfilePage'),
});

const gates = [signIn, newPassword, secondFactor] as const;
const oversight = [users.addChildren([user]), keys, networks, audit, seals, profile] as const;
const close = [month, scores, receipt, myFile, year, pay] as const;
const tree = root.addChildren([
  ...gates,
  office.addChildren([
    home,
    desk,
    regions,
    departments,
    windows,
    signs,
    comments.addChildren([comment]),
    assisted,
    entryBatch,
    staff.addChildren([person]),
    items,
    calendar,
    sms,
    origins,
    devices,
    imports,
    records.addChildren([record]),
    corrections,
    ratings.addChildren([rating]),
    lateRatings,
    exclusions.addChildren([exclusion]),
    integrity.addChildren([finding]),
    voices.addChildren([voice]),
    orders.addChildren([order]),
    callBacks.addChildren([callBack]),
    callDraws,
    merits,
    scheme,
    drafts,
    draft,
    whatIf,
    appeals.addChildren([appeal]),
    ...close,
    refusals,
    ...oversight,
  ]),
]);

export const router = createRouter({
  routeTree: tree,
  basepath: '/admin',
  parseSearch,
  stringifySearch,
  defaultPendingComponent: Loading,
  defaultPreload: 'intent',
  defaultErrorComponent: ({ error, reset }) => <Failure error={error} retry={reset} />,
  defaultNotFoundComponent: Missing,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
