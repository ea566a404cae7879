import 'virtual:antd.css';
import './office.css';
import './parts.css';
import './month.css';
import './appeals.css';
import './scheme.css';
import './file.css';
import './entry.css';
import './survey.css';
import './orders.css';
import './attendance.css';
import './messages.css';
import './board.css';
import './small.css';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { whenSignedOut } from './api/call.ts';
import { queries } from './api/queries.ts';
import { Office } from './app.tsx';
import { startLanguage } from './i18n/language.ts';
import { router } from './router.tsx';
import { meQuery } from './session.ts';
import { applyMode } from './shell/mode.ts';

// Compiled validators need `eval`, which the page's policy forbids.
z.config({ jitless: true });

whenSignedOut(() => {
  // Only a session that was there can end; before it, the route guard asks for the sign-in.
  if (queries.getQueryData(meQuery.queryKey) === undefined) return;
  const { href } = router.state.location;
  queries.clear();
  void router.navigate({ to: '/sign-in', search: { next: href, ended: '1' } });
});

applyMode();
await startLanguage();
const place = document.getElementById('root');
if (place) createRoot(place).render(<Office />);
