import i18next, { type BackendModule, type ReadCallback } from 'i18next';
import { initReactI18next } from 'react-i18next';

export const LANGUAGES = { en: 'English', 'zh-Hans': '简体中文' } as const;
export type Language = keyof typeof LANGUAGES;

const KEY = 'parley.language';
interface Catalogue {
  default: Record<string, unknown>;
}
const catalogues = {
  ...import.meta.glob<Catalogue>('./strings/*.json'),
  ...import.meta.glob<Catalogue>('../../conversation/strings/*.json'),
  ...import.meta.glob<Catalogue>('../../../features/*/strings/*.json'),
};

/** Features, and what they share of a conversation, bring strings; each is loaded when needed. */
const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read(language: string, namespace: string, done: ReadCallback) {
    const load = catalogues[pathOf(language, namespace)];
    if (!load) return done(new Error(`No strings of ${namespace} in ${language}.`), null);
    load().then(
      (catalogue) => done(null, catalogue.default),
      (error: unknown) => done(error as Error, null),
    );
  },
};

function pathOf(language: string, namespace: string): string {
  if (namespace === 'common') return `./strings/${language}.json`;
  if (namespace === 'conversation') return `../../conversation/strings/${language}.json`;
  return `../../../features/${namespace}/strings/${language}.json`;
}

export function languageOf(locale: string): Language {
  return locale.toLowerCase().startsWith('zh') ? 'zh-Hans' : 'en';
}

export function currentLanguage(): Language {
  return languageOf(i18next.language);
}

/** A text that the API has in both languages, in the reader's. */
export function inLanguage(text: { en: string; zh: string }): string {
  return currentLanguage() === 'zh-Hans' ? text.zh : text.en;
}

/** The language as it is written where the browser is at home: dates differ within a language. */
export function regionalLocale(): string {
  const language = currentLanguage();
  return (
    navigator.languages.find((each) => languageOf(each) === language && /^(en|zh)/.test(each)) ??
    language
  );
}

/** Before anybody has signed in: what was chosen here last, else what the browser prefers. */
export function guessLanguage(): Language {
  return languageOf(localStorage.getItem(KEY) ?? navigator.language);
}

export async function startStrings(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: guessLanguage(),
      supportedLngs: Object.keys(LANGUAGES),
      fallbackLng: false,
      load: 'currentOnly',
      ns: ['common'],
      defaultNS: 'common',
      interpolation: { escapeValue: false }, // React escapes.
      returnNull: false,
    });
}

export async function speak(language: Language): Promise<void> {
  localStorage.setItem(KEY, language);
  if (i18next.language !== language) await i18next.changeLanguage(language);
}
