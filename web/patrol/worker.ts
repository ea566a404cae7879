import { keepShell } from '../ui/shell-worker.ts';

keepShell({
  base: '/admin/patrol/',
  kind: 'patrol',
  mark: '__SHELL_MARK__',
  names: '__SHELL_NAMES__'.split(','),
});
