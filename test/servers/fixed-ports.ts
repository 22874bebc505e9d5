/**
 * The practice services at addresses that stay the same from one start to the next, so that
 * definitions and connections made yesterday still fit today.
 */
import { createServer } from 'node:net';
import { startPractice, type Practice, type PracticeOptions } from './practice.ts';

export const PORT_BASE = 4810;
const PORTS_TRIED = 200;

/**
 * Takes five ports from `base` on, leaving out those that are taken.
 * @throws Error where too few ports are free.
 */
export async function startPracticeFrom(
  base: number = PORT_BASE,
  options: Omit<PracticeOptions, 'ports'> = {},
): Promise<Practice> {
  const ports = freePorts(base);
  return startPractice({
    ...options,
    ports: {
      authorisation: await nextOf(ports),
      api: await nextOf(ports),
      keys: await nextOf(ports),
      basic: await nextOf(ports),
      desk: await nextOf(ports),
    },
  });
}

async function* freePorts(base: number): AsyncGenerator<number> {
  for (let port = base; port < base + PORTS_TRIED; port += 1) if (await isFree(port)) yield port;
}

async function nextOf(ports: AsyncGenerator<number>): Promise<number> {
  const { value, done } = await ports.next();
  if (done) throw new Error('No free port for the practice services');
  return value;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
