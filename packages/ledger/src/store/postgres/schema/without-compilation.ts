/** Lets no function that is planned once be compiled at every call; see version 4. */
export const withoutCompilation = (schema: string) => `
  DO $do$
  DECLARE
    planned regprocedure;
  BEGIN
    FOR planned IN
      SELECT oid FROM pg_proc
      WHERE pronamespace = '${schema}'::regnamespace AND 'plan_cache_mode=force_generic_plan' = ANY (proconfig)
    LOOP
      EXECUTE format('ALTER FUNCTION %s SET jit = off', planned);
    END LOOP;
  END $do$;
`;
