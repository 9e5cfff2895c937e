const avoided = ['seqscan', 'bitmapscan', 'hashjoin', 'mergejoin'];

/**
 * How the functions that write are planned: once per connection, perhaps while the tables are still empty. Only steps from
 * index to index give a plan that stays right when they grow.
 */
export const functionSettings = [
  'SET plan_cache_mode = force_generic_plan',
  ...avoided.map((method) => `SET enable_${method} = off`),
].join(' ');
