package main

import (
	"helm.sh/helm/v4/pkg/chart/common"
)

// version tells which Helm this is.
func version(params) (any, error) {
	return common.DefaultCapabilities.HelmVersion.Version, nil
}
