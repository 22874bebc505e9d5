import './test/support/node-20.ts';
import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';
import { E2E_WAIT } from './test/support/e2e-wait.ts';

/** Real browsers start slowly on a loaded machine; nothing here waits for a time-out to succeed. */
const E2E_TIMEOUT = 60_000;

/** Beside campaigns that take both cores for minutes, the others wait their turn. */
const UNIT_TIMEOUT = process.env['PATCHBAY_DEEP'] === '1' ? 60_000 : 10_000;

/** Tests of decisions: they keep nothing, and replace nothing that others would find. */
const PURE = ['test/domain/**/*.test.ts', 'test/providers/**/*.test.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [WxtVitest()],
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/components/**', 'test/e2e/**', 'test/built/**', ...PURE],
          environment: 'node',
          setupFiles: ['./test/support/seed.ts'],
          restoreMocks: true,
          testTimeout: UNIT_TIMEOUT,
          hookTimeout: UNIT_TIMEOUT,
        },
      },
      {
        plugins: [WxtVitest()],
        test: {
          name: 'pure',
          include: PURE,
          environment: 'node',
          // A worker for each file takes longer than most of these files.
          isolate: false,
          setupFiles: ['./test/support/seed.ts'],
          restoreMocks: true,
          testTimeout: UNIT_TIMEOUT,
          hookTimeout: UNIT_TIMEOUT,
        },
      },
      {
        plugins: [WxtVitest()],
        test: {
          name: 'components',
          include: ['test/components/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          // Nothing is laid out there: a page is as wide as this, and every column has room.
          environmentOptions: { happyDOM: { width: 2200 } },
          setupFiles: ['./test/support/seed.ts'],
          restoreMocks: true,
          testTimeout: UNIT_TIMEOUT,
        },
      },
      {
        test: { name: 'built', include: ['test/built/**/*.test.ts'], environment: 'node' },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.e2e.ts'],
          environment: 'node',
          globalSetup: ['test/support/browser/require-build.ts'],
          fileParallelism: false,
          // What is shared lies in the browser and the services, and each file starts its own: the
          // libraries of both are loaded once.
          isolate: false,
          testTimeout: E2E_TIMEOUT,
          hookTimeout: E2E_TIMEOUT,
          expect: { poll: E2E_WAIT },
        },
      },
    ],
  },
});
