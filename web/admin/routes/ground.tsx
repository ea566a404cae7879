import { createRootRoute, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { queries } from '../api/queries.ts';
import { Failure } from '../parts/states.tsx';
import { textSearch } from '../search.ts';
import { meQuery, SignedOut } from '../session.ts';
import { Missing } from '../shell/missing.tsx';
import { Shell } from '../shell/shell.tsx';

export const root = createRootRoute({
  component: Outlet,
  validateSearch: textSearch,
  notFoundComponent: Missing,
});

const gate = { getParentRoute: () => root } as const;
const signIn = createRoute({
  ...gate,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('../pages/sign-in.tsx'), 'SignInPage'),
});
const newPassword = createRoute({
  ...gate,
  path: '/new-password',
  component: lazyRouteComponent(() => import('../pages/new-password.tsx'), 'NewPasswordPage'),
});
const secondFactor = createRoute({
  ...gate,
  path: '/second-factor',
  component: lazyRouteComponent(() => import('../pages/second-factor.tsx'), 'SecondFactorPage'),
});

/** The hall's big screen: for everybody who passes, so nobody signs in. */
const screen = createRoute({
  ...gate,
  path: '/screen',
  component: lazyRouteComponent(() => import('../pages/screen/screen.tsx'), 'ScreenPage'),
});

/** Everything behind the sign-in: who isn't signed in goes there and comes back afterwards. */
export const office = createRoute({
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
/** For each page of the office. */
export const inOffice = { getParentRoute: () => office } as const;

/** Pages before the sign-in is complete, or without one. */
export const gateRoutes = [signIn, newPassword, secondFactor, screen] as const;
