import type { Handlers, ParsedInput } from '../rpc/procedures.ts';
import { readConnectionIds } from '../store/connections.ts';
import { readSettings } from '../store/read.ts';
import { cancelAuthorization, connect, reconnect } from './authorize.ts';
import { chooseAccounts } from './choose-accounts.ts';
import { chooseAuthorization, dismissAuthorization } from './choose.ts';
import { importDefinition, removeDefinition } from './change-definition.ts';
import { copyConnection } from './copy-connection.ts';
import { deleteConnections, undoDeletion } from './delete.ts';
import { editConnection, moveConnections, setSync, undoEdit } from './edit.ts';
import { endGrant } from './end-grant.ts';
import type { Engine } from './engine.ts';
import { addEnvironment, removeEnvironment, renameEnvironment } from './environments.ts';
import { dismissNotRevoked } from './finish-deletions.ts';
import { flowHandlers } from './flows.ts';
import { exportSecrets } from './export-secrets.ts';
import { noticeHandlers } from './hear.ts';
import { importConnections, previewConnections } from './import-connections.ts';
import { passkeyHandlers } from './passkeys.ts';
import { recoveryHandlers } from './recovery.ts';
import { changeRepair, startRepair } from './repair.ts';
import { saveSettings } from './settings.ts';
import type { Sweeper } from './sweep.ts';
import { tagHandlers } from './tags.ts';
import { vaultHandlers } from './vault.ts';
import { lockChanges, unlockChanges } from './view-only.ts';
import { removeSavedView, renameSavedView, saveView, updateSavedView } from './views.ts';

const NOTHING = {};

/** What each procedure does, in the words of the use cases. */
export function handlers(engine: Engine, sweeper: Sweeper): Handlers {
  const { providers } = engine;
  const edit = async (input: ParsedInput<'editConnection'>): Promise<typeof NOTHING> => {
    await editConnection(engine, input);
    return NOTHING;
  };
  return {
    listProviders: () => providers.list(),
    previewProvider: ({ text }) => providers.preview(text),
    importProvider: (input) => importDefinition(engine, input),
    removeProvider: (input) => removeDefinition(engine, input).then(() => NOTHING),
    connect: (input) => connect(engine, input),
    reconnect: (input) => reconnect(engine, input),
    cancelAuthorization: ({ authorizationId }) =>
      cancelAuthorization(engine, authorizationId).then(() => NOTHING),
    dismissAuthorization: ({ authorizationId }) =>
      dismissAuthorization(engine, authorizationId).then(() => NOTHING),
    chooseAuthorization: (input) => chooseAuthorization(engine, input),
    startRepair: (input) => startRepair(engine, input).then(() => NOTHING),
    changeRepair: (input) => changeRepair(engine, input).then(() => NOTHING),
    checkNow: async ({ ids }) => sweeper.check(ids.length > 0 ? ids : await idsInView(engine)),
    stopChecking: async () => {
      sweeper.stop();
      return NOTHING;
    },
    editConnection: edit,
    undoEdit: (input) => undoEdit(engine, input).then(() => NOTHING),
    renameConnection: edit,
    setTags: edit,
    ...tagHandlers(engine),
    ...flowHandlers(engine),
    ...noticeHandlers(engine),
    ...recoveryHandlers(engine),
    ...vaultHandlers(engine, sweeper),
    ...passkeyHandlers(engine, sweeper),
    endGrant: (input) => endGrant(engine, input),
    setNotes: edit,
    setStatedEnd: edit,
    chooseAccounts: (input) => chooseAccounts(engine, input).then(() => NOTHING),
    moveConnection: edit,
    moveConnections: (input) => moveConnections(engine, input),
    copyConnection: (input) => copyConnection(engine, input),
    addEnvironment: (input) => addEnvironment(engine, input),
    renameEnvironment: (input) => renameEnvironment(engine, input).then(() => NOTHING),
    removeEnvironment: (input) => removeEnvironment(engine, input).then(() => NOTHING),
    pauseSync: ({ ids, since }) => setSync(engine, ids, 'paused', since),
    resumeSync: ({ ids }) => setSync(engine, ids, 'on'),
    deleteConnections: (input) => deleteConnections(engine, input),
    undoDeletion: (input) => undoDeletion(engine, input),
    dismissNotRevoked: () => dismissNotRevoked(engine).then(() => NOTHING),
    saveView: (input) => saveView(engine, input),
    renameView: (input) => renameSavedView(engine, input).then(() => NOTHING),
    updateView: (input) => updateSavedView(engine, input).then(() => NOTHING),
    removeView: (input) => removeSavedView(engine, input).then(() => NOTHING),
    exportSecrets: (input) => exportSecrets(engine, input),
    previewConnections: (input) => previewConnections(engine, input),
    importConnections: async (input) => {
      const imported = await importConnections(engine, input);
      // They are due now; were this to fail, the alarm asks.
      void sweeper.sweep().catch(() => undefined);
      return imported;
    },
    saveSettings: (input) => saveSettings(engine, input).then(() => NOTHING),
    lockChanges: (input) => lockChanges(engine, input).then(() => NOTHING),
    unlockChanges: (input) => unlockChanges(engine, input).then(() => NOTHING),
  };
}

/** Everything on the chosen shelf. */
async function idsInView(engine: Engine): Promise<string[]> {
  const db = await engine.database();
  const { environmentId } = await readSettings(db);
  return readConnectionIds(db, environmentId);
}
