package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// A request names a method and what it is to work with.
type request struct {
	ID     int64           `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
}

// A response has the number of its request, and a result or an error.
type response struct {
	ID     int64          `json:"id"`
	Result any            `json:"result,omitempty"`
	Error  *responseError `json:"error,omitempty"`
}

// Codes: `request` for what is no proper request, `chart` for what is wrong with the chart or the
// values, `internal` when Helm itself broke down.
type responseError struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// errRequest is wrapped by every error that the sender of a request is to blame for.
var errRequest = errors.New("bad request")

// errChart is wrapped by every error of a chart or its values.
type errChart struct{ error }

// params is what the methods take; paths are absolute.
type params struct {
	Path        string   `json:"path"`
	Digest      string   `json:"digest"`
	ValuesFiles []string `json:"valuesFiles"`
	// A JSON object, laid over the values files.
	Values       json.RawMessage `json:"values"`
	KubeVersion  string          `json:"kubeVersion"`
	Namespace    string          `json:"namespace"`
	ReleaseName  string          `json:"releaseName"`
	ChartVersion *string         `json:"chartVersion"`
	AppVersion   *string         `json:"appVersion"`
}

type method func(params) (any, error)

// server keeps what requests share.
type server struct {
	methods map[string]method
	charts  recent[*loadedChart]
	linted  recent[*lintedChart]
	schemas *schemaCache
}

func newServer() *server {
	s := &server{schemas: newSchemaCache()}
	s.linted.forget = (*lintedChart).forget
	s.methods = map[string]method{
		"version":  version,
		"load":     s.load,
		"render":   s.render,
		"values":   s.values,
		"validate": s.validate,
		"lint":     s.lint,
	}
	return s
}

// answer never fails: whatever goes wrong is told to the sender.
func (s *server) answer(line []byte) (answer response) {
	var asked request
	defer func() {
		if problem := recover(); problem != nil {
			answer = failed(asked.ID, fmt.Errorf("panic: %v", problem))
		}
	}()
	if err := decode(line, &asked); err != nil {
		return failed(asked.ID, err)
	}
	call, known := s.methods[asked.Method]
	if !known {
		return failed(asked.ID, fmt.Errorf("%w: unknown method %q", errRequest, asked.Method))
	}
	var given params
	if asked.Params != nil {
		if err := decode(asked.Params, &given); err != nil {
			return failed(asked.ID, err)
		}
	}
	s.schemas.beginRequest()
	result, err := call(given)
	if err != nil {
		return failed(asked.ID, err)
	}
	return response{ID: asked.ID, Result: result}
}

func decode(text []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return fmt.Errorf("%w: %w", errRequest, err)
	}
	return nil
}

func failed(id int64, err error) response {
	code := "internal"
	var chart errChart
	if errors.Is(err, errRequest) {
		code = "request"
	} else if errors.As(err, &chart) {
		code = "chart"
	}
	return response{ID: id, Error: &responseError{Code: code, Message: err.Error()}}
}
