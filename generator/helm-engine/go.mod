// Marks the folder as a module's root; what is built is said by tools/go.mod (go build -modfile).
module spark-charts/tools
