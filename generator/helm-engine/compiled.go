package main

import (
	"bytes"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

type compiledSchema struct {
	// Absent when it does not compile.
	schema *jsonschema.Schema
	// What it refers to that Helm would fetch.
	remote string
	// Whether Helm warns of it.
	hasURN bool
}

// compileSchema follows util.ValidateAgainstSingleSchema, but for what it fetches.
func compileSchema(text []byte) (s compiledSchema) {
	defer func() {
		if recover() != nil {
			s.schema = nil
		}
	}()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return s
	}
	remote := loaderFunc(func(url string) (any, error) {
		s.remote = url
		return true, nil
	})
	compiler := jsonschema.NewCompiler()
	compiler.UseLoader(jsonschema.SchemeURLLoader{
		"file":  jsonschema.FileLoader{},
		"http":  remote,
		"https": remote,
		"urn": loaderFunc(func(string) (any, error) {
			s.hasURN = true
			return true, nil
		}),
	})
	const url = "file:///values.schema.json"
	if compiler.AddResource(url, document) != nil {
		return s
	}
	if schema, err := compiler.Compile(url); err == nil {
		s.schema = schema
	}
	return s
}

type loaderFunc func(url string) (any, error)

func (load loaderFunc) Load(url string) (any, error) { return load(url) }
