package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/v2/lint/rules"
	"helm.sh/helm/v4/pkg/chart/v2/lint/support"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
	"k8s.io/apimachinery/pkg/runtime"
	kubernetes "k8s.io/client-go/kubernetes/scheme"
)

// lintedChart is what `helm lint` finds out about a chart whatever its values.
type lintedChart struct {
	// Its folder; that of an archive was made for it.
	directory string
	isArchive bool
	// Messages that come before and after those about values and templates.
	before, after []support.Message
	// Absent when values.yaml cannot be read.
	values map[string]any
	schema []byte
}

// shareKubernetesTypes keeps Helm from registering all types of Kubernetes anew for each object
// that it looks up in them.
func shareKubernetesTypes() error {
	shared := runtime.NewScheme()
	if err := kubernetes.AddToScheme(shared); err != nil {
		return err
	}
	kubernetes.AddToScheme = func(scheme *runtime.Scheme) error {
		*scheme = *shared
		return nil
	}
	return nil
}

// errNotLinted is about what Helm does not lint; Helm itself says why.
var errNotLinted = errors.New("not linted")

func prepareLint(p params) (*lintedChart, error) {
	linted := &lintedChart{directory: p.Path}
	if strings.HasSuffix(p.Path, ".tgz") || strings.HasSuffix(p.Path, ".tar.gz") {
		linted.isArchive = true
		if linted.directory = expand(p.Path); linted.directory == "" {
			return nil, errNotLinted
		}
	}
	if _, err := os.Stat(filepath.Join(linted.directory, "Chart.yaml")); err != nil {
		linted.forget()
		return nil, errNotLinted
	}
	// The rules of lint.RunAll in their order, but for the two about values and templates.
	before := support.Linter{ChartDir: linted.directory}
	rules.Chartfile(&before)
	linted.before = before.Messages
	after := support.Linter{ChartDir: linted.directory}
	rules.Dependencies(&after)
	rules.Crds(&after)
	linted.after = after.Messages
	if values, err := common.ReadValuesFile(filepath.Join(linted.directory, "values.yaml")); err == nil {
		linted.values = values
	}
	linted.schema, _ = os.ReadFile(filepath.Join(linted.directory, "values.schema.json"))
	return linted, nil
}

// expand returns the chart's folder in a new temporary folder.
func expand(archive string) string {
	directory, err := os.MkdirTemp("", "helm-lint")
	if err != nil {
		return ""
	}
	if chartutil.ExpandFile(directory, archive) == nil {
		if names, err := os.ReadDir(directory); err == nil && len(names) == 1 {
			return filepath.Join(directory, names[0].Name())
		}
	}
	os.RemoveAll(directory)
	return ""
}

// forget removes what was unpacked.
func (l *lintedChart) forget() {
	if l.isArchive {
		os.RemoveAll(filepath.Dir(l.directory))
	}
}
