/**
 * The arrows of the house (see ARCHITECTURE.md): who may import whom. Everything that is not listed is an error,
 * so a new arrow is a decision that is written down here.
 */
const core = (...rooms) => rooms.map((room) => `^renderer/core/${room}/`);
const packages = (...names) => names.map((name) => `^node_modules/${name}/`);
const from = (path, ...to) => ({ from: { path }, to: { path: to.flat() } });
const types = (path, ...to) => ({ from: { path }, to: { path: to.flat(), dependencyTypes: ['type-only'] } });

/** The parts of core that the interface may know: what the workspace speaks, and pure functions on text. */
const SEEN_BY_UI = [
  '^renderer/core/(workspace|team-doors)\\.ts$',
  '^renderer/core/model/',
  '^renderer/core/base/(locales|coded-error|json)\\.ts$',
  '^renderer/core/search/(alphabet|highlight|fold|query)\\.ts$',
];

module.exports = {
  allowedSeverity: 'error',
  allowed: [
    // core: base <- model <- changes <- journal, vault, search, exchange <- sync <- workspace
    from('^renderer/core/base/', core('base')),
    from('^renderer/core/model/', core('base', 'model'), packages('zod')),
    from('^renderer/core/changes/', core('base', 'model', 'changes'), packages('zod')),
    from('^renderer/core/vault/', core('base', 'model', 'changes', 'vault'), packages('zod', 'hash-wasm')),
    // The journal seals its frames, so it is the one of the four that looks at a sibling.
    from('^renderer/core/journal/', core('base', 'model', 'changes', 'vault', 'journal'), packages('zod')),
    from('^renderer/core/search/', core('base', 'model', 'changes', 'search'), packages('zod')),
    from('^renderer/core/exchange/', core('base', 'model', 'changes', 'exchange'), packages('zod', 'fflate')),
    from(
      '^renderer/core/sync/',
      core('base', 'model', 'changes', 'journal', 'vault', 'search', 'exchange', 'sync'),
    ),
    from('^renderer/core/sync/', packages('zod')),
    from('^renderer/core/sync/multistatus\\.ts$', packages('saxes')),
    from(
      '^renderer/core/workspace/',
      core('base', 'model', 'changes', 'journal', 'vault', 'search', 'exchange', 'sync', 'workspace'),
      packages('zod'),
    ),
    types('^renderer/core/(workspace|team-doors)\\.ts$', core('base', 'model')),
    types('^renderer/core/workspace\\.ts$', '^renderer/core/team-doors\\.ts$'),
    types('^renderer/core/workspace/', '^renderer/core/(workspace|team-doors)\\.ts$'),
    types('^renderer/core/sync/', '^renderer/core/team-doors\\.ts$'),
    // The ports: interfaces only. Whoever needs the machine gets one as a parameter.
    types('^renderer/core/host/(host|cache)\\.ts$', core('base', 'host')),
    types('^renderer/core/(vault|journal|sync|workspace)/', core('host')),
    from(
      '^renderer/core/host/(contract|framing|[a-z-]*channels?)\\.ts$',
      core('base', 'host'),
      packages('zod'),
    ),

    // What stands around core: each side of a port, never one another.
    from('^renderer/storage/', core('base'), '^renderer/storage/', packages('dexie')),
    types('^renderer/storage/', core('host')),
    // The one that speaks NATS: a line for core's relay target.
    from('^renderer/relay/', core('base', 'sync'), '^renderer/relay/', packages('@nats-io/nats-core')),
    types('^renderer/relay/', core('host')),
    from('^renderer/host/', core('base', 'host'), '^renderer/host/'),
    from('^renderer/workers/', '^renderer/core/', '^renderer/workers/', packages('comlink')),
    // The vault's worker is where a workspace is put together, so it names the cache it gets.
    from('^renderer/workers/vault\\.worker\\.ts$', '^renderer/storage/'),
    from('^renderer/workers/open-target\\.ts$', '^renderer/relay/'),

    from('^renderer/ui/', '^renderer/ui/', '^locales/', SEEN_BY_UI),
    from(
      '^renderer/ui/',
      packages('react', 'react-dom', 'i18next', 'react-i18next', '@mantine/[^/]+'),
      packages('@tabler/icons-react', '@tanstack/react-virtual', 'uqr'),
    ),
    types('^renderer/ui/', packages('@types/react')),

    // The composition root of the window.
    from(
      '^renderer/main\\.tsx$',
      '^renderer/(ui/app|ui/language|host|workers)/',
      core('base'),
      packages('react', 'react-dom'),
    ),
    types('^renderer/main\\.tsx$', core('host'), '^renderer/core/workspace\\.ts$'),

    // The shell knows the contract and nothing of observations.
    from('^electron/', '^electron/', '^renderer/core/host/(contract|framing)\\.ts$', packages('electron')),
    from('^electron/handlers/socket\\.ts$', packages('ws')),
    types('^electron/handlers/socket\\.ts$', packages('@types/ws')),
    types('^electron/', core('host', 'base')),
    from('^electron/', '^renderer/core/base/(coded-error|frame|locales)\\.ts$'),
    // What it says itself, in menus and system dialogs, stands with the interface's texts.
    from('^electron/words\\.ts$', '^locales/'),
    { from: { path: '^electron/' }, to: { dependencyTypes: ['core'] } },

    // Tools and tests may look at everything.
    from('^(build|tests)/', '.'),
  ],
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle has no first file to read.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'The imported file or package is not there.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-tests-in-production',
      comment: 'What ships does not lean on what tests it.',
      severity: 'error',
      from: { pathNot: '^(tests|build)/' },
      to: { path: '^tests/' },
    },
    {
      name: 'ports-import-types-only',
      comment: 'A port is an interface; code in it would run on both of its sides.',
      severity: 'error',
      from: { path: '^renderer/core/host/(host|cache)\\.ts$' },
      to: { dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-dev-packages-in-production',
      comment: 'What ships may use dependencies only, not devDependencies.',
      severity: 'error',
      from: { path: '^(renderer|electron)/' },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: '^node_modules/electron/',
      },
    },
  ],
  options: {
    doNotFollow: { path: '^node_modules/' },
    exclude: { path: ['\\.css$', '\\?(raw|worker|url)'] },
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.d.ts', '.mjs', '.js', '.json'],
    },
  },
};
