import * as Args from '@oclif/core/args';

/** The charts that a command is about, archives among them. */
export const chartArgs = {
  chart: Args.string({
    description:
      'Archives, chart folders, folders of charts or names in dist/charts. [default: dist/charts]',
  }),
};
