import js from '@eslint/js';
import boundaries from 'eslint-plugin-boundaries';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const element = (type) => ({ element: { type } });

export default tseslint.config(
  { ignores: ['dist', 'public', 'src/shared/api/schema.d.ts', '*.config.js', 'test/*.js'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  reactHooks.configs.flat['recommended-latest'],
  jsxA11y.flatConfigs.strict,
  {
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { boundaries },
    settings: {
      'import/resolver': { typescript: true },
      'boundaries/elements': [
        { type: 'app', pattern: 'src/app' },
        { type: 'feature', pattern: 'src/features/*', capture: ['name'] },
        { type: 'shared', pattern: 'src/shared' },
      ],
    },
    rules: {
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 12], // What is drawn on a condition counts, too.,
      // Nobody reads what `void` would say here: errors of mutations are shown by their state.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { varsIgnorePattern: '^_', argsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/only-throw-error': 'off', // The router's redirect is thrown and no Error.
      // Fields of the API are named as the API names them.
      '@typescript-eslint/naming-convention': 'off',
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          policies: [
            { from: element('app'), allow: { to: element('app') } },
            { from: element('app'), allow: { to: element('feature') } },
            { from: element('app'), allow: { to: element('shared') } },
            { from: element('feature'), allow: { to: element('shared') } },
            {
              from: element('feature'),
              allow: {
                to: {
                  element: {
                    type: 'feature',
                    captured: { name: '{{from.element.captured.name}}' },
                  },
                },
              },
            },
            { from: element('shared'), allow: { to: element('shared') } },
          ],
        },
      ],
    },
  },
  {
    // The types of the catalogues are put together from all features.
    files: ['src/shared/lib/i18n/typed.d.ts'],
    rules: { 'boundaries/dependencies': 'off' },
  },
  {
    files: ['**/*.test.{ts,tsx}'],
    rules: { 'max-lines-per-function': 'off' },
  },
);
