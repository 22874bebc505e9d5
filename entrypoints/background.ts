import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { onWake } from '../lib/browser/alarm.ts';
import { onManagedChanged } from '../lib/browser/managed-storage.ts';
import { onOnline } from '../lib/browser/network-events.ts';
import { onNotificationAnswered } from '../lib/browser/notifier.ts';
import { openOptions } from '../lib/browser/open-options.ts';
import { browserPorts } from '../lib/browser/ports.ts';
import { answerNotification } from '../lib/engine/answer-notification.ts';
import type { Engine } from '../lib/engine/engine.ts';
import { finishDeletions } from '../lib/engine/finish-deletions.ts';
import { handlers } from '../lib/engine/handlers.ts';
import { openProviders } from '../lib/engine/providers.ts';
import { remind } from '../lib/engine/remind.ts';
import { start } from '../lib/engine/start.ts';
import { openSweeper } from '../lib/engine/sweep.ts';
import { lockIfLeft } from '../lib/engine/vault.ts';
import { behindVault } from '../lib/engine/vault-door.ts';
import { viewOnly } from '../lib/engine/view-only.ts';
import { serve } from '../lib/rpc/serve.ts';
import { underViewOnly } from '../lib/rpc/view-only.ts';

export default defineBackground({
  type: 'module',
  main() {
    const ports = browserPorts();
    const engine: Engine = {
      ...ports,
      providers: openProviders(ports),
      attempts: new Map(),
      unsaved: new Map(),
    };
    const sweeper = openSweeper(engine);
    // What could not be made true again now is tried at the next start; nothing else waits for it.
    const ready = start(engine).catch(() => false);
    const finishGoing = (): Promise<void> => ready.then(() => finishDeletions(engine));

    // Every listener is registered in this first turn: an event that wakes the worker is lost otherwise.
    serve(
      underViewOnly(behindVault(handlers(engine, sweeper), ports.vault, ports.now), () =>
        viewOnly(engine),
      ),
      ready,
    );
    onManagedChanged(() => void ready.then(() => viewOnly(engine)));
    const remindNow = (): Promise<void> => ready.then(() => remind(engine));
    const lockIfDue = (): Promise<void> => ready.then(() => lockIfLeft(engine, sweeper));
    // The sweep sets the next alarm, so what time alone brings about comes before it.
    const wake = async (): Promise<void> => {
      await Promise.allSettled([remindNow(), lockIfDue()]);
      await sweeper.sweep();
    };
    onWake(() => void Promise.allSettled([finishGoing(), wake()]));
    onNotificationAnswered(
      (id, answer) => void ready.then(() => answerNotification(engine, id, openOptions, answer)),
    );
    // What became overdue while nobody was awake. Nobody waits for it: a provider may be slow.
    void finishGoing().catch(() => undefined);
    // A renewal that was cut short: the sooner it is asked about, the likelier it can be saved.
    void ready.then((isCut) => (isCut ? sweeper.sweep() : undefined)).catch(() => undefined);
    void lockIfDue().catch(() => undefined);
    browser.permissions.onAdded.addListener(() => void ready.then(sweeper.checkPermitted));
    browser.permissions.onRemoved.addListener(() => void ready.then(sweeper.checkWithdrawn));
    onOnline(() => void ready.then(sweeper.sweep));
    // Somebody may have withdrawn permissions while the browser was closed.
    browser.runtime.onStartup.addListener(() => void ready.then(sweeper.checkWithdrawn));
    // Nothing to do but be awake: `start` has done it.
    browser.runtime.onInstalled.addListener(() => undefined);
  },
});
