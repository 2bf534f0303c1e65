import { createInstance } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';

/** Each file beside this one holds an area's words: one exported object, its keys may nest. */
const areas = import.meta.glob<Readonly<Record<string, object>>>(['./*.ts', '!./index.ts'], { eager: true });

const english: Record<string, object> = {};
for (const [file, exported] of Object.entries(areas)) {
  english[file.slice('./'.length, -'.ts'.length)] = Object.values(exported)[0] ?? {};
}

const i18n = createInstance();
await i18n.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: english },
  interpolation: { escapeValue: false },
});

/** A word by its key in the area; `{{name}}` is filled from values, `count` chooses between _one and _other. */
export type Words = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** For components. */
export function useWords(area: string): Words {
  const { t } = useTranslation(area, { i18n });
  return (key, values) => t(key, { ...values });
}

/** For what is no component: titles of actions, messages. */
export function words(area: string): Words {
  return (key, values) => i18n.t(key, { ns: area, ...values });
}
