import { renderHook } from '@testing-library/react';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { beforeAll, expect, test } from 'vitest';
import common from './i18n/strings/zh-Hans.json';
import { useProblemText } from './problemText';

beforeAll(async () => {
  const resources = { 'zh-Hans': { common } };
  await i18next.use(initReactI18next).init({ lng: 'zh-Hans', defaultNS: 'common', resources });
});

function said(status: number, code: string, detail: string, fields?: { path: string }[]) {
  const title = 'What the API calls it.';
  const problem = { status, code, title, detail, ...(fields && { fields: fields as never }) };
  return renderHook(useProblemText).result.current(problem);
}

test('a code is said in the words of the reader', () => {
  expect(said(409, 'inbox.note_changed', 'Changed.')).toEqual({
    title: common.problem.inbox_note_changed,
    detail: '',
  });
});

test('what is wrong with an input is said as exactly as the API does', () => {
  const title = common.problem.inbox_text_refused;
  expect(said(422, 'inbox.text_refused', '20 signs too long.')).toEqual({
    title,
    detail: '20 signs too long.',
  });
  expect(said(422, 'inbox.text_refused', 'What the API calls it.')).toEqual({ title, detail: '' });
  expect(said(422, 'malformed_request', 'name: too long', [{ path: 'name' }]).detail).toBe('');
});

test('a code without words is said by its kind and the words of the API', () => {
  expect(said(403, 'some.other', 'Not today.')).toEqual({
    title: common.problemKind.refused,
    detail: 'Not today.',
  });
});
