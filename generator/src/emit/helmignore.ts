/**
 * .helmignore: what of a chart's folder is not packed. Patterns with a `/` in front match at the
 * root only, so `templates/tests` stays (https://helm.sh/docs/chart_template_guide/helm_ignore_file/).
 */
export function emitHelmignore(): string {
  return `# Test cases and test suites of this chart, and what its lint passes over.
/.spark-charts-lint.yaml
/ci/
/tests/
# What editors, version control and operating systems leave behind.
.DS_Store
.git/
.gitignore
.idea/
.vscode/
*.bak
*.orig
*.swp
*.tmp
*~
`;
}
