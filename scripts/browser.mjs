import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { say } from './checkout.mjs';

const packages = { chromium: hasChromium, 'fonts-noto-cjk': hasChineseFont };

/**
 * The browser tests drive Debian's Chromium and look at Chinese text; without them they fail, the others
 * run.
 */
export function ensureBrowser() {
  const missing = Object.keys(packages).filter((name) => !packages[name]());
  if (missing.length === 0) return;
  const install = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid?.() !== 0 || !onPath('apt-get')) {
    say(`The browser tests need ${missing.join(' and ')}: run "sudo ${install}" and try again.`);
    return;
  }
  say(`Installing ${missing.join(' and ')} for the browser tests.`);
  for (const command of ['apt-get update -q', install]) {
    const [program, ...args] = command.split(' ');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const { status } = spawnSync(program, args, { env, stdio: ['ignore', 'ignore', 2] });
    if (status !== 0) say(`"${command}" failed: the browser tests will not run.`);
  }
}

function hasChromium() {
  return ['chromium', 'chromium-browser', 'google-chrome'].some(onPath);
}

function hasChineseFont() {
  const fonts = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' });
  return fonts.status === 0 && fonts.stdout.trim() !== '';
}

function onPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}
