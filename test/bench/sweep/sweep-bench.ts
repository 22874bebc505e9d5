/**
 * A sweep of the whole engine against a bare loop, in the same worker, in turns.
 */
import type { Page } from 'playwright-core';
import { launchWithExtension, type LaunchedBrowser } from '../../support/browser/launch.ts';
import { startAnsweringServer, type AnsweringServer } from './answering-server.ts';
import { bareLoop } from './bare-loop.ts';
import { ask, connectFirst, copyConnection, makeDue, vouchedSince } from './in-page.ts';

export interface SweepPlan {
  readonly extensionDir: string;
  readonly connections: number;
  readonly rounds: number;
  /** How long the service takes to answer, milliseconds. */
  readonly latencyMs: number;
}

/** What both took in each round, milliseconds. */
export interface SweepTimes {
  readonly engineMs: number[];
  readonly bareMs: number[];
  /** Requests that were open at once, at the most. */
  readonly enginePeak: number;
  readonly barePeak: number;
}

/** As many as a browser opens to one host, and as the engine uses. */
const LANES = 6;
const BATCH = 50;
/** A full history, so that cutting it is part of what is measured. */
const HISTORY = 50;
const WARM_UP_ROUNDS = 1;

/** What a sweep is measured with: a browser, a service, connections to it. */
export interface SweepStage {
  readonly browser: LaunchedBrowser;
  readonly server: AnsweringServer;
  readonly page: Page;
  prepare(): Promise<unknown>;
  /** @returns how long the sweep took, milliseconds */
  sweep(): Promise<number>;
  stop(): Promise<void>;
}

/** Measures both in turns, the first of each round by turns too. */
export async function benchSweep(plan: SweepPlan): Promise<SweepTimes> {
  const stage = await openSweepStage(plan);
  try {
    const worker = await stage.browser.worker();
    // tsx wraps every named function in a call of `__name`, which the worker does not know.
    await worker.evaluate('globalThis.__name ??= (value) => value;');
    const url = `${stage.server.origin}/me`;
    const times = { engineMs: [] as number[], bareMs: [] as number[], enginePeak: 0, barePeak: 0 };
    const engine = async (): Promise<number> => {
      const tookMs = await stage.sweep();
      times.enginePeak = takePeak(stage.server, plan.connections);
      return tookMs;
    };
    const bare = async (): Promise<number> => {
      const shape = { url, requests: plan.connections, lanes: LANES, batch: BATCH };
      const tookMs = await worker.evaluate(bareLoop, shape);
      times.barePeak = takePeak(stage.server, plan.connections);
      return tookMs;
    };
    for (let round = -WARM_UP_ROUNDS; round < plan.rounds; round += 1) {
      const isEngineFirst = round % 2 === 0;
      const early = await (isEngineFirst ? engine() : bare());
      const late = await (isEngineFirst ? bare() : engine());
      if (round < 0) continue;
      times.engineMs.push(isEngineFirst ? early : late);
      times.bareMs.push(isEngineFirst ? late : early);
    }
    return times;
  } finally {
    await stage.stop();
  }
}

/** Starts a browser, connects one service for real, and makes many connections out of that one. */
export async function openSweepStage(
  plan: Pick<SweepPlan, 'extensionDir' | 'connections' | 'latencyMs'>,
): Promise<SweepStage> {
  const server = await startAnsweringServer();
  const browser = await launchWithExtension({ extensionDir: plan.extensionDir, headless: true });
  const stop = async (): Promise<void> => {
    await browser.close();
    await server.stop();
  };
  try {
    // A page without scripts of its own: nothing reads along while the sweep runs.
    const page = await browser.page('manifest.json');
    await connectOnce(page, server.origin);
    await page.evaluate(copyConnection, { count: plan.connections, history: HISTORY });
    server.takeCounts();
    server.latencyMs = plan.latencyMs;
    return {
      browser,
      server,
      page,
      stop,
      prepare: () => page.evaluate(makeDue),
      sweep: () => sweepAll(page, plan.connections),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function sweepAll(page: Page, connections: number): Promise<number> {
  await page.evaluate(makeDue);
  const startedAt = Date.now();
  const { tookMs } = await page.evaluate(ask, { procedure: 'checkNow', input: { ids: [] } });
  const vouched = await page.evaluate(vouchedSince, startedAt);
  if (vouched !== connections)
    throw new Error(`The sweep vouched for ${vouched} of ${connections} connections.`);
  return tookMs;
}

async function connectOnce(page: Page, origin: string): Promise<void> {
  const definition = {
    schema: 1,
    id: 'answering',
    name: 'Answering service',
    mark: { text: 'An', color: '#0b6b61' },
    methods: [{ kind: 'bearer', label: 'Token' }],
    check: { url: `${origin}/me`, identity: { id: 'id', label: 'label' } },
    links: { docs: `${origin}/` },
    verifiedOn: '2026-11-21',
  };
  const call = (procedure: string, input: object) => page.evaluate(ask, { procedure, input });
  await call('importProvider', { text: JSON.stringify(definition) });
  const { output } = await call('listProviders', {});
  const methodId = methodOf(output, definition.id);
  await page.evaluate(connectFirst, {
    providerId: definition.id,
    methodId,
    params: {},
    name: 'Connection',
    environmentId: 'production',
    tags: [],
    scopes: [],
    credential: { kind: 'bearer', token: 'bench-0' },
    client: null,
  });
}

function methodOf(output: unknown, providerId: string): string {
  const { providers } = output as {
    providers: readonly { id: string; methods: readonly { id: string }[] }[];
  };
  const methodId = providers.find(({ id }) => id === providerId)?.methods[0]?.id;
  if (methodId === undefined) throw new Error('The definition was not kept.');
  return methodId;
}

function takePeak(server: AnsweringServer, expected: number): number {
  const { requests, peak } = server.takeCounts();
  if (requests !== expected) throw new Error(`${requests} requests arrived, not ${expected}.`);
  return peak;
}
