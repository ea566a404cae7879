import type { AddressInfo } from 'node:net';
import type { Deps } from '../platform/deps.ts';

export interface NewAccount {
  username: string;
  displayName: string;
  role: string;
  password: string;
}

export interface Filled {
  /** What the start loaded into a new database, in rows by kind; empty on later starts. */
  rows: Record<string, number>;
  /** Accounts made by this start; their passwords are shown once, here. */
  accounts: NewAccount[];
}

/** Tells the operator where the product is and, once, the demo's passwords. */
export function announce(deps: Deps, address: AddressInfo | string | null, filled: Filled): void {
  const { config } = deps;
  const port = typeof address === 'object' && address ? address.port : config.port;
  const url = config.port === 0 ? config.publicUrl.replace(/:0$/, `:${port}`) : config.publicUrl;
  const lines = ['', `  一评 Yiping   ${url}`, `  工作人员 Staff  ${url}/admin/`];
  if (filled.accounts.length > 0) {
    lines.push(
      '',
      '  演示数据（纯属虚构）Demo data, invented. 账号只显示这一次 Accounts, shown this once:',
      '',
    );
    for (const one of filled.accounts) {
      lines.push(
        `    ${one.username.padEnd(22)} ${one.password.padEnd(20)} ${one.role.padEnd(20)} ${one.displayName}`,
      );
    }
  }
  lines.push('', '  按 Ctrl-C 停止。Press Ctrl-C to stop.', '');
  process.stdout.write(`${lines.join('\n')}\n`);
}
