package main

import (
	"fmt"
	"log/slog"

	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
)

// maxSchemas bounds what is kept: the charts in use and their subcharts.
const maxSchemas = 64

// schemaCache keeps compiled schemas: Helm compiles a schema for each validation, which takes
// longer than rendering. It tells only that values are fine; what is wrong with them Helm says.
type schemaCache struct {
	compiled map[string]compiledSchema
	// URNs that the request under way was warned of.
	warned map[string]bool
}

func newSchemaCache() *schemaCache {
	c := &schemaCache{}
	// Helm warns of a URN once in a process; each request is to hear of it.
	util.URNResolver = func(urn string) (any, error) {
		if !c.warned[urn] {
			c.warned[urn] = true
			slog.Warn("unresolved URN reference ignored; using permissive schema", "urn", urn)
		}
		return true, nil
	}
	c.beginRequest()
	return c
}

func (c *schemaCache) beginRequest() {
	c.warned = map[string]bool{}
	if len(c.compiled) > maxSchemas {
		c.compiled = nil
	}
}

// acceptsGiven tells whether the values that a chart would be rendered with meet all schemas, so
// that Helm need not check. The error is about a schema that would have to be fetched.
func (c *schemaCache) acceptsGiven(original *chart.Chart, given map[string]any) (accepted bool, err error) {
	if err := c.checkRemote(original); err != nil {
		return false, err
	}
	recordLog(func() {
		working := copyOf(original)
		if chartutil.ProcessDependencies(working, given) != nil {
			return
		}
		coalesced, err := util.CoalesceValues(working, given)
		accepted = err == nil && c.accepts(working, coalesced)
	})
	return accepted, nil
}

// accepts follows util.ValidateAgainstSchema.
func (c *schemaCache) accepts(of *chart.Chart, values map[string]any) bool {
	if of.Schema != nil && !c.meets(values, of.Schema) {
		return false
	}
	for _, dependency := range of.Dependencies() {
		switch below := values[dependency.Name()].(type) {
		case nil:
		case map[string]any:
			if !c.accepts(dependency, below) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// meets follows util.ValidateAgainstSingleSchema.
func (c *schemaCache) meets(values common.Values, text []byte) (met bool) {
	compiled := c.compile(text)
	if compiled.schema == nil || compiled.hasURN {
		return false
	}
	defer func() {
		if recover() != nil {
			met = false
		}
	}()
	return compiled.schema.Validate(values.AsMap()) == nil
}

// checkRemote refuses schemas of a chart and its subcharts that Helm would fetch parts of.
func (c *schemaCache) checkRemote(of *chart.Chart) error {
	if of.Schema != nil {
		if url := c.compile(of.Schema).remote; url != "" {
			return fmt.Errorf("values.schema.json of chart %s refers to %s, which is not fetched: a check must not depend on the network. Copy what it refers to into the schema", of.Name(), url)
		}
	}
	for _, dependency := range of.Dependencies() {
		if err := c.checkRemote(dependency); err != nil {
			return err
		}
	}
	return nil
}

func (c *schemaCache) compile(text []byte) compiledSchema {
	if known, ok := c.compiled[string(text)]; ok {
		return known
	}
	compiled := compileSchema(text)
	if c.compiled == nil {
		c.compiled = map[string]compiledSchema{}
	}
	c.compiled[string(text)] = compiled
	return compiled
}
