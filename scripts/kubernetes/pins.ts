/** The versions that schemas/kubernetes is made from: the one place that names them. */

export const KUBERNETES = 'k8s.io/kubernetes';

/** Every minor version that charts are checked for, the oldest first. */
export const KUBERNETES_VERSIONS = [
  'v1.31.14',
  'v1.32.13',
  'v1.33.13',
  'v1.34.4',
  'v1.35.4',
  'v1.36.3',
  'v1.37.1',
] as const;

/** The one that the values model takes its types from. */
export const VALUES_MODEL_VERSION: (typeof KUBERNETES_VERSIONS)[number] = 'v1.36.3';

/** Modules that say when an API was deprecated and removed; what the later ones say wins. */
export const LIFECYCLE_MODULES = [
  // Types leave this module some years after they left the API.
  { module: 'k8s.io/api', version: 'v0.24.17', folder: '.' },
  { module: 'k8s.io/api', version: 'v0.31.14', folder: '.' },
  { module: 'k8s.io/api', version: 'v0.37.2', folder: '.' },
  { module: 'k8s.io/apiextensions-apiserver', version: 'v0.37.2', folder: 'pkg/apis' },
  { module: 'k8s.io/kube-aggregator', version: 'v0.37.2', folder: 'pkg/apis' },
] as const;

/** Where projects keep their CustomResourceDefinitions, or the types they make them of. */
export const CUSTOM_RESOURCES = [
  {
    project: 'cert-manager',
    module: 'github.com/cert-manager/cert-manager',
    version: 'v1.21.2',
    folder: 'deploy/crds',
  },
  {
    // The experimental channel has all fields of the standard one.
    project: 'gateway-api',
    module: 'sigs.k8s.io/gateway-api',
    version: 'v1.6.3',
    folder: 'config/crd/experimental',
  },
  {
    project: 'keda',
    module: 'github.com/kedacore/keda/v2',
    version: 'v2.21.0',
    folder: 'config/crd/bases',
  },
  {
    // The module that has the definitions as files is an older one.
    project: 'prometheus-operator',
    module: 'github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring',
    version: 'v0.94.1',
    packages: ['v1', 'v1alpha1', 'v1beta1'],
  },
] as const;

/** Makes CustomResourceDefinitions of Go types. */
export const CONTROLLER_GEN = { module: 'sigs.k8s.io/controller-tools', version: 'v0.23.0' };
