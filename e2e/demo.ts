// Starts `showclear demo` as a newcomer would, and stops it again.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

/** A person of the demo: the role, the address that enrols a browser as one of that person's devices, the PIN. */
export type Person = { role: string; url: string; pin: string };

/** A gun of the demo: its name on the board, the text of its label, its page. */
export type Gun = { name: string; label: string; url: string };

/** What `showclear demo --json` prints on one line as soon as it serves. */
export type Listing = {
  base: string;
  production: string;
  people: Person[];
  guns: Gun[];
  /** The address of the board, with the key of a session that only looks. */
  board: string;
};

/** A running demo. */
export type Demo = Listing & {
  /** The folder with its databases. */
  folder: string;
  /** Finds a person by role, and names the roles there are when nobody has it. */
  person(role: string): Person;
  /** Finds a gun by name, and names the guns there are when none has it. */
  gun(name: string): Gun;
  /** Stops the server with the signal, waits until it is gone, and removes its folder. */
  stop(signal?: NodeJS.Signals): Promise<void>;
};

const BINARY =
  process.env['SHOWCLEAR_BINARY'] ?? path.resolve(import.meta.dirname, '../target/debug/showclear');

/** The demo plays a whole morning before it serves. */
const START_LIMIT_MS = 120_000;
const STOP_LIMIT_MS = 10_000;

/** Starts it, with more arguments where a test needs another day than the plain morning. */
export async function startDemo(more: string[] = []): Promise<Demo> {
  const folder = await mkdtemp(path.join(tmpdir(), 'showclear-demo-'));
  // Its input stays open as long as this process lives: when the test run dies, so does the server.
  const child = spawn(BINARY, ['demo', '--json', '--port', '0', '--data', path.join(folder, 'data'), ...more], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const gone = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`exit code ${code}, signal ${signal}`));
  });
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    await end(child, gone, signal);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return running(await listing(child, gone), folder, stop);
  } catch (error) {
    await stop('SIGKILL');
    throw error;
  }
}

function running(listing: Listing, folder: string, stop: Demo['stop']): Demo {
  return {
    ...listing,
    folder,
    stop,
    person: (role) => find(listing.people, (person) => person.role, role),
    gun: (name) => find(listing.guns, (gun) => gun.name, name),
  };
}

function find<T>(all: T[], nameOf: (one: T) => string, name: string): T {
  const found = all.find((one) => nameOf(one) === name);
  if (found === undefined) throw new Error(`the demo has no "${name}"; it has ${all.map(nameOf).join(', ')}`);
  return found;
}

/** Reads the server's output up to the one line that is JSON. */
async function listing(child: ChildProcess, gone: Promise<string>): Promise<Listing> {
  const said: string[] = [];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const printed = new Promise<Listing>((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      if (!line.startsWith('{')) return void said.push(`${line}\n`);
      try {
        resolve(JSON.parse(line) as Listing);
      } catch (error) {
        reject(error);
      }
    });
  });
  const ended = gone.then((how) => {
    throw new Error(`showclear demo did not serve (${how}).\n${said.join('')}`);
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`showclear demo did not serve within ${START_LIMIT_MS} ms.\n${said.join('')}`)),
      START_LIMIT_MS,
    );
  });
  try {
    return await Promise.race([printed, ended, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Ends the server; one that does not obey within the limit is killed. */
async function end(child: ChildProcess, gone: Promise<string>, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await gone;
  clearTimeout(timer);
}
