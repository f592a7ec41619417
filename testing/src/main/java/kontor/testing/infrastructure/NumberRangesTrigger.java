package kontor.testing.infrastructure;

/**
 * Widens {@code analysis.number_ranges} where a test inserts rows of messages itself. In production
 * analysis-service is the only writer of messages, and computes the ranges as well.
 */
public final class NumberRangesTrigger {

    /** Creates the trigger; the schema of analysis-service must be there. */
    public static final String SQL =
            """
            create function analysis.widen_number_ranges() returns trigger
            language plpgsql as $$
            begin
                insert into analysis.number_ranges as r (session_id, field, block, lowest, highest)
                select added.session_id, named.key, added.session_sequence >> 10,
                    min(cast(one.value as numeric)), max(cast(one.value as numeric))
                from added, jsonb_each(added.field_values) as named,
                    jsonb_array_elements(named.value) as one
                where jsonb_typeof(one.value) = 'number'
                group by 1, 2, 3
                on conflict (session_id, field, block) do update
                set lowest = least(r.lowest, excluded.lowest),
                    highest = greatest(r.highest, excluded.highest);
                return null;
            end
            $$;

            create trigger widen_number_ranges after insert on analysis.messages
                referencing new table as added
                for each statement execute function analysis.widen_number_ranges();
            """;

    private NumberRangesTrigger() {}
}
