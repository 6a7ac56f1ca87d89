package main

import (
	"fmt"
	"log/slog"
	"strings"

	"helm.sh/helm/v4/pkg/action"
	ci "helm.sh/helm/v4/pkg/chart"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	release "helm.sh/helm/v4/pkg/release/v1"
)

// renderResult is what `helm template` prints, the notes, and its log.
type renderResult struct {
	Manifests string `json:"manifests"`
	Notes     string `json:"notes"`
	Log       string `json:"log"`
	// Why it renders nothing; absent when it does.
	Refusal string `json:"refusal,omitempty"`
}

// render does what `helm template --include-crds` does (pkg/cmd/template.go and install.go).
func (s *server) render(p params) (any, error) {
	var result renderResult
	log := recordLog(func() {
		rendered, err := s.renderRelease(p, &result.Log)
		if err != nil {
			result.Refusal = err.Error()
			if rendered != nil {
				result.Refusal += "\n\nUse --debug flag to render out invalid YAML"
			}
			return
		}
		result.Manifests = manifestsOf(rendered)
		result.Notes = rendered.Info.Notes
	})
	result.Log += log
	return result, nil
}

func (s *server) renderRelease(p params, loadLog *string) (*release.Release, error) {
	version, err := parseKubeVersion(p.KubeVersion)
	if err != nil {
		return nil, err
	}
	install := action.NewInstall(action.NewConfiguration())
	install.KubeVersion = version
	install.DryRunStrategy = action.DryRunClient
	install.Replace = true
	install.IncludeCRDs = true
	install.ReleaseName = p.ReleaseName
	install.Namespace = p.Namespace
	given, err := mergeValues(p)
	if err != nil {
		return nil, err
	}
	loaded, err := s.charts.get(p, loadChart)
	if err != nil {
		return nil, err
	}
	*loadLog = loaded.log
	working, err := workingCopy(loaded, p)
	if err != nil {
		return nil, err
	}
	if err := checkInstallable(working); err != nil {
		return nil, err
	}
	if install.SkipSchemaValidation, err = s.schemas.acceptsGiven(working, given); err != nil {
		return nil, err
	}
	answer, err := install.Run(working, given)
	rendered, _ := answer.(*release.Release)
	return rendered, err
}

// workingCopy is a copy of a chart with the versions that a request asks for.
func workingCopy(loaded *loadedChart, p params) (*chart.Chart, error) {
	working := copyOf(loaded.chart)
	if p.ChartVersion != nil {
		working.Metadata.Version = *p.ChartVersion
	}
	if p.AppVersion != nil {
		working.Metadata.AppVersion = *p.AppVersion
	}
	return working, working.Validate()
}

// checkInstallable says what Helm's command says before it renders.
func checkInstallable(c *chart.Chart) error {
	if kind := c.Metadata.Type; kind != "" && kind != "application" {
		return fmt.Errorf("%s charts are not installable", kind)
	}
	if c.Metadata.Deprecated {
		slog.Warn("this chart is deprecated")
	}
	return checkDependencies(c)
}

func checkDependencies(c *chart.Chart) error {
	named := make([]ci.Dependency, len(c.Metadata.Dependencies))
	for i, dependency := range c.Metadata.Dependencies {
		named[i] = dependency
	}
	if err := action.CheckDependencies(c, named); err != nil {
		return fmt.Errorf("an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to fetch missing dependencies: %w", err)
	}
	return nil
}

func manifestsOf(rendered *release.Release) string {
	var text strings.Builder
	fmt.Fprintln(&text, strings.TrimSpace(rendered.Manifest))
	for _, hook := range rendered.Hooks {
		fmt.Fprintf(&text, "---\n# Source: %s\n%s\n", hook.Path, hook.Manifest)
	}
	return text.String()
}
