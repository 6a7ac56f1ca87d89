package main

import chart "helm.sh/helm/v4/pkg/chart/v2"

// copyOf returns a chart that a rendering may change: Helm renames, enables and drops
// dependencies, and replaces values as a whole. Files and values are shared.
func copyOf(original *chart.Chart) *chart.Chart {
	c := *original
	metadata := *original.Metadata
	metadata.Dependencies = nil
	for _, dependency := range original.Metadata.Dependencies {
		if dependency != nil {
			d := *dependency
			dependency = &d
		}
		metadata.Dependencies = append(metadata.Dependencies, dependency)
	}
	c.Metadata = &metadata
	c.SetDependencies()
	for _, dependency := range original.Dependencies() {
		c.AddDependency(copyOf(dependency))
	}
	return &c
}
