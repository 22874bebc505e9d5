/** What could not be read, looked at: a copy of it to keep, and destroying it. */
import { signal, type ReadonlySignal } from '@preact/signals';
import { codeOf } from '../domain/errors.ts';
import { errorWords } from '../domain/words.ts';
import type { Quarantined } from '../store/database.ts';
import { createDamage, type Damage, type DamageDeps } from './damage.ts';
import type { MessagesModel } from './messages.ts';
import { saveFile } from './save-file.ts';
import { t, tell } from './translate.ts';

/** One record as a person can tell it from others. */
export interface SetAside {
  readonly id: string;
  /** Its own name, where it still has one. */
  readonly name: string;
  readonly store: Quarantined['store'];
  readonly foundAt: number;
}

export interface DamageDialogs extends Damage {
  readonly isOpen: ReadonlySignal<boolean>;
  readonly items: () => readonly SetAside[];
  readonly open: () => void;
  readonly close: () => void;
  /** Writes everything that was set aside into a file, as it is. */
  readonly saveCopy: () => void;
  readonly destroy: (id: string) => Promise<void>;
}

const NAME_SHOWN = 100;

export function createDamageDialogs(deps: DamageDeps, messages: MessagesModel): DamageDialogs {
  const damage = createDamage(deps);
  const isOpen = signal(false);
  return {
    ...damage,
    isOpen,
    items: () => damage.setAside.value.map(described),
    open() {
      isOpen.value = true;
    },
    close() {
      isOpen.value = false;
    },
    saveCopy() {
      saveFile('patchbay-unreadable.json', 'application/json', asText(damage.setAside.value));
    },
    async destroy(id) {
      try {
        await deps.call('destroySetAside', { ids: [id] });
        await damage.load();
        messages.say(t('unreadable_destroyed'), 'good');
        if (damage.setAside.value.length === 0) isOpen.value = false;
      } catch (thrown) {
        messages.say(tell(errorWords(codeOf(thrown))), 'bad');
      }
    },
  };
}

function described({ id, store, key, record, foundAt }: Quarantined): SetAside {
  const name: unknown =
    typeof record === 'object' && record !== null ? Reflect.get(record, 'name') : undefined;
  const shown = typeof name === 'string' && name !== '' ? name : String(key);
  return { id, store, foundAt, name: shown.slice(0, NAME_SHOWN) };
}

/** What has no form in JSON is left out; a copy of the rest is better than none. */
function asText(all: readonly Quarantined[]): string {
  return JSON.stringify(
    all,
    (_name, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
    2,
  );
}
