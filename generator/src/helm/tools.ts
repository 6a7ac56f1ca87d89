import type { Pins } from './pins.ts';

export type ToolName =
  'helm-4' | 'helm-3' | 'helm-engine' | 'helm-unittest' | 'kubeconform' | 'actionlint' | 'registry';

/** A program written in Go whose version tools/go.mod pins. */
export interface Tool {
  title: string;
  /** The Go module that has it; its version is the tool's. */
  module: string;
  /** The main package, below the module; none for our own program, which uses the module. */
  package?: string;
  /** What it may be called on PATH; none when it cannot tell its version. */
  commands: readonly string[];
  /** Makes it print its version. */
  versionArguments: readonly string[];
  /** Go variables to set when it is linked, as its own release build does. */
  variables: (version: string, pins: Pins) => Record<string, string>;
  /** How to install it by other means. */
  manual: string;
}

export const TOOLS: Readonly<Record<ToolName, Tool>> = {
  'helm-4': {
    title: 'Helm',
    module: 'helm.sh/helm/v4',
    package: 'cmd/helm',
    commands: ['helm', 'helm4'],
    versionArguments: ['version', '--short'],
    variables: (version) => ({ 'helm.sh/helm/v4/internal/version.version': `v${version}` }),
    manual: 'https://helm.sh/docs/intro/install',
  },
  'helm-3': {
    title: 'Helm',
    module: 'helm.sh/helm/v3',
    package: 'cmd/helm',
    commands: ['helm', 'helm3'],
    versionArguments: ['version', '--short'],
    variables: helm3Variables,
    manual: 'https://helm.sh/docs/intro/install',
  },
  'helm-engine': {
    title: 'Helm engine',
    module: 'helm.sh/helm/v4',
    commands: [],
    versionArguments: [],
    variables: (version) => ({ 'helm.sh/helm/v4/internal/version.version': `v${version}` }),
    manual: 'https://helm.sh/docs/intro/install',
  },
  'helm-unittest': {
    title: 'helm-unittest',
    module: 'github.com/helm-unittest/helm-unittest',
    package: 'cmd/helm-unittest',
    commands: [],
    versionArguments: [],
    variables: (version) => ({
      'github.com/helm-unittest/helm-unittest/internal/build.version': version,
    }),
    manual: 'https://github.com/helm-unittest/helm-unittest',
  },
  kubeconform: {
    title: 'kubeconform',
    module: 'github.com/yannh/kubeconform',
    package: 'cmd/kubeconform',
    commands: ['kubeconform'],
    versionArguments: ['-v'],
    variables: (version) => ({ 'main.version': `v${version}` }),
    manual: 'https://github.com/yannh/kubeconform',
  },
  actionlint: {
    title: 'actionlint',
    module: 'github.com/rhysd/actionlint',
    package: 'cmd/actionlint',
    commands: ['actionlint'],
    versionArguments: ['-version'],
    variables: (version) => ({ 'github.com/rhysd/actionlint.version': version }),
    manual: 'https://github.com/rhysd/actionlint',
  },
  // A registry of OCI artifacts in memory, for tests.
  registry: {
    title: 'go-containerregistry',
    module: 'github.com/google/go-containerregistry',
    package: 'cmd/registry',
    commands: [],
    versionArguments: [],
    variables: () => ({}),
    manual: 'https://github.com/google/go-containerregistry',
  },
};

/** Helm 3 knows its default Kubernetes version from its linker only (its Makefile, LDFLAGS). */
function helm3Variables(version: string, pins: Pins): Record<string, string> {
  const [major = '', minor = ''] = pins.version('k8s.io/client-go').split('.');
  const kubernetes = { Major: String(Number(major) + 1), Minor: minor };
  const variables: Record<string, string> = {
    'helm.sh/helm/v3/internal/version.version': `v${version}`,
  };
  for (const [part, value] of Object.entries(kubernetes)) {
    variables[`helm.sh/helm/v3/pkg/chartutil.k8sVersion${part}`] = value;
    variables[`helm.sh/helm/v3/pkg/lint/rules.k8sVersion${part}`] = value;
  }
  return variables;
}
