import type { Connection } from '../../lib/domain/connection.ts';
import type { MessageKey } from '../../lib/domain/words.ts';

/** The first thing that a row offers: what mends the connection. */
export interface MendAction {
  readonly kind: 'reconnect' | 'allow' | 'check';
  readonly label: MessageKey;
  /** Its name, which says for which connection. */
  readonly name: MessageKey;
  readonly isMain: boolean;
  /** Whether it changes something. */
  readonly isChange: boolean;
}

/** What mends a connection; `null` where nothing needs to. Reconnecting it is possible all the same, from its menu. */
export function mendAction({ health }: Connection): MendAction | null {
  switch (health.kind) {
    case 'active':
      return null;
    case 'unauthorized':
      return AUTHORISE;
    case 'expiring':
      return RECONNECT;
    case 'reconnect':
      return RECONNECT_NOW;
    case 'unverified':
      if (health.doubt === 'locked') return null;
      return health.doubt === 'permission-missing' ? ALLOW : CHECK;
  }
}

const RECONNECT: MendAction = {
  kind: 'reconnect',
  label: 'action_reconnect',
  name: 'reconnect_named',
  isMain: false,
  isChange: true,
};
const RECONNECT_NOW: MendAction = { ...RECONNECT, isMain: true };
const AUTHORISE: MendAction = {
  ...RECONNECT,
  label: 'action_authorise',
  name: 'authorise_named',
};
const ALLOW: MendAction = {
  kind: 'allow',
  label: 'action_allow',
  name: 'allow_named',
  isMain: false,
  isChange: true,
};
const CHECK: MendAction = {
  kind: 'check',
  label: 'action_check_now',
  name: 'check_named',
  isMain: false,
  isChange: false,
};
