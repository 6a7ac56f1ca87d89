import { isObject } from '../../model/json.ts';
import type { Rule } from '../rule.ts';
import { withoutLogin } from '../../network/without-login.ts';
import { dataFile } from '../values/values-file.ts';

/** A dependency that is fetched without encryption. */
export const dependencyInClear: Rule = {
  id: 'dependency-in-clear',
  severity: 'warning',
  summary: 'A dependency comes from a repository that is read over `http:`.',
  reason:
    'Whoever is on the way can put another chart in its place; Helm checks no signature by itself.',
  remedy: 'Use the `https:` or `oci:` address of the repository.',
  source: 'https://helm.sh/docs/topics/charts/#chart-dependencies',
  chart(chart) {
    return ['Chart.yaml', 'requirements.yaml'].flatMap((name) => {
      const file = dataFile(chart, name);
      const dependencies = file?.data.dependencies;
      if (!file || !Array.isArray(dependencies)) return [];
      return dependencies.flatMap((dependency, index) => {
        const { name: chartName, repository } = isObject(dependency) ? dependency : {};
        if (typeof repository !== 'string' || !/^http:/i.test(repository)) return [];
        const what = typeof chartName === 'string' ? chartName : 'a dependency';
        const shown = withoutLogin(repository);
        const place = file.placeOf(['dependencies', index, 'repository']);
        return [
          {
            message: `${what} is fetched in clear from ${shown}`,
            // With its line the report would show the login too.
            place: shown === repository ? place : { file: name },
          },
        ];
      });
    });
  },
};
