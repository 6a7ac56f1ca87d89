package main

import (
	"bytes"
	"errors"
	"fmt"

	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/cli/values"
)

// parseKubeVersion returns nil for the version that Helm was built for.
func parseKubeVersion(text string) (*common.KubeVersion, error) {
	if text == "" {
		return nil, nil
	}
	version, err := common.ParseKubeVersion(text)
	if err != nil {
		return nil, fmt.Errorf("invalid kube version '%s': %w", text, err)
	}
	return version, nil
}

// mergeValues reads values files, with no getter that could reach the network.
func mergeValues(p params) (map[string]any, error) {
	options := values.Options{ValueFiles: p.ValuesFiles}
	if p.Values != nil {
		if !bytes.HasPrefix(bytes.TrimSpace(p.Values), []byte("{")) {
			return nil, errors.New("the values are no JSON object")
		}
		options.JSONValues = []string{string(p.Values)}
	}
	return options.MergeValues(nil)
}
