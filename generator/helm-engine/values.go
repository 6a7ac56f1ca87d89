package main

import (
	"helm.sh/helm/v4/pkg/chart/common/util"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
)

// coalesced returns a chart with its dependencies processed, and the values its templates see.
func (s *server) coalesced(p params) (working *chart.Chart, coalesced map[string]any, err error) {
	recordLog(func() {
		var given map[string]any
		if given, err = mergeValues(p); err != nil {
			return
		}
		var loaded *loadedChart
		if loaded, err = s.charts.get(p, loadChart); err != nil {
			return
		}
		if working, err = workingCopy(loaded, p); err != nil {
			return
		}
		if err = checkDependencies(working); err != nil {
			return
		}
		if err = chartutil.ProcessDependencies(working, given); err != nil {
			return
		}
		coalesced, err = util.CoalesceValues(working, given)
	})
	if err != nil {
		err = errChart{err}
	}
	return working, coalesced, err
}

func (s *server) values(p params) (any, error) {
	_, coalesced, err := s.coalesced(p)
	return coalesced, err
}

// validateResult has what the values break of the schemas in Helm's words, nothing where all is well.
type validateResult struct {
	Chart   string `json:"chart"`
	Message string `json:"message"`
}

func (s *server) validate(p params) (any, error) {
	working, coalesced, err := s.coalesced(p)
	if err != nil {
		return nil, err
	}
	if err := s.schemas.checkRemote(working); err != nil {
		return nil, errChart{err}
	}
	result := validateResult{Chart: working.Name()}
	if !s.schemas.accepts(working, coalesced) {
		if err := util.ValidateAgainstSchema(working, coalesced); err != nil {
			result.Message = err.Error()
		}
	}
	return result, nil
}
