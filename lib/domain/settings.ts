import { USUAL_QUIET_HOURS, type QuietHours } from './quiet-hours.ts';
import { USUAL_COLUMNS, type ColumnChoice } from './columns.ts';

/** What the person chose; one record. */
export interface Settings {
  /** The environment that lists and badge are scoped to; `null` for all. */
  readonly environmentId: string | null;
  /** How often each connection is checked, minutes. */
  readonly periodMinutes: number;
  /** Whether it is notified that connections need reconnecting. */
  readonly notifications: boolean;
  /** Whether it is notified that credentials end soon. */
  readonly endNotices: boolean;
  /** When notifications are held back. */
  readonly quietHours: QuietHours;
  /** Whether people sign in in an ordinary tab instead of the browser's sign-in window. */
  readonly signsInInTab: boolean;
  /** How the list of connections stands. */
  readonly columns: ColumnChoice;
}

export const DEFAULT_SETTINGS: Settings = {
  environmentId: null,
  periodMinutes: 15,
  notifications: true,
  endNotices: true,
  quietHours: USUAL_QUIET_HOURS,
  signsInInTab: false,
  columns: USUAL_COLUMNS,
};

export const PERIOD_MINUTES_CHOICES = [5, 15, 30, 60, 240] as const;
