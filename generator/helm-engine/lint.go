package main

import (
	"slices"

	"helm.sh/helm/v4/pkg/action"
	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/chart/v2/lint/rules"
	"helm.sh/helm/v4/pkg/chart/v2/lint/support"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
	"k8s.io/apimachinery/pkg/runtime"
)

// lintMessage is a message of `helm lint`.
type lintMessage struct {
	Severity string `json:"severity"`
	Path     string `json:"path"`
	Message  string `json:"message"`
}

var severities = map[int]string{
	support.InfoSev:    "info",
	support.WarningSev: "warning",
	support.ErrorSev:   "error",
}

// lint does what `helm lint --strict` does (pkg/cmd/lint.go and pkg/action/lint.go).
func (s *server) lint(p params) (any, error) {
	messages := []lintMessage{}
	recordLog(func() {
		found, errs := s.lintChart(p)
		for _, m := range found {
			messages = append(messages, lintMessage{severities[m.Severity], m.Path, m.Err.Error()})
		}
		if len(messages) == 0 {
			for _, err := range errs {
				messages = append(messages, lintMessage{"error", "", err.Error()})
			}
		}
	})
	return messages, nil
}

// lintChart returns messages, or errors that kept Helm from linting.
func (s *server) lintChart(p params) ([]support.Message, []error) {
	version, err := parseKubeVersion(p.KubeVersion)
	if err != nil {
		return nil, []error{err}
	}
	given, err := mergeValues(p)
	if err != nil {
		return nil, []error{err}
	}
	linted, err := s.linted.get(p, prepareLint)
	if err != nil {
		lint := action.Lint{Strict: true, Namespace: p.Namespace, KubeVersion: version}
		result := lint.Run([]string{p.Path}, given)
		return result.Messages, result.Errors
	}
	linter := support.Linter{ChartDir: linted.directory, Messages: slices.Clone(linted.before)}
	p.Path = linted.directory
	loaded, err := s.charts.get(p, loadChart)
	if err != nil {
		loaded = nil
	}
	if err := s.remoteSchema(linted, loaded); err != nil {
		linter.RunLinterRule(support.ErrorSev, "values.schema.json", err)
		return append(linter.Messages, linted.after...), nil
	}
	s.lintValues(&linter, linted, given)
	s.lintTemplates(&linter, loaded, p.Namespace, version, given)
	return append(linter.Messages, linted.after...), nil
}

// lintValues has Helm's rule check the schema only if values break it.
func (s *server) lintValues(linter *support.Linter, linted *lintedChart, given map[string]any) {
	accepted := false
	if linted.values != nil {
		all := util.CoalesceTables(map[string]any{}, runtime.DeepCopyJSON(given))
		all = util.CoalesceTables(all, runtime.DeepCopyJSON(linted.values))
		accepted = len(linted.schema) == 0 || s.schemas.meets(all, linted.schema)
	}
	rules.ValuesWithOverrides(linter, given, accepted)
}

// lintTemplates gets the values as the rule before it left them: Helm completes them there.
func (s *server) lintTemplates(linter *support.Linter, loaded *loadedChart, namespace string, version *common.KubeVersion, given map[string]any) {
	accepted := false
	if loaded != nil {
		working := copyOf(loaded.chart)
		if chartutil.ProcessDependencies(working, given) == nil {
			// Twice, as Helm does.
			all, err := util.CoalesceValues(working, given)
			if err == nil {
				all, err = util.CoalesceValues(working, all)
			}
			accepted = err == nil && s.schemas.accepts(working, all)
		}
	}
	rules.Templates(linter, namespace, given,
		rules.TemplateLinterKubeVersion(version),
		rules.TemplateLinterSkipSchemaValidation(accepted))
}

// remoteSchema also looks at a chart that cannot be loaded.
func (s *server) remoteSchema(linted *lintedChart, loaded *loadedChart) error {
	if loaded != nil {
		return s.schemas.checkRemote(loaded.chart)
	}
	return s.schemas.checkRemote(&chart.Chart{Metadata: &chart.Metadata{}, Schema: linted.schema})
}
