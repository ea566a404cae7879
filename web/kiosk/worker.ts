import { keepShell } from '../ui/shell-worker.ts';

keepShell({
  base: '/kiosk/',
  kind: 'kiosk',
  mark: '__SHELL_MARK__',
  names: '__SHELL_NAMES__'.split(','),
});
