import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root, say } from './checkout.mjs';

const bin = join(root, 'node_modules/.bin');

/**
 * The Node that the lockfile pins; the system's serves where none is published for its platform, if it's
 * new enough.
 */
function pinnedNode() {
  const pinned = join(bin, 'node');
  if (existsSync(pinned)) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  say(`There is no packaged Node 24 for ${process.platform} on ${process.arch}: install Node 24 or newer.`);
  process.exit(1);
}

/** Tools start with `env node`: they must find the pinned one. */
export function environment(more = {}) {
  const { PATH = '', NODE_COMPILE_CACHE = join(root, 'node_modules/.cache/node') } = process.env;
  // What was compiled once needn't be again: a start reads some hundred sources.
  return { ...process.env, NODE_COMPILE_CACHE, PATH: `${bin}${delimiter}${PATH}`, ...more };
}

/** Runs a tool from node_modules/.bin in the foreground and answers its exit code. */
export function runTool(name, args, options = {}) {
  return ended(spawn(join(bin, name), args, { cwd: root, stdio: 'inherit', env: environment(), ...options }));
}

/**
 * Runs a TypeScript program of ours until it ends, passing signals on, and answers its exit code. It gets a
 * process group of its own: Ctrl-C in a terminal reaches the whole group, and through npm a second time,
 * but a clean stop should be asked for once.
 */
export function runProgram(file, args = [], nodeOptions = []) {
  const child = spawn(
    pinnedNode(),
    [...nodeOptions, '--import', join(root, 'scripts/stop-with-parent.mjs'), join(root, file), ...args],
    { cwd: root, env: environment(), stdio: ['inherit', 'inherit', 'inherit', 'ipc'], detached: true },
  );
  let asked = 0;
  const passOn = (signal) => {
    const now = performance.now();
    if (now - asked > 1000 || asked === 0) child.kill(signal);
    asked = now;
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, passOn);
  // The terminal was closed.
  process.on('SIGHUP', () => passOn('SIGTERM'));
  watchNpm(() => passOn('SIGTERM'));
  return ended(child);
}

function ended(child) {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      say(`${child.spawnfile} can't be run: ${error.message}`);
      resolve(1);
    });
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/**
 * An npm that is killed can't pass that on: then we are adopted by another process, and the program should
 * stop.
 */
function watchNpm(gone) {
  if (!process.env.npm_lifecycle_event) return;
  for (let child = process.pid, steps = 0; steps < 3; steps += 1) {
    const parent = parentOf(child);
    if (!parent) return;
    const watched = child;
    if (commandOf(parent).startsWith('npm')) {
      const timer = setInterval(() => {
        if (parentOf(watched) === parent) return;
        clearInterval(timer);
        gone();
      }, 300);
      timer.unref();
      return;
    }
    child = parent;
  }
}

function parentOf(pid) {
  // The name in parentheses may hold spaces and parentheses itself.
  return Number(/.*\) \S (\d+)/s.exec(readProc(pid, 'stat'))?.[1] ?? 0);
}

function commandOf(pid) {
  return readProc(pid, 'cmdline');
}

function readProc(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
