package main

import (
	"errors"
	"fmt"
	"os"
	"path"
	"slices"

	"helm.sh/helm/v4/pkg/chart/loader"
	chart "helm.sh/helm/v4/pkg/chart/v2"
)

// loadedChart is a chart as it was loaded. Renderings work on copies.
type loadedChart struct {
	chart *chart.Chart
	// What Helm logged at loading; its command logs that at every rendering.
	log string
}

func loadChart(p params) (*loadedChart, error) {
	if _, err := os.Stat(p.Path); err != nil {
		return nil, fmt.Errorf("path %q not found", p.Path)
	}
	loaded := &loadedChart{}
	var err error
	loaded.log = recordLog(func() {
		var any any
		any, err = loader.Load(p.Path)
		if err != nil {
			return
		}
		var isChart bool
		if loaded.chart, isChart = any.(*chart.Chart); !isChart {
			err = errors.New("invalid chart apiVersion")
		}
	})
	return loaded, err
}

// loadResult names the templates by the paths of `# Source:` lines.
type loadResult struct {
	Name      string   `json:"name"`
	Version   string   `json:"version"`
	Templates []string `json:"templates"`
}

func (s *server) load(p params) (any, error) {
	loaded, err := s.charts.get(p, loadChart)
	if err != nil {
		return nil, errChart{err}
	}
	metadata := loaded.chart.Metadata
	return loadResult{metadata.Name, metadata.Version, templatesOf(loaded.chart)}, nil
}

func templatesOf(c *chart.Chart) []string {
	templates := []string{}
	for _, template := range c.Templates {
		templates = append(templates, path.Join(c.ChartFullPath(), template.Name))
	}
	for _, dependency := range c.Dependencies() {
		templates = append(templates, templatesOf(dependency)...)
	}
	slices.Sort(templates)
	return templates
}
