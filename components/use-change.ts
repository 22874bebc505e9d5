import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { NOT_VIEW_ONLY, type ViewOnly } from '../lib/domain/view-only.ts';

/** Whether changes are locked; each page says it once, around everything. */
export const ViewOnlyContext = createContext<ViewOnly>(NOT_VIEW_ONLY);

/** Where each page says why changes are locked. */
export const VIEW_ONLY_REASON = 'view-only-reason';

export function useIsLocked(): boolean {
  return useContext(ViewOnlyContext).kind !== 'off';
}

export interface ChangeAttributes {
  readonly disabled: boolean;
  readonly 'aria-describedby'?: string;
}

/**
 * What a button or field that changes something has to carry: while changes are locked it is
 * disabled, and described by the reason. A courtesy; the background refuses in any case.
 * @param isDisabled whether it is disabled for a reason of its own
 */
export function useChange(isDisabled = false): ChangeAttributes {
  return useIsLocked()
    ? { disabled: true, 'aria-describedby': VIEW_ONLY_REASON }
    : { disabled: isDisabled };
}
