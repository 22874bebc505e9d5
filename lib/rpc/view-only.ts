/** What a page may still ask for while changes are locked. The only place that refuses. */
import { PatchbayError } from '../domain/errors.ts';
import { refusalOf, type ViewOnly } from '../domain/view-only.ts';
import type { Handlers, ParsedInput, ProcedureName } from './procedures.ts';

/** `way-out` costs whoever has forgotten the passphrase what it kept; nothing gets past an organisation. */
export type Rule = 'allowed' | 'refused' | 'way-out';

/**
 * Each procedure by name, so that a new one cannot do without: `allowed` looks, asks providers or
 * ends what was begun; `refused` changes something that is kept.
 */
export const UNDER_VIEW_ONLY: {
  readonly [N in ProcedureName]: Rule | ((input: ParsedInput<N>) => Rule);
} = {
  listProviders: 'allowed',
  previewProvider: 'allowed',
  importProvider: 'refused',
  removeProvider: 'refused',
  connect: 'refused',
  reconnect: 'refused',
  // An attempt that was begun before ends as it would have.
  cancelAuthorization: 'allowed',
  dismissAuthorization: 'allowed',
  chooseAuthorization: 'refused',
  checkNow: 'allowed',
  stopChecking: 'allowed',
  editConnection: 'refused',
  undoEdit: 'refused',
  renameConnection: 'refused',
  setTags: 'refused',
  setNotes: 'refused',
  setStatedEnd: 'refused',
  moveConnection: 'refused',
  moveConnections: 'refused',
  copyConnection: 'refused',
  addEnvironment: 'refused',
  renameEnvironment: 'refused',
  removeEnvironment: 'refused',
  pauseSync: 'refused',
  resumeSync: 'refused',
  deleteConnections: 'refused',
  undoDeletion: 'refused',
  // Marks something as read.
  dismissNotRevoked: 'allowed',
  saveView: 'refused',
  renameView: 'refused',
  updateView: 'refused',
  removeView: 'refused',
  // What is looked at, and in which columns, changes nothing in it.
  saveSettings: (changes) =>
    Object.keys(changes).every((field) => field === 'environmentId' || field === 'columns')
      ? 'allowed'
      : 'refused',
  chooseAccounts: 'refused',
  startRepair: 'refused',
  // A queue that was begun before can be left.
  changeRepair: ({ kind }) => (kind === 'stop' || kind === 'close' ? 'allowed' : 'refused'),
  tagConnections: 'refused',
  untagConnections: 'refused',
  createTag: 'refused',
  setTagColor: 'refused',
  renameTag: 'refused',
  deleteTag: 'refused',
  restoreTag: 'refused',
  addFlow: 'refused',
  editFlow: 'refused',
  attachFlow: 'refused',
  detachFlow: 'refused',
  removeFlow: 'refused',
  restoreFlow: 'refused',
  // What one is told of is kept, for everybody who uses this browser.
  muteConnections: 'refused',
  snoozeConnections: 'refused',
  // What cannot be read is put where it does no harm; nothing of it is lost.
  setAsideUnreadable: 'allowed',
  destroySetAside: 'refused',
  startAnew: 'refused',
  protectVault: 'refused',
  unprotectVault: 'refused',
  provePassphrase: 'refused',
  addPasskey: 'refused',
  removePasskey: 'refused',
  unlockVault: 'allowed',
  unlockByPasskey: 'allowed',
  lockVault: 'allowed',
  setAutoLock: 'refused',
  forgetSecrets: 'way-out',
  deleteEverything: 'refused',
  endGrant: 'refused',
  // Who may look may not carry away what nobody can see.
  exportSecrets: 'refused',
  previewConnections: 'allowed',
  importConnections: 'refused',
  lockChanges: 'refused',
  unlockChanges: 'allowed',
};

/**
 * The same handlers, refusing changes under view only.
 * @param viewOnly asked before each change; where it cannot tell, nothing is changed
 */
export function underViewOnly(handlers: Handlers, viewOnly: () => Promise<ViewOnly>): Handlers {
  const guarded = Object.entries(handlers).map(([name, handle]) => {
    const declared = UNDER_VIEW_ONLY[name as ProcedureName] as Rule | ((input: unknown) => Rule);
    const run = handle as (input: unknown) => Promise<unknown>;
    return [
      name,
      async (input: unknown) => {
        const rule = typeof declared === 'function' ? declared(input) : declared;
        const refusal = rule === 'allowed' ? null : refusalOf(await viewOnly());
        const isWayOut = rule === 'way-out' && refusal === 'view-only';
        if (refusal !== null && !isWayOut) throw new PatchbayError(refusal);
        return run(input);
      },
    ];
  });
  return Object.fromEntries(guarded) as Handlers;
}
