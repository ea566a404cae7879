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
  /** Nobody can sign in yet. */
  needsAccounts: boolean;
}

/** Whoever makes the other accounts comes first. */
const FIRST_ACCOUNT = 'npm run -s yiping -- user create --username NAME --role security_admin';

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
  if (filled.needsAccounts) {
    lines.push(
      '',
      '  还没有账号。请在另一个终端里、用同样的环境变量创建第一个账号（安全管理员），',
      '  其余账号由其在页面上创建：',
      '  There is no account yet. Make the first one, the security administrator, who makes the others on',
      '  the pages; in another terminal, with the same environment:',
      '',
      `    ${FIRST_ACCOUNT}`,
    );
  }
  lines.push('', '  按 Ctrl-C 停止。Press Ctrl-C to stop.', '');
  process.stdout.write(`${lines.join('\n')}\n`);
}
