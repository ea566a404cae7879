import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Failure, Loading } from './parts/states.tsx';
import { answersRoutes } from './routes/answers.ts';
import { bookRoutes } from './routes/book.ts';
import { casesRoutes } from './routes/cases.ts';
import { conductRoutes } from './routes/conduct.ts';
import { gateRoutes, inOffice, office, root } from './routes/ground.tsx';
import { oversightRoutes } from './routes/oversight.ts';
import { registryRoutes } from './routes/registry.ts';
import { parseSearch, stringifySearch } from './search.ts';
import { Missing } from './shell/missing.tsx';

const home = createRoute({
  ...inOffice,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/home.tsx'), 'HomePage'),
});
const board = createRoute({
  ...inOffice,
  path: '/board',
  component: lazyRouteComponent(() => import('./pages/board/board.tsx'), 'BoardPage'),
});
const desk = createRoute({
  ...inOffice,
  path: '/desk',
  component: lazyRouteComponent(() => import('./pages/desk/desk.tsx'), 'DeskPage'),
});

const tree = root.addChildren([
  ...gateRoutes,
  office.addChildren([
    home,
    board,
    desk,
    ...registryRoutes,
    ...casesRoutes,
    ...answersRoutes,
    ...conductRoutes,
    ...bookRoutes,
    ...oversightRoutes,
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
